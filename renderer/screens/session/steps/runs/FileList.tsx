// The binaries of a file-list session, in order.

import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Draft } from '../../../../../core/service/contract/index.ts';
import { Empty, FolderDialog } from '../../../../components/index.ts';
import type { DraftEditor } from '../../useDraft.ts';
import { fileOf } from './model.ts';
import styles from './RunsStep.module.css';

export function FileList({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) {
  const [adding, setAdding] = useState(false);
  const entries = Array.isArray(draft.session['file_list']) ? (draft.session['file_list'] as unknown[]) : [];
  const set = (label: string, file_list: readonly unknown[]) => editor.change(label, { session: { file_list } });
  const move = (index: number, by: -1 | 1) => {
    const next = [...entries];
    const [entry] = next.splice(index, 1);
    next.splice(index + by, 0, entry);
    set('order of files', next);
  };
  const add = (path: string) => {
    setAdding(false);
    if (!entries.some((entry) => fileOf(entry) === path)) set('add a file', [...entries, [path, ['default']]]);
  };
  return (
    <>
      {entries.length === 0 && <Empty>No file is chosen yet. Add binaries (.bin) that are ready for sorting, with their metas beside them.</Empty>}
      <ol className={styles.entries} aria-label="Files of this session">
        {entries.map((entry, index) => {
          const file = fileOf(entry);
          return (
            <li key={file} className={styles.entry}>
              <code className={styles.file}>{file}</code>
              <span className={styles.buttons}>
                <Button variant="subtle" leftSection={<IconArrowUp size={16} aria-hidden />} aria-label={`Move ${file} up`} disabled={index === 0} onClick={() => move(index, -1)}>Up</Button>
                <Button variant="subtle" leftSection={<IconArrowDown size={16} aria-hidden />} aria-label={`Move ${file} down`} disabled={index === entries.length - 1} onClick={() => move(index, 1)}>Down</Button>
                <Button variant="subtle" leftSection={<IconTrash size={16} aria-hidden />} aria-label={`Remove ${file}`} onClick={() => set('remove a file', entries.filter((_, at) => at !== index))}>Remove</Button>
              </span>
            </li>
          );
        })}
      </ol>
      <div><Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>Add file</Button></div>
      <FolderDialog opened={adding} title="Add a binary" action="Add file" fileEndings={['.bin']} onClose={() => setAdding(false)} onChoose={add} />
    </>
  );
}
