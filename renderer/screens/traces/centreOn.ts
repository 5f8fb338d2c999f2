// Moves the picture to a unit: its depth, and its next spike.

import { useEffect, useRef } from 'react';
import type { TraceSources, TraceTargetId } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';
import type { View } from './view.ts';

interface Centre {
  readonly target: TraceTargetId;
  readonly sources: TraceSources;
  readonly view: View;
}

/** @param sorter the sorted folder; null when the unit is not in it or its spikes have no place here */
export async function centreOn({ target, sources, view }: Centre, sorter: string, unit: number, from_s: number): Promise<Partial<View> | null> {
  const { units } = await call('trace.units', { target, sorter });
  const found = units.find(({ id }) => id === unit);
  if (!found) return null;
  const stream = sources.sorters.find(({ path }) => path === sorter)?.stream;
  const order = sources.sources.find((source) => source.stream === stream)?.channels.order ?? new Int32Array(0);
  const lowest = Math.max(0, order.indexOf(found.column) - (view.shown >> 1));
  const { t_s } = await call('trace.next', { target, kind: 'spike', direction: 1, from_s, sorter, units: [unit] });
  return { lowest, ...(t_s === null ? {} : { t: t_s }) };
}

/** `?unit=214-9`: once, the first spike of the first unit is shown, all of them in colour. */
export function useUnitOfAddress(units: string, { onView, ...centre }: Centre & { readonly onView: (change: Partial<View>) => void }): void {
  const latest = useRef({ onView, centre });
  useEffect(() => {
    latest.current = { onView, centre };
  });
  useEffect(() => {
    const { target, sources } = latest.current.centre;
    const folder = 'folder' in target ? target.folder : '';
    const sorter = sources.sorters.find(({ path }) => path === folder) ?? sources.sorters[0];
    const ids = units.split('-').map(Number).filter(Number.isInteger).slice(0, 6);
    if (units === '' || !sorter || ids.length === 0) return;
    void centreOn(latest.current.centre, sorter.path, ids[0], sources.from_s).then((place) => place && latest.current.onView({ ...place, span: 0.05, sorter: sorter.path, units: ids }), () => undefined);
  }, [units]);
}
