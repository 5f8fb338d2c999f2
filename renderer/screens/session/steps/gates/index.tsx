// Step 2 of the wizard: what of each run is used. Most sessions take all there is.

import { Checkbox } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { type Finding, type FindingAction, gateText, type GateGroup, readGateText, type RunSummary } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { Empty, Findings, Waiting } from '../../../../components/index.ts';
import { Step, type StepProps } from '../../Step.tsx';
import { useFindings } from '../../useFindings.ts';
import { runOf, type SpecEntry, specsOf } from '../probes/specs.ts';
import { cutOf } from './cut.ts';
import { GateControls } from './GateControls.tsx';
import styles from './GatesStep.module.css';
import { JoinFields } from './JoinFields.tsx';
import { catgtText, findingsAt, groupsOf, joinOptions, joinText, specsPatch, withGroups, withJoinText } from './model.ts';
import { RunGates } from './RunGates.tsx';

export default function GatesStep(props: StepProps) {
  const { draft, editor } = props;
  const { data: known } = useAsk('runs.list', {});
  // Of several runs with one name, the one that was chosen.
  const runs = known && [...draft.runs.flatMap(({ runId }) => known.find((run) => run.runId === runId) ?? []), ...known];
  const entries = specsOf(draft.session);
  const findings = useFindings(draft.draftId) ?? [];
  const [isForAll, setForAll] = useState(() => new Set(entries.map((entry) => JSON.stringify(entry.slice(1, 3)))).size <= 1);
  const first = entries[0] && groupsOf(entries[0]);
  // Parts of one run, joined as a super-run, have each their own.
  const mayShare = new Set(entries.map(([name]) => String(name).toLowerCase())).size === entries.length;
  const isShared = isForAll && entries.length > 1 && mayShare;

  const change = (index: number, label: string, groups: readonly GateGroup[]) =>
    editor.change(label, { session: specsPatch(draft.session, (entry, at) => (isShared || at === index ? withGroups(entry, groups) : entry)) });
  const patch = ({ label, patch: session }: FindingAction) => editor.change(label, { session });
  const shareAll = (isShare: boolean) => {
    setForAll(isShare);
    if (isShare && first && 'value' in first) editor.change('same gates for all runs', { session: specsPatch(draft.session, (entry) => withGroups(entry, first.value)) });
  };
  const gatesNotation = first && 'value' in first ? catgtText(first.value, runs && runOf(entries[0], runs)) : '';
  const readBack = (text: string) => {
    const { command, rest } = withJoinText(joinOptions(draft).command, text);
    // Gates and triggers as they stood keep their rule, such as start,end.
    const read = first && 'value' in first && rest === gatesNotation ? first : readGateText(rest, first && 'value' in first ? first.value : []);
    if ('problem' in read) return void notifications.show({ message: read.problem, color: 'red', role: 'alert' });
    const specs = specsPatch(draft.session, (entry, at) => (isShared || at === 0 ? withGroups(entry, read.value) : entry));
    editor.change(`gates ${[gateText(read.value), joinText(command)].filter((part) => part !== '').join(' ')}`, { session: { ...specs, ...(command === joinOptions(draft).command ? {} : { catGT_cmd_string: command }) } });
  };
  const notation = [gatesNotation, joinText(joinOptions(draft).command)].filter((text) => text !== '').join(' ');

  if (draft.session['kind'] === 'file-list') return <Step {...props} notation=""><p className="muted">A list of files has no gates or triggers: every file is taken whole.</p></Step>;
  if (entries.length === 0) return <Step {...props} notation=""><Empty>No run is chosen yet. Choose some in step 1.</Empty></Step>;
  return (
    <Step {...props} fill notation={notation} onNotation={readBack}>
      {!runs && <Waiting what="runs" />}
      {runs && (
        <div className={styles.step}>
          <div className={styles.panel}>
            {entries.length > 1 && mayShare && <Checkbox label={`Applies to all ${entries.length} runs`} checked={isForAll} onChange={(event) => shareAll(event.currentTarget.checked)} />}
            {(isShared || entries.length === 1) && first && <Controls entries={entries} index={0} runs={runs} isShared={isShared} onChange={(label, groups) => change(0, label, groups)} />}
            <JoinFields draft={draft} editor={editor} />
            <Findings findings={findingsAt(findings, entries)} onPatch={patch} />
          </div>
          <div className={styles.runs}>
            {entries.map((entry, index) => (
              <Entry key={index} {...props} entry={entry} findings={findingsAt(findings, entries, index)} runs={runs} controls={!isShared && entries.length > 1 && <Controls entries={entries} index={index} runs={runs} isShared={false} onChange={(label, groups) => change(index, label, groups)} />}
                onChoose={(groups) => change(index, `gates ${gateText(groups)}`, groups)} onPatch={patch} />
            ))}
          </div>
        </div>
      )}
    </Step>
  );
}

interface ControlsProps {
  readonly entries: readonly SpecEntry[];
  readonly index: number;
  readonly runs: readonly RunSummary[];
  readonly isShared: boolean;
  readonly onChange: (label: string, groups: readonly GateGroup[]) => void;
}

function Controls({ entries, index, runs, isShared, onChange }: ControlsProps) {
  const read = groupsOf(entries[index]);
  const known = (isShared ? entries : [entries[index]]).flatMap((entry) => runOf(entry, runs) ?? []);
  const groups = 'value' in read ? read.value : [{ first: 0, last: 0, triggers: [{ first: 'start' as const, last: 'end' as const }] }];
  return (
    <>
      {'problem' in read && <p className={styles.problem} role="alert"><span aria-hidden>⬣ </span>{read.problem}</p>}
      <GateControls of={isShared ? 'all runs' : String(entries[index][0])} groups={groups} gates={gatesOf(known)} onChange={onChange} />
    </>
  );
}

/** Those of all the runs together. */
function gatesOf(runs: readonly RunSummary[]): { readonly gate: number; readonly triggers: readonly number[] }[] {
  const gates = new Map<number, Set<number>>();
  for (const run of runs) for (const { gate, triggers } of run.gates) gates.set(gate, new Set([...(gates.get(gate) ?? []), ...triggers]));
  return [...gates].sort(([a], [b]) => a - b).map(([gate, triggers]) => ({ gate, triggers: [...triggers].sort((a, b) => a - b) }));
}

interface EntryProps extends StepProps {
  readonly entry: SpecEntry;
  readonly findings: readonly Finding[];
  readonly runs: readonly RunSummary[];
  readonly controls: React.ReactNode;
  readonly onChoose: (groups: readonly GateGroup[]) => void;
  readonly onPatch: (action: FindingAction) => void;
}

function Entry({ draft, editor, entry, findings, runs, controls, onChoose, onPatch }: EntryProps) {
  const run = runOf(entry, runs);
  const groups = groupsOf(entry);
  return (
    <div className={styles.panel}>
      {controls}
      {!run && <p className="muted">{String(entry[0])} is not among the runs known here: its files cannot be drawn. What is set is kept.</p>}
      {run && 'value' in groups && <RunGates draft={draft} findings={findings} entry={entry} run={run} groups={groups.value} onChoose={onChoose} onPatch={onPatch} cut={cutOf(draft, editor)} />}
    </div>
  );
}
