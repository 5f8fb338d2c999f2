// The draft a wizard step works on, and the ways to change it. Changes show at once and are saved behind the scenes; when
// another window was first, the newer draft is shown and the change is dropped with a word.

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { Draft, Input, RequestError } from '../../../core/service/contract/index.ts';
import { call, useAsk } from '../../api/index.ts';

export type DraftChange = Omit<Input<'session.patch'>, 'draftId' | 'rev' | 'label'>;

export interface DraftEditor {
  readonly draft: Draft | undefined;
  readonly error: RequestError | null;
  /** `label` is what Undo will say. null removes a key of the session or the notes. */
  readonly change: (label: string, change: DraftChange) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function useDraft(draftId: string): DraftEditor {
  const client = useQueryClient();
  const { data: draft, error } = useAsk('session.get', { draftId });
  const saving = useRef<Promise<unknown>>(Promise.resolve());

  const send = useCallback((ask: (current: Draft) => Promise<Draft>) => {
    const key = ['session.get', { draftId }];
    saving.current = saving.current.then(async () => {
      const current = client.getQueryData<Draft>(key);
      if (!current) return;
      try {
        client.setQueryData(key, await ask(current));
      } catch (failure) {
        notifications.show({ message: (failure as Error).message, color: 'red', role: 'alert' });
        await client.invalidateQueries({ queryKey: key });
      }
    });
  }, [client, draftId]);

  const change = useCallback((label: string, { session, notes, runs, name }: DraftChange) => {
    client.setQueryData<Draft>(['session.get', { draftId }], (old) => old && {
      ...old,
      name: name ?? old.name,
      runs: runs ?? old.runs,
      session: merged(old.session, session),
      effective: merged(old.effective, session),
      notes: merged(old.notes, notes),
    });
    send(({ rev }) => call('session.patch', { draftId, rev, label, session, notes, runs, name }));
  }, [client, draftId, send]);

  const undo = useCallback(() => send(() => call('session.undo', { draftId })), [draftId, send]);
  const redo = useCallback(() => send(() => call('session.redo', { draftId })), [draftId, send]);
  return { draft, error, change, undo, redo };
}

function merged(content: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...content, ...changes }).filter(([, value]) => value !== null));
}
