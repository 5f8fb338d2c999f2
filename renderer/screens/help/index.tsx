// Help pages and shortcuts.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function HelpScreen(_props: ScreenProps) {
  return <Page title="Help"><p>Help</p></Page>;
}
