// Known results, and opening others.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function ResultsScreen(_props: ScreenProps) {
  return <Page title="Review"><p>Review</p></Page>;
}
