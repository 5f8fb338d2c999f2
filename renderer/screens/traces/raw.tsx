// The traces of a run that is not processed yet.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function RawTracesScreen(_props: ScreenProps) {
  return <Page title="Traces"><p>Traces</p></Page>;
}
