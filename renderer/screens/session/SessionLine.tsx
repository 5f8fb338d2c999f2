// The line above the steps: the session's name, when it was saved, undo and redo with what they would undo, its preset,
// and why it cannot be read as a session, if so.

import { Button, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Draft } from '../../../core/service/contract/index.ts';
import { when } from '../../components/index.ts';
import { PresetMenu } from './PresetMenu.tsx';
import styles from './Step.module.css';
import type { DraftEditor } from './useDraft.ts';

export function SessionLine({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) {
  return (
    <>
      <div className={styles.line}>
        <NameField key={draft.name} draft={draft} editor={editor} />
        <span className={`caption ${styles.saved}`} role="status">saved {when(draft.savedAt).slice(11)}</span>
        <div className={styles.edits}>
          {draft.undo !== null && <Button variant="subtle" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={editor.undo} aria-keyshortcuts="Control+Z">Undo: {draft.undo}</Button>}
          {draft.redo !== null && <Button variant="subtle" leftSection={<IconArrowForwardUp size={16} aria-hidden />} onClick={editor.redo} aria-keyshortcuts="Control+Y">Redo: {draft.redo}</Button>}
        </div>
        <span className={styles.space} />
        <PresetMenu draft={draft} />
      </div>
      {draft.problem && <p className={styles.problem} role="status"><b>⬣ {draft.problem.text}</b>{draft.problem.next && <span> {draft.problem.next}</span>}</p>}
    </>
  );
}

function NameField({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) {
  const [name, setName] = useState(draft.name);
  const keep = () => {
    const wanted = name.trim();
    if (wanted === '') setName(draft.name);
    else if (wanted !== draft.name) editor.change(`name ${draft.name} to ${wanted}`, { name: wanted });
  };
  return <TextInput className={styles.name} aria-label="Name of the session" value={name} onChange={(event) => setName(event.currentTarget.value)} onBlur={keep} onKeyDown={(event) => { if (event.key === 'Enter') keep(); else if (event.key === 'Escape') setName(draft.name); }} />;
}
