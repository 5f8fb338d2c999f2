// The traces of a run, raw and with all that was made of it.

import { useMemo } from 'react';
import type { ScreenProps } from '../../app/screens.ts';
import { TracesPage } from './Traces.tsx';

export default function RawTracesScreen({ params }: ScreenProps) {
  const runId = params['runId'] ?? '';
  const target = useMemo(() => ({ runId }), [runId]);
  const crumbs = useMemo(() => [{ label: 'Runs', route: '/runs' }], []);
  return <TracesPage key={runId} target={target} crumbs={crumbs} />;
}
