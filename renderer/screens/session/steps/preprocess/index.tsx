// Step 5 of the wizard: preprocess. The chain as cards, and what it does to any moment of the recording.

import { Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { counted, Empty, Problem, significant, useViewState, Waiting } from '../../../../components/index.ts';
import { Step, type StepProps } from '../../Step.tsx';
import { CarCompare } from './CarCompare.tsx';
import { type Chain, chainOf, chainText, notationOf, patchChain, usualGfix } from './chain.ts';
import { ChainCards } from './ChainCards.tsx';
import { chainFindings } from './checks.ts';
import { type After, Panels } from './Panels.tsx';
import { type Place, PlacePicker } from './PlacePicker.tsx';
import styles from './PreprocessStep.module.css';
import { SpectrumView } from './SpectrumView.tsx';
import { TuneGfix } from './TuneGfix.tsx';
import { useScan } from './useScan.ts';

const initial = { run: '', stream: '', gate: '', at: '', len: '0.5', ch: '', range: '', kind: 'heat', after: 'final', tab: 'car', band: 'ap' };

export default function PreprocessStep(props: StepProps) {
  const { draft, editor } = props;
  const [view, setView] = useViewState(initial);
  const session = draft.effective;
  const runId = draft.runs.find((run) => run.runId === view.run)?.runId ?? draft.runs[0]?.runId;
  const run = useAsk('run.get', { runId: runId ?? '' }, { enabled: runId !== undefined && session.kind !== 'file-list' });
  if (session.kind === 'file-list') return <Step {...props} notation="files are sorted as they are"><Empty>The files of this list are sorted as they are: nothing is shifted, filtered or referenced before.</Empty></Step>;
  const chain = chainOf(session);
  const band = view.band === 'lf' ? 'lf' : 'ap';
  const change = (label: string, changes: Partial<Chain>) => editor.change(label, { session: patchChain(session, changes) });
  return (
    <Step {...props} notation={notationOf(session)} fill>
      <Preview {...props} chain={chain} band={band} run={run.data?.summary} problem={run.error ?? undefined} view={view} setView={setView} onChange={change} />
    </Step>
  );
}

interface PreviewProps extends StepProps {
  readonly chain: Chain;
  readonly band: 'ap' | 'lf';
  readonly run: RunSummary | undefined;
  readonly problem: { readonly message: string } | undefined;
  readonly view: typeof initial;
  readonly setView: (changes: Partial<typeof initial>) => void;
  readonly onChange: (label: string, changes: Partial<Chain>) => void;
}

function Preview({ draft, editor, chain, band, run, problem, view, setView, onChange }: PreviewProps) {
  const session = draft.effective;
  const stream = run?.streams.find(({ key, kind }) => key === view.stream && kind === band)?.key ?? run?.streams.find(({ kind }) => kind === band)?.key;
  const gate = run?.gates.find((each) => String(each.gate) === view.gate)?.gate ?? run?.gates[0]?.gate ?? 0;
  const where = { runId: run?.runId ?? '', stream: stream ?? '', gate };
  const source = useAsk('preprocess.source', where, { enabled: stream !== undefined });
  const place = placeOf(where, view, source.data?.length_s ?? 0, source.data?.channels.acq.length ?? 384);
  const options = chainText(session, band);
  const after = (['final', 'car', 'filtered'] as const).find((stage) => stage === view.after) ?? 'final';
  const preview = useAsk('preprocess.preview', { ...place, channels: [...place.channels] as [number, number], options, columns: 480, stages: ['raw', after, 'difference'] }, { enabled: source.data !== undefined, keep: true, forget: true });

  const tuning = view.tab === 'tune' && chain.gfix !== null && band === 'ap';
  const scanGfix = chain.gfix ?? usualGfix;
  const scan = useScan(where, chainText(session, 'ap', { gfix: scanGfix, car: 'none' }), tuning && stream !== undefined);
  const facts = { rate_Hz: band === 'ap' ? (source.data?.rate_Hz ?? null) : null, hasMicrons: source.data?.hasMicrons ?? true, scan: scan.isBusy || !chain.gfix ? null : (scan.scan ?? null) };
  const findings = useMemo(() => chainFindings(session, chain, facts), [session, chain, facts]);

  return (
    <div className={styles.layout}>
      <div className={styles.cards}>
        <ChainCards chain={chain} band={band} onBand={(to) => setView({ band: to, stream: '', ch: '' })} findings={findings} onChange={onChange} onPatch={({ label, patch }) => patch && editor.change(label, { session: patch })} />
      </div>
      <div className={styles.view}>
        {draft.runs.length === 0 && <Empty action={<Link href={`/session/${draft.draftId}/runs`}>Choose runs</Link>}>No runs yet. With a run, this page shows what the chain does to it.</Empty>}
        {problem && <Problem error={problem} />}
        {run && stream === undefined && <Empty>{run.name} has no {band.toUpperCase()} files to look at.{band === 'lf' ? ' LF of full-band probes is made from AP when the run is processed.' : ''}</Empty>}
        {run && stream !== undefined && (
          <>
            <PlacePicker draft={draft} run={run} source={source.data} band={band} place={place} isLooking={scan.isBusy && !tuning}
              onPlace={(changes) => setView(viewOf(changes))}
              onWorst={band === 'ap' ? () => void scan.now().then(({ worst_s }) => setView({ at: worst_s.toFixed(3), len: '1' }), () => undefined) : undefined} />
            {source.error && <Problem error={source.error} onRetry={() => void source.refetch()} />}
            {preview.error && <Problem error={preview.error} onRetry={() => void preview.refetch()} />}
            {!preview.data && !preview.error && !source.error && <Waiting what="the moment" />}
            {preview.data && !preview.error && (
              <Panels preview={preview.data} isUpdating={preview.isPlaceholderData} after={after} onAfter={(to: After) => setView({ after: to })} kind={view.kind === 'lines' ? 'lines' : 'heat'} onKind={(kind) => setView({ kind })}
                range_uV={view.range === '' ? null : Number(view.range)} onRange={(range) => setView({ range: range === null ? '' : String(range) })} />
            )}
            {preview.data && !preview.error && <Figures preview={preview.data} />}
            {source.data && band === 'ap' && (
              <Tabs value={view.tab} onChange={(tab) => setView({ tab: tab ?? 'car' })}>
                <Tabs.List><Tabs.Tab value="car">Compare CAR</Tabs.Tab><Tabs.Tab value="spectrum">Power spectrum</Tabs.Tab><Tabs.Tab value="tune">Tune gfix</Tabs.Tab></Tabs.List>
                <Tabs.Panel value="car" pt="xs"><CarCompare session={session} chain={chain} place={place} hasMicrons={source.data.hasMicrons} isReady={preview.data !== undefined && !preview.isPlaceholderData} /></Tabs.Panel>
                <Tabs.Panel value="spectrum" pt="xs"><SpectrumView place={place} options={options} /></Tabs.Panel>
                <Tabs.Panel value="tune" pt="xs">{chain.gfix
                  ? <TuneGfix gfix={chain.gfix} state={scan} onChange={(gfix) => onChange('gfix thresholds', { gfix })} onGo={(at_s) => setView({ at: Math.max(0, at_s - 0.025).toFixed(4), len: '0.05' })} />
                  : <p className="muted">gfix is off. Switch its card on to tune it.</p>}</Tabs.Panel>
              </Tabs>
            )}
            {source.data && band === 'lf' && <SpectrumView place={place} options={options} />}
          </>
        )}
      </div>
    </div>
  );
}

function Figures({ preview }: { readonly preview: NonNullable<ReturnType<typeof useAsk<'preprocess.preview'>>['data']> }) {
  const { figures, gfix, channels } = preview;
  const unused = Array.from(channels.acq).filter((_, index) => channels.used[index] === 0);
  return (
    <div className={styles.figures}>
      <span>noise <b>{significant(figures.noiseBefore_uV)}</b> uV raw, <b>{significant(figures.noiseAfter_uV)}</b> uV after</span>
      <span>common part <b>{significant(figures.common_pct, 2)}</b> % of the filtered power</span>
      <span>{figures.largeSpikesKept_pct === null ? 'no large spikes here' : <>of {counted(figures.largeSpikes, 'large spike')} <b>{significant(figures.largeSpikesKept_pct)}</b> % of the peak left</>}</span>
      <span>gfix <b>{counted(gfix.length, 'span')}</b> here{gfix.length > 0 ? `: ${gfix.slice(0, 3).map(({ from_s, to_s, peak }) => `${from_s.toFixed(4)} s, ${significant(1000 * (to_s - from_s))} ms${peak ? `, ${significant(peak.mV)} mV on channel ${peak.acq}, ${significant(peak.slope_mV)} mV/sample` : ''}`).join('; ')}${gfix.length > 3 ? ' ...' : ''}` : ''}</span>
      {unused.length > 0 && <span className="muted">greyed, not used by CAR: {unused.slice(0, 8).join(', ')}{unused.length > 8 ? ` and ${unused.length - 8} more` : ''}</span>}
    </div>
  );
}

function placeOf(where: { readonly runId: string; readonly stream: string; readonly gate: number }, view: typeof initial, length_s: number, channels: number): Place {
  const len_s = Math.min(2, Math.max(0.002, Number(view.len) || 0.5));
  const [first, last] = view.ch.split('-').map(Number);
  const at = view.at === '' ? length_s / 2 : Number(view.at) || 0;
  return { ...where, len_s, from_s: Math.max(0, Math.min(at, length_s - len_s)), channels: view.ch === '' ? [0, channels - 1] : [first, Math.min(last, channels - 1)] };
}

function viewOf(changes: Partial<Place>): Partial<typeof initial> {
  const { runId, stream, gate, from_s, len_s, channels } = changes;
  return {
    ...(runId === undefined ? {} : { run: runId, stream: '', gate: '', at: '', ch: '' }),
    ...(stream === undefined ? {} : { stream, ch: '' }),
    ...(gate === undefined ? {} : { gate: String(gate) }),
    ...(from_s === undefined ? {} : { at: from_s.toFixed(4) }),
    ...(len_s === undefined ? {} : { len: String(len_s) }),
    ...(channels === undefined ? {} : { ch: channels.join('-') }),
  };
}
