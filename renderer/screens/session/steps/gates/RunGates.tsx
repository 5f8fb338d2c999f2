// One run of the session: its timeline with the chosen files solid, what is asked for and not there, and the findings.

import { useState } from 'react';
import { Link } from 'wouter';
import { type Draft, type Finding, type FindingAction, gateProblems, type GateGroup, rangesOf, type RunSummary } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { counted, type Cut, duration, fileFacts, type FileKey, Findings, Problem, Timeline, type TimeView, Waiting } from '../../../../components/index.ts';
import type { SpecEntry } from '../probes/specs.ts';
import styles from './GatesStep.module.css';
import { catgtText, fromTrials, joinOptions, rulesToday, streamsOf } from './model.ts';

interface RunGatesProps {
  readonly draft: Draft;
  /** What the check of the session says of this run's files. */
  readonly findings: readonly Finding[];
  readonly entry: SpecEntry;
  readonly run: RunSummary;
  readonly groups: readonly GateGroup[];
  readonly onChoose: (groups: readonly GateGroup[]) => void;
  readonly onPatch: (action: FindingAction) => void;
  /** Start and length, of all runs. */
  readonly cut: Cut;
}

export function RunGates({ draft, findings, entry, run, groups, onChoose, onPatch, cut }: RunGatesProps) {
  const [view, setView] = useState<TimeView | null>(null);
  const [focused, setFocused] = useState<FileKey | null>(null);
  const options = joinOptions(draft);
  const outputs = rangesOf(groups, run).filter((ranges) => ranges.length > 0);
  const problems = gateProblems(groups, run);
  const { data: timeline, error } = useAsk('run.timeline', {
    runId: run.runId, outputs, streams: streamsOf(entry, run, draft), mayMiss: options.mayMiss,
    ...(options.zerofillmax === null ? {} : { zerofillmax_ms: options.zerofillmax }),
    ...(options.startsecs === null ? {} : { startsecs_s: options.startsecs }),
    ...(options.maxsecs === null ? {} : { maxsecs_s: options.maxsecs }),
  }, { keep: true });
  const total = run.gates.reduce((sum, { triggers }) => sum + triggers.length, 0);
  const used = timeline?.outputs.reduce((sum, { files }) => sum + files, 0) ?? 0;
  const row = timeline?.rows.find(({ stream }) => stream === focused?.stream);
  const file = row?.files.find(({ gate, trigger }) => gate === focused?.gate && trigger === focused.trigger);
  return (
    <section className={styles.run} aria-label={run.name}>
      <div className={styles.line}>
        <h2><Link href={`/runs/${run.runId}`}>{run.name}</Link></h2>
        {timeline && <span className="muted">{used} of {counted(total, 'file')} a stream, {duration(timeline.joined_s)}{outputs.length > 1 ? ` in ${outputs.length} outputs` : ''}</span>}
        <code className="hint">{catgtText(groups, run)}</code>
        <span className="hint">{rulesToday(groups, run)}</span>
      </div>
      {problems.map((text) => <p key={text} className={styles.problem} role="alert"><span aria-hidden>⬣ </span>{text}</p>)}
      {error && <Problem error={error} />}
      {!timeline && !error && <Waiting what="the timeline" />}
      {timeline && !error && (
        <>
          <Timeline timeline={timeline} label={`Files of ${run.name}: drag over those to use, or the ends of what is joined`} view={view} onView={setView} focused={focused} onFocus={setFocused} cut={cut} onDragOver={(trials) => onChoose(fromTrials(trials, run, groups))} />
          {row && file && <p className="caption" role="status">g{file.gate} t{file.trigger} {row.stream}: {fileFacts(row, file)}</p>}
          <Findings findings={findings} onPatch={onPatch} />
        </>
      )}
    </section>
  );
}
