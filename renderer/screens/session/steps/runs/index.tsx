// Step 1 of the wizard: which runs (or files) the session is about, in which order, and what is made of them.

import { Radio } from '@mantine/core';
import { useAsk } from '../../../../api/index.ts';
import { Waiting } from '../../../../components/index.ts';
import { runNotation } from '../../../runs/words.ts';
import { Step, type StepProps } from '../../Step.tsx';
import { runOf, specsOf } from '../probes/specs.ts';
import { FileList } from './FileList.tsx';
import { fileOf, gatesText, inSession, withKind } from './model.ts';
import { RunEntries } from './RunEntries.tsx';
import styles from './RunsStep.module.css';

const kinds = [
  { value: 'multi-run', label: 'Runs', what: 'each run by itself: CatGT, sorting, post-processing' },
  { value: 'file-list', label: 'File list', what: 'sort given binaries; CatGT has been run before' },
  { value: 'super-run', label: 'Super-run', what: 'CatGT on each run, then all joined in this order and sorted as one' },
  { value: 'split-shanks', label: 'Split shanks', what: 'each run by itself; every shank of a probe sorted as a probe of its own; probes of one shank whole' },
] as const;

export default function RunsStep(props: StepProps) {
  const { draft, editor } = props;
  const { data: known } = useAsk('runs.list', {});
  const kind = String(draft.session['kind']);
  const setKind = (next: string) => {
    const chosen = kinds.find(({ value }) => value === next)?.value;
    if (chosen !== undefined && chosen !== kind) editor.change(`kind: ${chosen}`, withKind(draft, chosen));
  };
  return (
    <Step {...props} notation={notationOf(props, known ?? [])}>
      <Radio.Group label="What is made of them" value={kind} onChange={setKind}>
        <div className={styles.kinds}>
          {kinds.map(({ value, label, what }) => <Radio key={value} value={value} label={label} description={what} />)}
        </div>
      </Radio.Group>
      {!known && <Waiting what="runs" />}
      {known && (kind === 'file-list' ? <FileList draft={draft} editor={editor} /> : <RunEntries draft={draft} editor={editor} known={known} />)}
    </Step>
  );
}

function notationOf({ draft }: StepProps, known: Parameters<typeof runOf>[1]): string {
  if (draft.session['kind'] === 'file-list') {
    const files = Array.isArray(draft.session['file_list']) ? (draft.session['file_list'] as unknown[]).map(fileOf) : [];
    return files.length === 0 ? '' : `${files[0]}${files.length > 1 ? ` (+${files.length - 1})` : ''}`;
  }
  const entries = specsOf(draft.session);
  if (entries.length === 0) return '';
  const run = runOf(entries[0], known);
  return `${run ? runNotation(inSession(run, entries[0], draft), gatesText(entries[0], run)) : `-run=${String(entries[0][0])}`}${entries.length > 1 ? ` (+${entries.length - 1})` : ''}`;
}
