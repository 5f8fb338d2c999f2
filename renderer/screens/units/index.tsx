// Units and their metrics.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function UnitsScreen(_props: ScreenProps) {
  return <Page title="Units"><p>Units</p></Page>;
}
