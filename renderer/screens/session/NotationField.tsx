// The notation of a step, live both ways: it shows what the step decides; edited, it is read on a pause, marked where it is
// not understood, and taken over on Enter. Escape brings the step's own text back.

import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type KeyboardEvent, useState } from 'react';
import type { Draft, WizardStep } from '../../../core/service/contract/index.ts';
import { call, useAsk } from '../../api/index.ts';
import { Notation } from '../../components/index.ts';
import styles from './Step.module.css';
import { useSettled } from './useSettled.ts';

interface NotationFieldProps {
  readonly draft: Draft;
  readonly step: WizardStep;
  readonly text: string;
  readonly onNotation?: (text: string) => void;
}

/** What these steps show is read only: it names files, folders and commands. */
const readOnly: readonly WizardStep[] = ['runs', 'dest', 'review'];

export function NotationField({ draft, step, text, onNotation }: NotationFieldProps) {
  const [edited, setEdited] = useState<string>();
  const settled = useSettled(edited ?? '', 300);
  const isRead = edited !== undefined && onNotation === undefined && settled.trim() !== '' && settled !== text;
  const { data: parsed } = useAsk('notation.parse', { text: settled, draftId: draft.draftId, step }, { enabled: isRead, forget: true });
  const isOwn = onNotation === undefined && !readOnly.includes(step) && text.trim() !== '';
  const { data: own } = useAsk('notation.parse', { text, draftId: draft.draftId, step }, { enabled: isOwn && edited === undefined, keep: true, forget: true });
  // A text that could not be read back is only shown.
  if (edited === undefined && isOwn && own && own.unused.length > 0) return <Notation text={text} />;
  if (readOnly.includes(step) && !onNotation) return <Notation text={text} />;

  const unused = isRead ? (parsed?.unused ?? []) : [];
  const apply = async () => {
    if (edited === undefined || edited === text) return setEdited(undefined);
    if (onNotation) onNotation(edited);
    else {
      await call('notation.apply', { draftId: draft.draftId, rev: draft.rev, text: edited, step }).catch((error: unknown) => notifications.show({ message: (error as Error).message, color: 'red', role: 'alert' }));
    }
    setEdited(undefined);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && unused.length === 0) void apply();
    if (event.key === 'Escape') setEdited(undefined);
  };
  return (
    <TextInput
      className={styles.notation} aria-label="Notation of this step" data-testid="notation" spellCheck={false}
      value={edited ?? text} onChange={(event) => setEdited(event.currentTarget.value)} onKeyDown={press}
      error={unused.length > 0} rightSectionWidth={edited === undefined || edited === text ? 0 : 360}
      rightSection={edited === undefined || edited === text ? undefined : <span className="caption" role="status">{hint(unused)}</span>}
    />
  );
}

function hint(unused: readonly { readonly token: string; readonly reason: string }[]): string {
  if (unused.length === 0) return 'Enter takes it over, Escape does not';
  return `${unused[0].token.slice(0, 24)}: ${unused[0].reason.slice(0, 48)}`;
}
