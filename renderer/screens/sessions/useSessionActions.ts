// What can be done with sessions in their list: duplicate, remove (and bring back), make one of files or of a text.

import { notifications } from '@mantine/notifications';
import { createElement, useState } from 'react';
import { useLocation } from 'wouter';
import type { DraftSummary, Imported, Input } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';
import { droppedFile } from './droppedFile.ts';
import { UndoNotice } from '../../components/index.ts';

export interface SessionActions {
  readonly duplicate: (draft: DraftSummary) => void;
  readonly remove: (draft: DraftSummary) => void;
  /** An AP file or a folder of them. */
  readonly fromFiles: (path: string) => void;
  readonly importFile: (from: Input<'session.import'>) => void;
  /** The browser tells its content, not where it lies. */
  readonly importDropped: (file: File) => void;
  /** An import whose paths are elsewhere: waits for an answer. */
  readonly imported: Imported | undefined;
  readonly openImported: () => void;
}

const fail = (error: unknown) => {
  const { message, next } = error as Error & { readonly next?: string };
  notifications.show({ message: next ? `${message} ${next}` : message, color: 'red', role: 'alert', autoClose: 15_000 });
};

export function useSessionActions(): SessionActions {
  const [, go] = useLocation();
  const [imported, setImported] = useState<Imported>();
  const open = (draftId: string) => go(`/session/${draftId}/runs`);
  const importFile = (from: Input<'session.import'>) => void call('session.import', from).then((made) => {
    if (made.offers.length > 0) setImported(made);
    else open(made.draft.draftId);
  }).catch(fail);
  return {
    imported,
    duplicate: ({ draftId }) => void call('session.duplicate', { draftId }).catch(fail),
    remove({ draftId, name }) {
      const restore = () => void call('session.restore', { draftId }).catch(fail);
      void call('session.remove', { draftId }).then(() => {
        const id: string = notifications.show({ autoClose: 20_000, message: createElement(UndoNotice, { text: `Removed ${name}.`, onUndo: () => { notifications.hide(id); restore(); } }) });
      }).catch(fail);
    },
    fromFiles: (path) => void call('session.create', { kind: 'file-list', files: [path] }).then(({ draftId }) => open(draftId)).catch(fail),
    importFile,
    importDropped: (file) => void droppedFile(file).then(importFile).catch(fail),
    openImported() {
      if (imported) open(imported.draft.draftId);
      setImported(undefined);
    },
  };
}
