// Old settings pasted in: what was understood, what would change, what cannot be used. Nothing is applied silently.

import { Button, FileButton, Modal, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Draft, UnusedToken } from '../../../core/service/contract/index.ts';
import { call, useAsk } from '../../api/index.ts';
import { counted, Problem } from '../../components/index.ts';
import styles from './PasteDialog.module.css';
import { ParsedColumns } from './ParsedColumns.tsx';
import { useSettled } from './useSettled.ts';

interface PasteDialogProps {
  /** What was pasted; undefined: closed. */
  readonly text: string | undefined;
  /** Whose settings they become; without one, a new session is made of them. */
  readonly draft?: Draft;
  readonly onClose: () => void;
  /** With no draft: makes the session. */
  readonly onMake?: (text: string) => void;
}

export function PasteDialog({ text, ...rest }: PasteDialogProps) {
  return (
    <Modal opened={text !== undefined} onClose={rest.onClose} title="Paste old settings" size={1040} closeButtonProps={{ 'aria-label': 'Close' }}>
      {text !== undefined && <Content initial={text} {...rest} />}
    </Modal>
  );
}

function Content({ initial, draft, onClose, onMake }: Omit<PasteDialogProps, 'text'> & { readonly initial: string }) {
  const [text, setText] = useState(initial);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const settled = useSettled(text, 300);
  const isEmpty = settled.trim() === '';
  const { data: parsed, error } = useAsk('notation.parse', { text: settled, draftId: draft?.draftId }, { enabled: !isEmpty, keep: true, forget: true });
  const shown = isEmpty ? undefined : parsed;
  const changes = shown?.changed.filter(({ token }) => !without.has(token)).length ?? 0;
  const count = (shown?.used.length ?? 0) + changes;

  const apply = async () => {
    if (!draft) return onMake?.(text);
    try {
      await call('notation.apply', { draftId: draft.draftId, rev: draft.rev, text, without: [...without] });
      notifications.show({ message: `Applied ${counted(count, 'setting')}. Ctrl+Z undoes it.` });
      onClose();
    } catch (failure) {
      notifications.show({ message: (failure as Error).message, color: 'red', role: 'alert' });
    }
  };
  const replace = ({ token, suggestion }: UnusedToken, by = suggestion?.text ?? '') => setText(text.includes(token) ? text.replace(token, by) : `${text}\n${by}`);
  return (
    <div className={styles.dialog}>
      <Textarea label="A CatGT, TPrime or C_Waves command, extractors, lines of a script, an input JSON or a session" value={text} onChange={(event) => setText(event.currentTarget.value)} classNames={{ input: styles.text }} rows={5} spellCheck={false} data-autofocus />
      {error && <Problem error={error} />}
      {shown && <ParsedColumns parsed={shown} without={without} onWithout={setWithout} onReplace={(item) => replace(item)} onLeaveOut={(item) => replace(item, '')} />}
      {isEmpty && <p className="muted">Every part of the text will be listed as understood, changed or not usable before anything is applied.</p>}
      <div className={styles.row}>
        <FileButton accept=".json,.py,.bat,.sh,.cmd,.txt" onChange={(file) => { if (file) void file.text().then(setText); }}>
          {(props) => <Button variant="default" {...props}>Choose file</Button>}
        </FileButton>
        <span className={styles.space} />
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button onClick={() => void apply()} disabled={count === 0}>{draft ? `Apply ${count}` : `Make a session of ${counted(count, 'setting')}`}</Button>
      </div>
    </div>
  );
}
