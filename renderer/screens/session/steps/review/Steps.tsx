// Every step in order, with what it waits for, its time and its size.

import { useState } from 'react';
import type { PlannedModuleRun, SessionPlan } from '../../../../../core/service/contract/index.ts';
import { bytes, type Column, DataTable } from '../../../../components/index.ts';
import { rough } from './PlanMatrix.tsx';
import styles from './Review.module.css';

const columns: readonly Column<PlannedModuleRun>[] = [
  { key: 'id', title: 'Step', width: 'minmax(320px, 2fr)', cell: ({ id }) => <span title={id}>{id}</span> },
  { key: 'needs', title: 'After', width: 'minmax(240px, 2fr)', cell: ({ needs }) => <span title={needs.join(', ')}>{needs.join(', ') || 'at once'}</span> },
  { key: 'state', title: 'State', width: '100px', cell: ({ state }) => (state === 'valid' ? '» valid' : state === 'changed' ? '▲ changed' : 'new') },
  { key: 'time', title: 'Time', width: '90px', align: 'right', cell: ({ est_s }) => rough(est_s) },
  { key: 'size', title: 'Leaves', width: '100px', align: 'right', cell: ({ est_B }) => (est_B > 0 ? bytes(est_B) : '') },
];

export function Steps({ plan }: { readonly plan: SessionPlan }) {
  const [active, setActive] = useState<string>();
  return <div className={styles.steps}><DataTable label="Steps" columns={columns} rows={plan.steps} rowKey={({ id }) => id} active={active} onActive={setActive} /></div>;
}
