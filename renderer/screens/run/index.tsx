// One run: its files on the true time axis, its health, its probes and lines.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function RunScreen(_props: ScreenProps) {
  return <Page title="Run"><p>Run</p></Page>;
}
