// The recording itself.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function TracesScreen(_props: ScreenProps) {
  return <Page title="Traces"><p>Traces</p></Page>;
}
