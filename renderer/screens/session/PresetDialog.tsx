// Presets of the lab and those that come with the program: what one would change is shown before it is applied; the
// settings of this session can be kept as one; presets come and go as files.

import { Button, FileButton, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Draft, Preset, PresetDifference } from '../../../core/service/contract/index.ts';
import { call, useAsk } from '../../api/index.ts';
import { counted, FolderDialog, Problem, Waiting } from '../../components/index.ts';
import styles from './PresetDialog.module.css';

interface PresetDialogProps {
  readonly draft: Draft;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function PresetDialog({ opened, ...rest }: PresetDialogProps) {
  return <Modal opened={opened} onClose={rest.onClose} title="Presets" size={960} closeButtonProps={{ 'aria-label': 'Close' }}>{opened && <Content {...rest} />}</Modal>;
}

const fail = (error: unknown) => notifications.show({ message: (error as Error).message, color: 'red', role: 'alert' });

function Content({ draft, onClose }: Omit<PresetDialogProps, 'opened'>) {
  const { data: presets, error } = useAsk('presets.list', {});
  const [chosen, setChosen] = useState(draft.preset ?? undefined);
  const [exporting, setExporting] = useState(false);
  const preset = presets?.find(({ presetId }) => presetId === chosen) ?? presets?.[0];
  if (error) return <Problem error={error} />;
  if (!presets || !preset) return <Waiting what="presets" />;

  const apply = async () => {
    const { text } = await call('presets.apply', { draftId: draft.draftId, rev: draft.rev, presetId: preset.presetId });
    notifications.show({ message: text, autoClose: 12_000 });
    onClose();
  };
  const applyKey = async (key: string) => {
    const { text } = await call('presets.apply', { draftId: draft.draftId, rev: draft.rev, presetId: preset.presetId, keys: [key] });
    notifications.show({ message: text });
  };
  const importFile = async (file: File) => {
    const { presetId } = await call('presets.import', { text: await file.text() });
    setChosen(presetId);
  };
  const exportTo = async (folder: string) => {
    setExporting(false);
    const { path } = await call('presets.export', { presetId: preset.presetId, folder });
    notifications.show({ message: `Written: ${path}` });
  };
  return (
    <div className={styles.dialog}>
      <ul className={styles.list} aria-label="Presets">
        {presets.map((each) => <li key={each.presetId}><PresetEntry preset={each} isChosen={each === preset} onChoose={() => setChosen(each.presetId)} /></li>)}
      </ul>
      <div className={styles.details}>
        <Difference draft={draft} preset={preset} onKey={(key) => void applyKey(key).catch(fail)} />
        <div className={styles.row}>
          {!preset.builtIn && <Button variant="default" onClick={() => void call('presets.remove', { presetId: preset.presetId }).catch(fail)}>Remove</Button>}
          <Button variant="default" onClick={() => setExporting(true)}>Export</Button>
          <Button onClick={() => void apply().catch(fail)}>Apply {preset.name}</Button>
        </div>
      </div>
      <div className={styles.foot}>
        <SaveAs draft={draft} preset={preset.builtIn ? undefined : preset} onSaved={setChosen} />
        <FileButton accept=".json" onChange={(file) => { if (file) void importFile(file).catch(fail); }}>{(props) => <Button variant="default" {...props}>Import preset</Button>}</FileButton>
      </div>
      <FolderDialog opened={exporting} title="Export preset" action="Export here" onChoose={(folder) => void exportTo(folder).catch(fail)} onClose={() => setExporting(false)} />
    </div>
  );
}

function PresetEntry({ preset, isChosen, onChoose }: { readonly preset: Preset; readonly isChosen: boolean; readonly onChoose: () => void }) {
  return (
    <button type="button" className={styles.entry} aria-pressed={isChosen} onClick={onChoose}>
      <span>{preset.name}</span>
      <span className="caption">{preset.builtIn ? 'read only' : preset.text}</span>
    </button>
  );
}

interface DifferenceProps {
  readonly draft: Draft;
  readonly preset: Preset;
  /** Takes one setting from the preset. */
  readonly onKey: (key: string) => void;
}

function Difference({ draft, preset, onKey }: DifferenceProps) {
  const { data, error } = useAsk('presets.difference', { draftId: draft.draftId, presetId: preset.presetId }, { forget: true });
  return (
    <section aria-label={`What ${preset.name} changes`} className={styles.difference}>
      <h3>{preset.name}</h3>
      <p className="muted">{preset.text}</p>
      {error && <Problem error={error} />}
      {data && <Changes data={data} isOwn={draft.preset === preset.presetId} onKey={onKey} />}
    </section>
  );
}

/** @param isOwn the session was made with this preset: what differs was changed since */
function Changes({ data, isOwn, onKey }: { readonly data: PresetDifference; readonly isOwn: boolean; readonly onKey: (key: string) => void }) {
  const text = (value: unknown) => (value === null ? 'not set' : typeof value === 'string' ? value || 'nothing' : JSON.stringify(value));
  const one = isOwn ? 'Put back' : 'Take';
  return (
    <>
      {data.unfit.map(({ token, reason }) => <p key={token} className={styles.unfit}>▲ <code>{token}</code> {reason}</p>)}
      {data.changes.length === 0 ? <p>This session has all {counted(data.settings, 'setting')} of it.</p> : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Changes">
          <table className={styles.table}>
            <thead><tr><th scope="col">Setting</th><th scope="col">Now</th><th scope="col">With the preset</th><th scope="col"><span className="unseen">One by one</span></th></tr></thead>
            <tbody>{data.changes.map(({ key, from, to }) => <tr key={key}><th scope="row">{key}</th><td>{text(from)}</td><td>{text(to)}</td><td><Button variant="subtle" aria-label={`${one} ${key}`} onClick={() => onKey(key)}>{one}</Button></td></tr>)}</tbody>
          </table>
        </div>
      )}
    </>
  );
}

function SaveAs({ draft, preset, onSaved }: { readonly draft: Draft; readonly preset: Preset | undefined; readonly onSaved: (presetId: string) => void }) {
  const [name, setName] = useState('');
  const save = async (as: string) => {
    const { presetId } = await call('presets.save', { draftId: draft.draftId, name: as });
    notifications.show({ message: `Saved the settings of this session as ${as}.` });
    setName('');
    onSaved(presetId);
  };
  return (
    <form className={styles.save} onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') void save(name.trim()).catch(fail); }}>
      <TextInput aria-label="Name of the new preset" placeholder="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" variant="default" disabled={name.trim() === ''}>Save as</Button>
      {preset && <Button variant="default" onClick={() => void save(preset.name).catch(fail)}>Update {preset.name}</Button>}
    </form>
  );
}
