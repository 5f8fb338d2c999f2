// Work that runs or waits: jobs, steps, logs.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function QueueScreen(_props: ScreenProps) {
  return <Page title="Queue"><p>Queue</p></Page>;
}
