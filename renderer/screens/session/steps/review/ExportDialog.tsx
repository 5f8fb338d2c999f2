// Writing the session for elsewhere: what will be in it, where it goes, what came of it.

import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Draft } from '../../../../../core/service/contract/index.ts';
import { useAsk, useCommand, useKept } from '../../../../api/index.ts';
import { bytes, copyText, counted, FolderDialog, Problem } from '../../../../components/index.ts';
import styles from './Review.module.css';

type Kind = 'session' | 'folder' | 'zip';

const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'session', label: 'Session file' }, { value: 'folder', label: 'Folder with every JSON and scripts' }, { value: 'zip', label: 'The same as a zip' },
];

export function ExportDialog({ draft, opened, onClose }: { readonly draft: Draft; readonly opened: boolean; readonly onClose: () => void }) {
  return <Modal opened={opened} onClose={onClose} title="Export" size="lg">{opened && <Export draft={draft} onClose={onClose} />}</Modal>;
}

function Export({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const [kind, setKind] = useKept<Kind>('session.export.kind', 'folder');
  const [folder, setFolder] = useKept(`session.export.folder.${kind}`, '');
  const [name, setName] = useState(plainName(draft.name));
  const [choosing, setChoosing] = useState(false);
  const files = useAsk('session.files', { draftId: draft.draftId }, { enabled: kind !== 'session' });
  const write = useCommand('session.export');
  const start = folder || (typeof draft.session.catGT_dest === 'string' ? draft.session.catGT_dest : '');
  const separator = start.includes('\\') ? '\\' : '/';
  const file = kind === 'folder' ? name : `${name}.${kind === 'zip' ? 'zip' : 'json'}`;
  const path = `${start.replace(/[\\/]+$/, '')}${separator}${file}`;
  const total = files.data?.reduce((sum, { text }) => sum + text.length, 0) ?? 0;

  if (write.data) {
    return (
      <div className={styles.dialog}>
        <p role="status">✔ {counted(write.data.files.length, 'file')} written to <b>{write.data.path}</b>.</p>
        {write.data.command && <><p className="muted">The equal command line:</p><code className={styles.command}>{write.data.command}</code></>}
        <div className={styles.buttons}>{write.data.command && <Button variant="default" onClick={() => copyText(write.data.command)}>Copy the command</Button>}<Button onClick={onClose}>Close</Button></div>
      </div>
    );
  }
  return (
    <form className={styles.dialog} onSubmit={(event) => { event.preventDefault(); write.mutate({ draftId: draft.draftId, kind, path }); }}>
      <SegmentedControl aria-label="What to export" data={[...kinds]} value={kind} onChange={(value) => setKind(value as Kind)} />
      <div className={styles.head}>
        <TextInput className={styles.grow} label="Folder to write into" value={start} onChange={(event) => setFolder(event.currentTarget.value)} />
        <Button variant="default" className={styles.low} onClick={() => setChoosing(true)}>Choose</Button>
      </div>
      <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <p className="caption">{path}</p>
      {kind !== 'session' && files.error && <Problem error={files.error} />}
      {kind !== 'session' && files.data && (
        <div>
          <p className="muted">{counted(files.data.length, 'file')}, {bytes(total)}</p>
          <ul className={styles.names} tabIndex={0} aria-label="Files in the export">{files.data.map((each) => <li key={each.name}>{each.name}</li>)}</ul>
        </div>
      )}
      {write.error && <Problem error={write.error} />}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button type="submit" loading={write.isPending} disabled={start === '' || name.trim() === ''}>Export {kind === 'session' ? '1 file' : counted(files.data?.length ?? 0, 'file')}</Button>
      </div>
      <FolderDialog opened={choosing} title="Folder to write into" action="Use this folder" start={start || undefined} onChoose={(chosen) => { setFolder(chosen); setChoosing(false); }} onClose={() => setChoosing(false)} />
    </form>
  );
}

/** Fit to be the name of a file anywhere. */
function plainName(name: string): string {
  return name.replace(/[\\/:*?"<>|]+/g, '_').trim() || 'session';
}
