// Drafts on disk: one JSON file each in the profile, written whole after every change, with the edits that can be undone.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { AftergateError, InputFileError, writeWhole } from '../../common/index.ts';
import type { DraftNotes, DraftSummary, SessionContent } from '../contract/index.ts';
import type { ServiceContext } from '../house/index.ts';

/** The part of a draft that edits change and undo brings back. */
export interface DraftState {
  readonly name: string;
  readonly runs: readonly { readonly runId: string; readonly name: string }[];
  readonly session: SessionContent;
  readonly notes: DraftNotes;
}

interface Edit {
  readonly label: string;
  readonly state: DraftState;
}

export interface StoredDraft extends DraftState {
  readonly draftId: string;
  readonly rev: number;
  readonly savedAt: string;
  readonly preset: string | null;
  /** States before the last edits, oldest first; and those that were undone. */
  readonly past: readonly Edit[];
  readonly future: readonly Edit[];
}

/** Somebody else changed the draft first. */
export class StaleError extends AftergateError {
  readonly tag = 'stale';
}

export interface DraftStore {
  list(): readonly DraftSummary[];
  /** Throws InputFileError when there is no such draft. */
  get(draftId: string): StoredDraft;
  create(state: DraftState, preset?: string | null): Promise<StoredDraft>;
  /** Throws StaleError. */
  edit(draftId: string, rev: number, label: string, change: (state: DraftState) => DraftState, preset?: string | null): Promise<StoredDraft>;
  /** Which preset it is compared with; not an edit. */
  setPreset(draftId: string, preset: string | null): Promise<StoredDraft>;
  undo(draftId: string): Promise<StoredDraft>;
  redo(draftId: string): Promise<StoredDraft>;
  /** It can be restored until the program ends. */
  remove(draftId: string): Promise<void>;
  restore(draftId: string): Promise<StoredDraft>;
}

/** Edits that can be undone. */
const depth = 200;

export async function openDrafts(context: ServiceContext): Promise<DraftStore> {
  const folder = await context.profile.room('drafts');
  const drafts = new Map<string, StoredDraft>();
  for (const name of await fs.readdir(folder)) {
    const draft = name.endsWith('.json') ? await readDraft(path.join(folder, name)) : undefined;
    if (draft) drafts.set(draft.draftId, draft);
  }
  const removed = new Map<string, StoredDraft>();
  const writing = new Map<string, Promise<void>>();
  const fileOf = (draftId: string) => path.join(folder, `${draftId}.json`);

  function get(draftId: string): StoredDraft {
    const draft = drafts.get(draftId);
    if (!draft) throw new InputFileError(draftId, 'there is no such draft (any more)', { next: 'Open Session to see the drafts there are.' });
    return draft;
  }

  async function save(draft: StoredDraft): Promise<StoredDraft> {
    const saved = { ...draft, rev: draft.rev + 1, savedAt: new Date(context.now()).toISOString() };
    drafts.set(saved.draftId, saved);
    await inTurn(saved.draftId, () => writeWhole(fileOf(saved.draftId), `${JSON.stringify(saved)}\n`));
    context.emit('session.changed', { draftId: saved.draftId, rev: saved.rev });
    return saved;
  }

  /** Two windows may change a draft at once: its file is written by one after the other. */
  function inTurn(draftId: string, write: () => Promise<void>): Promise<void> {
    const turn = (writing.get(draftId) ?? Promise.resolve()).then(write, write);
    writing.set(draftId, turn);
    return turn;
  }

  const stateOf = ({ name, runs, session, notes }: DraftState): DraftState => ({ name, runs, session, notes });
  return {
    list: () => [...drafts.values()].sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1)).map(({ draftId, name, session, runs, savedAt }) => (
      { draftId, name, kind: typeof session.kind === 'string' ? session.kind : 'multi-run', runs: runs.map((run) => run.name), savedAt })),
    get,
    create: (state, preset = null) => save({ draftId: randomUUID().slice(0, 8), rev: 0, savedAt: '', preset, past: [], future: [], ...state }),
    async edit(draftId, rev, label, change, preset) {
      const draft = get(draftId);
      if (draft.rev !== rev) throw new StaleError('This session was changed in another window.', { next: 'It is shown as it is now: make your change again.' });
      const past = [...draft.past, { label, state: stateOf(draft) }].slice(-depth);
      return save({ ...draft, ...change(stateOf(draft)), preset: preset === undefined ? draft.preset : preset, past, future: [] });
    },
    setPreset: (draftId, preset) => save({ ...get(draftId), preset }),
    async undo(draftId) {
      const draft = get(draftId);
      const last = draft.past.at(-1);
      if (!last) return draft;
      return save({ ...draft, ...last.state, past: draft.past.slice(0, -1), future: [...draft.future, { label: last.label, state: stateOf(draft) }] });
    },
    async redo(draftId) {
      const draft = get(draftId);
      const next = draft.future.at(-1);
      if (!next) return draft;
      return save({ ...draft, ...next.state, past: [...draft.past, { label: next.label, state: stateOf(draft) }], future: draft.future.slice(0, -1) });
    },
    async remove(draftId) {
      removed.set(draftId, get(draftId));
      drafts.delete(draftId);
      await inTurn(draftId, () => fs.rm(fileOf(draftId), { force: true }));
      context.emit('session.changed', { draftId, rev: 0 });
    },
    restore(draftId) {
      const draft = removed.get(draftId) ?? get(draftId);
      removed.delete(draftId);
      return save(draft);
    },
  };
}

/** undefined for what is not a draft; it is left where it is. */
async function readDraft(file: string): Promise<StoredDraft | undefined> {
  try {
    const draft = JSON.parse(await fs.readFile(file, 'utf8')) as Partial<StoredDraft>;
    return typeof draft.draftId === 'string' && typeof draft.rev === 'number' && typeof draft.session === 'object' ? (draft as StoredDraft) : undefined;
  } catch {
    return undefined;
  }
}
