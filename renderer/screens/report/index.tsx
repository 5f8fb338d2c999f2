// How a job ended, in plain words.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function ReportScreen(_props: ScreenProps) {
  return <Page title="Report"><p>Report</p></Page>;
}
