// Choosing a folder (or a file): the system's dialog in the desktop application, this one in a browser. A path can always
// be typed or pasted.

import { Button, Modal, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { call, useAsk } from '../api/index.ts';
import styles from './FolderDialog.module.css';
import { bytes } from './format.ts';
import { Problem } from './states.tsx';

interface FolderDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What the button says: "Add folder". */
  readonly action: string;
  readonly start?: string;
  /** Choose a file whose name ends in one of these instead of a folder: `.json`. */
  readonly fileEndings?: readonly string[];
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}

export function FolderDialog({ opened, title, ...rest }: FolderDialogProps) {
  return (
    <Modal opened={opened} onClose={rest.onClose} title={title} size="lg">
      {opened && <Chooser title={title} {...rest} />}
    </Modal>
  );
}

function Chooser({ title, action, start, fileEndings, onChoose, onClose }: Omit<FolderDialogProps, 'opened'>) {
  const [path, setPath] = useState(start);
  const [typed, setTyped] = useState(start ?? '');
  const info = useAsk('app.info', {});
  const { data: listing, error } = useAsk('folders.browse', path === undefined ? {} : { path }, { keep: true });
  const go = (folder: string) => {
    setPath(folder);
    setTyped(folder);
  };
  // The folder shown at first is selected, so that a path typed or pasted takes its place.
  const field = useRef<HTMLInputElement>(null);
  const shown = listing?.path;
  useEffect(() => {
    if (typed === '' && document.activeElement === field.current) field.current?.select();
  }, [shown, typed]);
  const chosen = typed.trim() || listing?.path || '';
  const isFine = chosen !== '' && (!fileEndings || endsIn(chosen, fileEndings));
  const files = fileEndings ? (listing?.files.filter(({ name }) => endsIn(name, fileEndings)) ?? []) : [];
  const askSystem = async () => {
    const picked = (await call('folders.pick', { title, start: listing?.path })).path;
    if (picked) onChoose(picked);
  };
  return (
    <form className={styles.chooser} onSubmit={(event) => { event.preventDefault(); if (isFine) onChoose(chosen); }}>
      <TextInput ref={field} onFocus={(event) => event.currentTarget.select()} label={fileEndings ? 'File' : 'Folder'} value={typed || (fileEndings ? '' : (listing?.path ?? ''))} onChange={(event) => setTyped(event.currentTarget.value)} data-autofocus />
      {error && <Problem error={error} />}
      <ul className={styles.list} aria-label="Folders">
        {typeof listing?.parent === 'string' && <li><button type="button" className={styles.entry} onClick={() => go(listing.parent as string)}>.. one folder up</button></li>}
        {listing?.folders.map((folder) => <li key={folder.path}><button type="button" className={styles.entry} onClick={() => go(folder.path)}>{folder.name}</button></li>)}
        {files.map((file) => <li key={file.path}><button type="button" className={styles.entry} aria-pressed={typed === file.path} onClick={() => setTyped(file.path)}>{file.name} <span className="hint">{bytes(file.bytes)}</span></button></li>)}
        {listing && listing.folders.length === 0 && files.length === 0 && <li className="hint">No folders in here.</li>}
      </ul>
      <div className={styles.row}>
        <span className="caption">{typeof listing?.free_B === 'number' ? `${bytes(listing.free_B)} free` : ''}</span>
        {info.data?.canPickFolder && !fileEndings && <Button variant="default" onClick={() => void askSystem()}>System dialog</Button>}
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button type="submit" disabled={!isFine}>{action}</Button>
      </div>
    </form>
  );
}

function endsIn(name: string, endings: readonly string[]): boolean {
  return endings.some((ending) => name.toLowerCase().endsWith(ending));
}
