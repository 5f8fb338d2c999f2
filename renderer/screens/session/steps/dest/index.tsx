// Step 9 of the wizard: where results go, whether they fit, what they are called, and what is there already.

import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useAsk, useCommand } from '../../../../api/index.ts';
import { bytes, Empty, Findings, FolderDialog, Problem, Waiting } from '../../../../components/index.ts';
import { Step, type StepProps } from '../../Step.tsx';
import styles from './Destination.module.css';
import { NameTree } from './NameTree.tsx';
import { Space } from './Space.tsx';

type Key = 'catGT_dest' | 'json_directory' | 'kilosort_output_parent';

const tags: Readonly<Record<string, string>> = { '2.0': 'ks2', '2.5': 'ks25', '3.0': 'ks3', '4': 'ks4', 'ag': 'ag' };

export default function DestinationStep(props: StepProps) {
  const { draft, editor } = props;
  const { session } = draft;
  const [choosing, setChoosing] = useState<Key>();
  const plan = useAsk('dest.plan', { draftId: draft.draftId }, { keep: true });
  const check = useAsk('session.check', { draftId: draft.draftId }, { keep: true });
  const choose = useCommand('dest.choose');
  const main: Key = session.kind === 'file-list' ? 'kilosort_output_parent' : 'catGT_dest';
  const textOf = (key: Key) => (typeof session[key] === 'string' ? session[key] : '');
  const set = (key: Key, path: string) => {
    setChoosing(undefined);
    if (path.trim() === textOf(key)) return;
    if (path.trim() === '') editor.change(`no ${key}`, { session: { [key]: null } });
    else choose.mutate({ path: path.trim() }, { onSuccess: (answer) => editor.change(`folder ${answer.path}`, { session: { [key]: answer.path } }) });
  };
  const tag = typeof session.ks_output_tag === 'string' ? session.ks_output_tag : '';
  const usualTag = tags[typeof session.ks_ver === 'string' ? session.ks_ver : 'ag'] ?? 'ag';
  const folder = textOf(main);
  const findings = check.data?.filter(({ where }) => where.step === 'dest' && where.run === undefined) ?? [];
  const ofRuns = check.data?.filter(({ where }) => where.step === 'dest' && where.run !== undefined) ?? [];

  return (
    <Step {...props} fill notation={`-dest=${folder || '?'} -out_prb_fld, sorted in imec<p>_${tag || usualTag}`}>
      <div className={styles.step}>
        <div className={styles.fields}>
          <FolderField label={main === 'catGT_dest' ? 'Folder for results' : 'Folder for sorted probes'} noun="where results go" value={folder} placeholder={main === 'catGT_dest' ? 'where catgt_<run>_g<gate> will be made' : 'beside each file'} onSet={(path) => set(main, path)} onChoose={() => setChoosing(main)} />
          <FolderField label="Parameters and records (JSON)" noun="where JSON goes" value={textOf('json_directory')} placeholder={plan.data?.jsonFolder ?? 'json, in the folder for results'} onSet={(path) => set('json_directory', path)} onChoose={() => setChoosing('json_directory')} />
          <TagField value={tag} usual={usualTag} onSet={(text) => editor.change(text === '' ? 'usual tag' : `tag ${text}`, { session: { ks_output_tag: text === '' ? null : text } })} />
        </div>
        {choose.error && <Problem error={choose.error} />}
        {plan.error && <Problem error={plan.error} onRetry={() => void plan.refetch()} />}
        {plan.data?.folder && <Space plan={plan.data} />}
        {plan.data?.folder && main === 'catGT_dest' && session.run_CatGT !== false && <KeepAp keep={session.keep_catgt_ap !== false} saved={plan.data.withoutAp_B?.saved ?? plan.data.need_B.removed} onSet={(keep) => editor.change(keep ? 'keep CatGT AP files' : 'do not keep CatGT AP files', { session: { keep_catgt_ap: keep ? null : false } })} />}
        {plan.data?.folder && <p className="caption">Each probe gets a folder of its own (-out_prb_fld). Files appear under their names only when they are complete; recordings are never written to.</p>}
        {findings.length + ofRuns.length > 0 && <div className={styles.findings}><Findings findings={[...findings, ...ofRuns]} onPatch={({ label, patch }) => patch && editor.change(label, { session: patch })} /></div>}
        {!plan.data && !plan.error && <Waiting what="names" />}
        {plan.data && plan.data.folder === null && !choose.isPending && <Empty action={<Button variant="default" onClick={() => setChoosing(main)}>Choose a folder</Button>}>With a folder chosen, every name that will be written is listed here, with its size and what is there already.</Empty>}
        {plan.data?.folder && <NameTree files={plan.data.tree} />}
      </div>
      <FolderDialog opened={choosing !== undefined} title={choosing === 'json_directory' ? 'Folder for parameters and records' : 'Folder for results'} action="Use this folder" start={(choosing && textOf(choosing)) || undefined} onChoose={(path) => choosing && set(choosing, path)} onClose={() => setChoosing(undefined)} />
    </Step>
  );
}

interface KeepApProps {
  readonly keep: boolean;
  /** Bytes; 0 while CatGT has nothing to do. */
  readonly saved: number;
  readonly onSet: (keep: boolean) => void;
}

function KeepAp({ keep, saved, onSet }: KeepApProps) {
  return (
    <Checkbox
      checked={!keep} onChange={(event) => onSet(!event.currentTarget.checked)}
      label={`Do not keep CatGT AP files${saved > 0 ? ` (−${bytes(saved)})` : ''}`}
      description="Each is removed when all steps of its probe and TPrime have succeeded; after a failure it stays. Its meta stays, with a note. Traces then show the recording alone, and phy has no raw data to show."
    />
  );
}

interface FolderFieldProps {
  readonly label: string;
  /** What the button chooses: "where results go". */
  readonly noun: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onSet: (path: string) => void;
  readonly onChoose: () => void;
}

/** Typed text counts when the field is left or Enter is pressed. */
function FolderField({ label, noun, value, placeholder, onSet, onChoose }: FolderFieldProps) {
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    if (typed !== undefined) onSet(typed);
    setTyped(undefined);
  };
  return (
    <div className={styles.folderField}>
      <TextInput label={label} value={typed ?? value} placeholder={placeholder} spellCheck={false} onChange={(event) => setTyped(event.currentTarget.value)} onBlur={commit} onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey) commit(); }} />
      <Button variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={onChoose} aria-label={`Choose ${noun}`}>Choose</Button>
    </div>
  );
}

function TagField({ value, usual, onSet }: { readonly value: string; readonly usual: string; readonly onSet: (text: string) => void }) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? value;
  const problem = /[\\/:*?"<>|\s]/.test(text) ? 'A tag is part of a folder\'s name: letters, digits, - and _.' : undefined;
  const commit = () => {
    if (typed !== undefined && !problem && typed !== value) onSet(typed);
    if (!problem) setTyped(undefined);
  };
  return <TextInput className={styles.tag} label="Tag of sorted folders" value={text} placeholder={usual} error={problem} onChange={(event) => setTyped(event.currentTarget.value)} onBlur={commit} onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey) commit(); }} />;
}
