// Which moment of which stream is looked at.

import { Button, Select, Slider } from '@mantine/core';
import { useState } from 'react';
import type { Draft, PreprocessSource, RunSummary } from '../../../../../core/service/contract/index.ts';
import { clock, NumberField } from '../../../../components/index.ts';
import styles from './PreprocessStep.module.css';

export interface Place {
  readonly runId: string;
  readonly stream: string;
  readonly gate: number;
  readonly from_s: number;
  readonly len_s: number;
  /** File columns, first and last. */
  readonly channels: readonly [number, number];
}

interface PlacePickerProps {
  readonly draft: Draft;
  readonly run: RunSummary;
  readonly source: PreprocessSource | undefined;
  readonly band: 'ap' | 'lf';
  readonly place: Place;
  readonly onPlace: (changes: Partial<Place>) => void;
  /** undefined: LF has no artefacts to look for. */
  readonly onWorst: (() => void) | undefined;
  readonly isLooking: boolean;
}

const lengths = ['0.02', '0.05', '0.1', '0.2', '0.5', '1', '2'];

export function PlacePicker({ draft, run, source, band, place, onPlace, onWorst, isLooking }: PlacePickerProps) {
  const [dragged, setDragged] = useState<number>();
  const streams = run.streams.filter(({ kind }) => kind === band);
  const latest = Math.max(0, (source?.length_s ?? 0) - place.len_s);
  const last = (source?.channels.acq.length ?? 1) - 1;
  const trigger = source?.triggers.findLast(({ at_s }) => at_s <= place.from_s + 1e-9);
  return (
    <div className={styles.tools}>
      {draft.runs.length > 1 && <Select className={styles.medium} label="Run" data={draft.runs.map(({ runId, name }) => ({ value: runId, label: name }))} value={place.runId} onChange={(runId) => runId && onPlace({ runId })} allowDeselect={false} />}
      <Select className={styles.narrow} label="Stream" data={streams.map(({ key }) => key)} value={place.stream} onChange={(stream) => stream && onPlace({ stream })} allowDeselect={false} />
      {run.gates.length > 1 && <Select className={styles.narrow} label="Gate" data={run.gates.map(({ gate }) => ({ value: String(gate), label: `g${gate}` }))} value={String(place.gate)} onChange={(gate) => gate !== null && onPlace({ gate: Number(gate), from_s: 0 })} allowDeselect={false} />}
      {(source?.triggers.length ?? 0) > 1 && (
        <Select className={styles.narrow} label="Trigger" data={source!.triggers.map((each) => ({ value: String(each.trigger), label: `t${each.trigger}` }))} value={String(trigger?.trigger ?? '')} allowDeselect={false}
          onChange={(to) => { const chosen = source!.triggers.find((each) => String(each.trigger) === to); if (chosen) onPlace({ from_s: chosen.at_s }); }} />
      )}
      <NumberField className={styles.narrow} label="From" name="From" unit="s" min={0} max={latest} value={Number(place.from_s.toFixed(4))} onChange={(from_s) => onPlace({ from_s })} />
      <Select className={styles.narrow} label="Length" data={lengths.map((value) => ({ value, label: `${value} s` }))} value={String(place.len_s)} onChange={(value) => value && onPlace({ len_s: Number(value) })} allowDeselect={false} />
      <div className={styles.pair}>
        <NumberField label="Channels" name="First channel" whole min={0} max={place.channels[1]} value={Math.min(place.channels[0], last)} onChange={(first) => onPlace({ channels: [first, place.channels[1]] })} />
        <NumberField label="to" aria-label="Last channel" name="Last channel" whole min={place.channels[0]} max={last} value={Math.min(place.channels[1], last)} onChange={(to) => onPlace({ channels: [place.channels[0], to] })} />
      </div>
      <div className={styles.slider}>
        <Slider thumbLabel={`Moment in gate ${place.gate}`} min={0} max={Math.max(0.001, latest)} step={Math.max(0.001, Number((latest / 1000).toPrecision(1)))} value={dragged ?? Math.min(place.from_s, latest)} label={(value) => clock(value)}
          onChange={setDragged} onChangeEnd={(value) => { setDragged(undefined); onPlace({ from_s: value }); }} marks={source?.triggers.slice(1).map(({ at_s }) => ({ value: at_s }))} />
      </div>
      <Button variant="default" onClick={() => onPlace({ from_s: Math.random() * latest })}>Another random place</Button>
      {onWorst && <Button variant="default" onClick={onWorst} loading={isLooking}>Worst second</Button>}
    </div>
  );
}
