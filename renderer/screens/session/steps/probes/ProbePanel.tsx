// One probe beside the table: its sites, and the channels that are left out, by a click or by their acquisition numbers.

import { useMemo } from 'react';
import type { RunSummary } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { Problem, TypedField, Waiting } from '../../../../components/index.ts';
import { BadChannels } from './BadChannels.tsx';
import { marksOf } from './badChannels.ts';
import { type Depth, depthText, depthUnit, readDepth } from './depths.ts';
import { channelText, readChannels } from './exclusions.ts';
import { ProbeMap } from './ProbeMap.tsx';
import styles from './ProbesStep.module.css';
import { SurfaceLook } from './SurfaceLook.tsx';
import { useLook } from './useLook.ts';

interface ProbePanelProps {
  readonly run: RunSummary;
  readonly probe: number;
  readonly excluded: readonly number[];
  readonly onExclude: (channels: readonly number[]) => void;
  readonly depth: Depth | undefined;
  /** null: all of the probe is in the brain. */
  readonly onDepth: (um: number | null) => void;
}

export function ProbePanel({ run, probe, excluded, onExclude, depth, onDepth }: ProbePanelProps) {
  const { data, error } = useAsk('probe.geometry', { runId: run.runId, probe });
  const search = useLook('probe.badChannels', { runId: run.runId, stream: `imec${probe}.ap` });
  const surface = useLook('probe.surface', { runId: run.runId, probe });
  const marks = useMemo(() => (search.found ? marksOf(search.found) : undefined), [search.found]);
  const out = useMemo(() => new Set(excluded), [excluded]);
  const toggle = (channels: readonly number[], leaveOut: boolean) => {
    const rest = excluded.filter((channel) => !channels.includes(channel));
    onExclude(leaveOut ? [...rest, ...channels] : rest);
  };
  return (
    <aside className={styles.panel} aria-label={`Sites of imec${probe}`}>
      <h2>imec{probe} of {run.name}</h2>
      {error && <Problem error={error} />}
      {!error && !data && <Waiting what="sites" />}
      {data && (
        <>
          <p className="caption">{data.text}</p>
          <TypedField label="Channels left out" description={`Acquisition numbers, not file columns: 191,200:203. For imec${probe} of every run.`} text={channelText(excluded)} read={(text) => readChannels(text, data.channels)} onChange={onExclude} />
          <TypedField label="In brain up to" description="Above the lowest row; sites farther up are neither used nor written (-maxZ). Empty: all." inputMode="decimal" rightSection={<span className="caption">{depthUnit(depth)}</span>} rightSectionWidth={16 + depthUnit(depth).length * 7} rightSectionPointerEvents="none" text={depthText(depth)} read={readDepth} onChange={onDepth} />
          <SurfaceLook look={surface} depth={depth?.type === 1 ? depth.value : undefined} onDepth={onDepth} />
          <BadChannels search={search} excluded={excluded} onExclude={onExclude} />
          <ProbeMap geometry={data} excluded={out} marks={marks} onToggle={toggle} />
        </>
      )}
    </aside>
  );
}
