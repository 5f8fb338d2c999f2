// Step 4 of the wizard: the extraction builder. Which line, which level, which width, seen on the recording itself.

import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { RunDetails } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { Empty, Problem, useViewState, Waiting } from '../../../../components/index.ts';
import { Step, type StepProps } from '../../Step.tsx';
import styles from './extract.module.css';
import { RunCheck } from './RunCheck.tsx';
import { TextSide } from './TextSide.tsx';
import { useExtractors } from './useExtractors.ts';
import { Workbench } from './Workbench.tsx';

const initialView = { run: '', gate: '', t: '', stream: '', whole: '', line: '', at: '' };

export default function ExtractStep(props: StepProps) {
  const { draft, editor } = props;
  const [view, setView] = useViewState(initialView);
  const runId = draft.runs.some((run) => run.runId === view.run) ? view.run : (draft.runs[0]?.runId ?? '');
  const { data: run, error } = useAsk('run.get', { runId }, { enabled: runId !== '' });
  const extractors = useExtractors(draft, editor);
  const [isText, setIsText] = useState(false);
  const [isChecking, setIsChecking] = useState(false);
  const runIds = useMemo(() => draft.runs.map((each) => each.runId), [draft.runs]);

  const content = () => {
    if (draft.runs.length === 0) return <Empty action={<Button component={Link} href={`/session/${draft.draftId}/runs`} variant="default">Choose runs</Button>}>No run is chosen, so there are no lines to look at. Extractors can still be set as text.</Empty>;
    if (error) return <Problem error={error} />;
    if (!run) return <Waiting what="the run" />;
    const place = placeOf(run, view);
    if (!place) return <Empty>{run.summary.name} has no NI, OneBox or probe file with digital or analog lines.</Empty>;
    return (
      <Workbench key={`${runId} ${place.gate} ${place.trigger} ${place.stream} ${view.whole}`} source={{ runId, ...place, whole: view.whole === '1' }} extractors={extractors} runIds={runIds}
        place={view} onPlace={setView} onWhole={() => setView({ whole: '1' })} onPatch={(session) => editor.change('mend extractors', { session })} onText={() => setIsText(!isText)} onCheckRuns={() => setIsChecking(true)}
        pickers={<Pickers run={run} runs={draft.runs} place={place} onPick={(changes) => setView({ line: '', at: '', ...changes })} />} />
    );
  };

  return (
    <Step {...props} notation={extractors.text} onNotation={extractors.setText} fill secondary={draft.runs.length === 0 ? <Button variant="default" onClick={() => setIsText(!isText)}>Edit as text</Button> : undefined}>
      <div className={styles.step}>
        {isText && <TextSide key={extractors.text} text={extractors.text} runIds={runIds} onApply={extractors.setText} onClose={() => setIsText(false)} />}
        {content()}
      </div>
      {isChecking && <RunCheck text={extractors.text} runIds={runIds} inARow={extractors.inARow} onClose={() => setIsChecking(false)} />}
    </Step>
  );
}

interface Place {
  readonly gate: number;
  readonly trigger: number | undefined;
  readonly stream: string;
}

/** What was chosen, as far as the run has it. */
function placeOf({ files }: RunDetails, view: typeof initialView): Place | undefined {
  const usable = files.filter((file) => !file.stream.endsWith('.lf'));
  const inGate = usable.filter((file) => String(file.gate) === view.gate);
  const own = inGate.length > 0 ? inGate : usable.filter((file) => file.gate === usable[0]?.gate);
  const chosen = own.find((file) => file.stream === view.stream) ?? own.find((file) => file.stream === 'nidq') ?? own.find((file) => file.stream.startsWith('obx')) ?? own[0];
  if (!chosen) return undefined;
  const trigger = own.some((file) => file.stream === chosen.stream && String(file.trigger) === view.t) ? Number(view.t) : undefined;
  return { gate: chosen.gate, trigger, stream: chosen.stream };
}

interface PickersProps {
  readonly run: RunDetails;
  readonly runs: readonly { readonly runId: string; readonly name: string }[];
  readonly place: Place;
  readonly onPick: (changes: Partial<typeof initialView>) => void;
}

function Pickers({ run: { summary, files }, runs, place, onPick }: PickersProps) {
  const triggers = files.filter((file) => file.gate === place.gate && file.stream === place.stream).map((file) => file.trigger);
  const streams = [...new Set(files.filter((file) => file.gate === place.gate && !file.stream.endsWith('.lf')).map((file) => file.stream))].sort((a, b) => order(a) - order(b) || a.localeCompare(b));
  return (
    <div className={styles.pickers}>
      <Select label="Run" w={190} data={runs.map(({ runId, name }) => ({ value: runId, label: name }))} value={summary.runId} onChange={(value) => value && onPick({ run: value, gate: '', t: '', stream: place.stream })} allowDeselect={false} />
      <Select label="Gate" w={110} data={summary.gates.map(({ gate }) => ({ value: String(gate), label: `g${gate}` }))} value={String(place.gate)} onChange={(value) => value && onPick({ gate: value, t: '' })} allowDeselect={false} />
      <Select label="Trigger" w={164} data={[{ value: '', label: 'all, joined' }, ...triggers.map((trigger) => ({ value: String(trigger), label: `t${trigger} alone` }))]} value={place.trigger === undefined ? '' : String(place.trigger)} onChange={(value) => onPick({ t: value ?? '' })} allowDeselect={false} />
      <Select label="Stream" w={150} data={streams} value={place.stream} onChange={(value) => value && onPick({ stream: value, t: '' })} allowDeselect={false} />
    </div>
  );
}

const order = (stream: string) => (stream === 'nidq' ? 0 : stream.startsWith('obx') ? 1 : 2);
