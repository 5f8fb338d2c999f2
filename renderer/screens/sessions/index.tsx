// The sessions being set up.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function SessionsScreen(_props: ScreenProps) {
  return <Page title="Session"><p>Session</p></Page>;
}
