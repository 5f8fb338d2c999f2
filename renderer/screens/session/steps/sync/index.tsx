// Step 8 of the wizard: sync. Whether every stream has the heartbeat, on which clock times are told, what is aligned.

import { Button, Checkbox, Radio, Select } from '@mantine/core';
import type { SessionContent } from '../../../../../core/service/contract/index.ts';
import { Empty, Findings, NumberField, Problem, significant, Waiting } from '../../../../components/index.ts';
import { Step, type StepProps } from '../../Step.tsx';
import { useFindings } from '../../useFindings.ts';
import { measuredPeriod, nominalPeriod, syncFindings } from './checks.ts';
import { type EventLine, eventLines, streamOfName, syncName, tprimeNotation, tprimeParameters } from './events.ts';
import { StreamTable } from './StreamTable.tsx';
import styles from './SyncStep.module.css';
import { useSurvey } from './useSurvey.ts';

export default function SyncStep(props: StepProps) {
  const { draft, editor } = props;
  const session = draft.effective;
  const reference = streamOfName(String(session.toStream_sync_params ?? 'imec0'));
  const isList = session.kind === 'file-list';
  const checked = useFindings(draft.draftId) ?? [];
  const state = useSurvey(isList ? [] : draft.runs.map(({ runId }) => runId), reference);
  if (isList) return <Step {...props} notation="no alignment"><Empty>The files of this list are sorted one by one: nothing is aligned.</Empty></Step>;

  const { survey } = state;
  const streams = [...new Set(survey?.runs.flatMap((run) => run.streams.map(({ stream }) => stream)))];
  const events = eventLines(session, draft.notes);
  const set = (label: string, keys: SessionContent) => editor.change(label, { session: { ...keys } });
  const aligns = session.runTPrime !== false;
  const findings = syncFindings(session, survey, checked);

  return (
    <Step {...props} fill notation={tprimeNotation(session, streams, events)}>
      <div className={styles.step}>
        {draft.runs.length === 0 && <Empty>No runs yet. Choose runs first: their sync edges are looked at here.</Empty>}
        <section className={styles.section}>
          <Checkbox classNames={{ description: styles.small }} checked={aligns} onChange={(event) => set(event.currentTarget.checked ? 'align with TPrime' : 'no alignment', { runTPrime: event.currentTarget.checked })} label="Align times of all streams (TPrime)" description="Spikes and events of every stream are told on the clock of one: the reference." />
          {survey && streams.length === 1 && <p>Only one stream: nothing to align, this step is skipped.</p>}
        </section>
        {findings.length > 0 && <div className={styles.section}><Findings findings={findings} onPatch={({ label, patch }) => patch && editor.change(label, { session: patch })} /></div>}
        {aligns && streams.length > 1 && <Clock session={session} streams={streams} reference={reference} measured_s={measuredPeriod(survey)} meta_s={survey?.runs[0]?.streams[0]?.meta_period_s ?? null} onSet={set} />}
        <section className={`${styles.section} ${styles.edges}`} aria-labelledby="edges-title" aria-busy={state.isBusy}>
          <h2 id="edges-title">Edges</h2>
          {state.error && <Problem error={state.error} onRetry={state.again} />}
          {survey && !state.error && <StreamTable survey={survey} reference={reference} />}
          {state.isBusy && <Waiting what="% of the edges to be looked at" done={state.done_pct} total={100} onCancel={state.cancel} />}
          {survey && !state.isBusy && !state.error && !state.isFull && survey.runs.some((run) => run.streams.some(({ whole }) => !whole)) && (
            <div className={styles.row}><Button variant="default" onClick={state.checkAll}>Check all edges</Button><p className="caption">The first four minutes of each stream were read. All edges means reading every file once.</p></div>
          )}
          <p className="caption">Edges are found as CatGT extracts them by itself: bit 6 of the probes' and OneBoxes' last word; for NI the line or channel its meta names, pulses of half the period within 20 %.</p>
        </section>
        {aligns && streams.length !== 1 && <Aligned {...props} events={events} streams={streams} reference={reference} onSet={set} />}
      </div>
    </Step>
  );
}

interface ClockProps {
  readonly session: SessionContent;
  readonly streams: readonly string[];
  readonly reference: string | undefined;
  readonly measured_s: number | null;
  readonly meta_s: number | null;
  readonly onSet: (label: string, keys: SessionContent) => void;
}

function Clock({ session, streams, reference, measured_s, meta_s, onSet }: ClockProps) {
  const period = Number(session.sync_period ?? 1);
  return (
    <section className={styles.section} aria-label="Clock">
      <div className={styles.row}>
        <Radio.Group label="Reference: all times are told on its clock" value={reference ?? ''} onChange={(to) => onSet(`reference ${syncName(to)}`, { toStream_sync_params: syncName(to) })}>
          <div className={styles.row}>{streams.map((stream) => <Radio key={stream} value={stream} label={syncName(stream)} />)}</div>
        </Radio.Group>
        <NumberField label="Period" name="Period" unit="s" min={0.001} w={120} value={period} onChange={(sync_period) => onSet(`sync period ${sync_period} s`, { sync_period })} />
        <p className="muted">{meta_s === null ? 'The meta tells no period.' : `The meta says ${significant(meta_s)} s.`} {measured_s === null ? '' : `Measured ${measured_s.toFixed(6)} s.`}</p>
        {measured_s !== null && nominalPeriod(measured_s) !== period && <Button variant="default" onClick={() => onSet(`sync period ${nominalPeriod(measured_s)} s`, { sync_period: nominalPeriod(measured_s) })}>Use {nominalPeriod(measured_s)} s</Button>}
      </div>
    </section>
  );
}

interface AlignedProps extends StepProps {
  readonly events: readonly EventLine[];
  readonly streams: readonly string[];
  readonly reference: string | undefined;
  readonly onSet: (label: string, keys: SessionContent) => void;
}

function Aligned({ draft, events, streams, reference, onSet }: AlignedProps) {
  const session = draft.effective;
  const chosen = String(session.event_ex_param_str ?? '').trim().replace(/^-+/, '');
  const known = [...new Map(events.map((event) => [event.parameter, event])).values()];
  const data = [
    { value: '', label: 'none' },
    ...known.filter(({ isPulse }) => isPulse).map(({ parameter, name, text }) => ({ value: parameter, label: name === text ? parameter : `${name} (${parameter})` })),
    ...(chosen !== '' && !known.some(({ parameter }) => parameter === chosen) ? [{ value: chosen, label: `${chosen} (not among the extractors)` }] : []),
  ];
  const parameters = tprimeParameters(session);
  const interpolates = parameters.tprime_interp === true;
  const set = (label: string, changed: Readonly<Record<string, unknown>>) => {
    const next = Object.fromEntries(Object.entries({ ...parameters, ...changed }).filter(([, value]) => value !== undefined));
    onSet(label, { tPrime_helper_params: Object.keys(next).length > 0 ? next : null });
  };
  const setExact = (exact: boolean) => set(exact ? 'exact alignment' : 'alignment as TPrime', { numerics: exact ? 'exact' : undefined });
  const setInterpolates = (on: boolean) => set(on ? 'interpolated alignment' : 'no interpolation', { tprime_interp: on ? true : undefined });
  return (
    <section className={styles.section} aria-labelledby="aligned-title">
      <h2 id="aligned-title">What is aligned</h2>
      <div className={styles.aligned}>
        <ul className={styles.events}>
          {known.map(({ parameter, stream, name, text }) => (
            <li key={parameter}><b>{name === text ? parameter : name}</b>{name !== text && <code>{parameter}</code>}<span className="muted">{whereTo(stream, streams, reference)}</span></li>
          ))}
          {streams.filter((stream) => stream.startsWith('imec')).map((stream) => <li key={stream}><b>spikes of {syncName(stream)}</b><span className="muted">{whereTo(stream, streams, reference)}</span></li>)}
          {known.length === 0 && <li className="muted">No extractors are set: only spikes and sync edges are aligned.</li>}
        </ul>
        <div className={styles.switches}>
          <Select classNames={{ description: styles.small }} label="Event for phy" description="Its aligned times become events.csv, for peri-stimulus plots" data={data} value={chosen} onChange={(value) => onSet(value ? `event for phy ${value}` : 'no event for phy', { event_ex_param_str: value ?? '' })} allowDeselect={false} w={400} />
          <Checkbox classNames={{ description: styles.small }} checked={session.create_aux_timepoints === true} onChange={(event) => onSet('times of auxiliary samples', { create_aux_timepoints: event.currentTarget.checked })} label="A time for every sample of NI and OneBoxes" description="Writes a file of aligned times beside each; large." />
          <Checkbox classNames={{ description: styles.small }} checked={parameters.numerics === 'exact'} disabled={interpolates} onChange={(event) => setExact(event.currentTarget.checked)} label="Pair every edge with its own counterpart (TPrime itself goes by the nominal period)" description="Numerics: exact. Bridges missing edges without assuming the period." />
          <Checkbox classNames={{ description: styles.small }} checked={interpolates} onChange={(event) => setInterpolates(event.currentTarget.checked)} label="Interpolate between edges" description="Edges are paired, too, and times run on the line between the two around them. Best where clocks differ much, the period is long, or edges are missing." />
        </div>
      </div>
    </section>
  );
}

function whereTo(stream: string, streams: readonly string[], reference: string | undefined): string {
  if (streams.length > 0 && !streams.includes(stream)) return `${syncName(stream)} is not in these runs`;
  return stream === reference ? `on ${syncName(stream)}, the reference clock already` : `from ${syncName(stream)} to ${reference ? syncName(reference) : 'the reference'}`;
}
