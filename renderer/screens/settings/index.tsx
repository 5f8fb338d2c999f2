// Tools, presets, regions, appearance.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function SettingsScreen(_props: ScreenProps) {
  return <Page title="Settings"><p>Settings</p></Page>;
}
