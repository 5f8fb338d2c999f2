// How much of the computer work may take: threads, memory, room that stays free, and kindness to a recording.

import { Button, Checkbox } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type Input, limitRanges, type LimitsNow, type QueueState, standardLimits } from '../../core/service/contract/index.ts';
import { useAsk, useCommand } from '../api/index.ts';
import { counted } from './format.ts';
import styles from './LimitsForm.module.css';
import { Problem, Waiting } from './states.tsx';
import { NumberField } from './TypedField.tsx';

export function LimitsForm() {
  const client = useQueryClient();
  const { data: state, error } = useAsk('queue.state', {});
  const command = useCommand('queue.setLimits');
  if (error) return <Problem error={error} />;
  if (!state) return <Waiting what="limits" />;
  const { limits } = state;
  const show = (next: QueueState) => client.setQueryData(['queue.state', {}], next);
  const set = (change: Input<'queue.setLimits'>) => {
    show({ ...state, limits: { ...limits, ...change } }); // a box that flips only after the answer looks broken
    command.mutate(change, { onSuccess: show, onError: () => show(state) });
  };
  return (
    <div className={styles.fields}>
      {command.error && <Problem error={command.error} />}
      <NumberField label="Threads" name="Threads" {...limitRanges.workers} whole value={limits.fixedWorkers ?? limits.workers ?? limits.cores} disabled={limits.fixedWorkers !== null}
        description={limits.fixedWorkers === null ? `Default: one per core, ${limits.cores}. Results never depend on it.` : `Aftergate was started with --workers ${limits.fixedWorkers}, which counts until it ends.`} onChange={(workers) => set({ workers })} />
      <NumberField label="Memory for a step" name="Memory" {...limitRanges.memory_GB} unit="GB" value={limits.memory_GB ?? Math.round(limits.installed_GB)}
        description={`Default: all there is, ${limits.installed_GB.toFixed(0)} GB. Steps run one at a time; one that needs more runs alone, with a warning.`} onChange={(memory_GB) => set({ memory_GB })} />
      <NumberField label="Disk reserve" name="Disk reserve" {...limitRanges.diskReserve_GB} unit="GB" value={limits.diskReserve_GB}
        description={`Default: ${standardLimits.diskReserve_GB} GB. A step that would leave less free on the drive of its results waits until there is room.`} onChange={(diskReserve_GB) => set({ diskReserve_GB })} />
      <Checkbox label="Gentle while recording" description="Default: on. Half the threads while a run under the folders of recordings grows." checked={limits.gentle} onChange={(event) => set({ gentle: event.currentTarget.checked })} />
      <p className="caption" role="status">{usedNow(state)}</p>
      <Button variant="default" className={styles.reset} disabled={isStandard(limits)} onClick={() => set(standardLimits)}>Defaults</Button>
    </div>
  );
}

function isStandard(limits: LimitsNow): boolean {
  return (Object.keys(standardLimits) as (keyof typeof standardLimits)[]).every((name) => limits[name] === standardLimits[name]);
}

function usedNow({ limits, jobs }: QueueState): string {
  const atWork = jobs.find(({ state }) => state === 'running' || state === 'paused');
  return [
    `Now ${counted(limits.threads, 'thread')}${limits.gentle && limits.isRecording ? ', half of them, because a run grows' : ''}.`,
    atWork ? `${atWork.name} is at work: fewer threads count at once, everything else from its next step.` : '',
  ].filter((text) => text !== '').join(' ');
}
