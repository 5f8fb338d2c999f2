// Requests about drafts: sessions being set up. A draft holds the content of a session file as it will be saved and run,
// and beside it what only the screens need.

import { z } from 'zod';
import { command, query } from './define.ts';

/** The content of a session file (core/pipelines/session/schema.ts): version, kind, npx_directory, run_specs ... */
export type SessionContent = Readonly<Record<string, unknown>>;

/** Ours alone; never needed to run the session. */
export interface DraftNotes {
  /** Names of extractors by their text (`-xa=0,0,2,3,4.5,25` -> "photodiode"). */
  readonly labels?: Readonly<Record<string, string>>;
  /** Extractor proposals that were dismissed. */
  readonly dismissed?: readonly string[];
  /** Pasted words nobody could use. */
  readonly unused?: readonly string[];
  readonly [other: string]: unknown;
}

export interface Draft {
  readonly draftId: string;
  readonly name: string;
  /** Goes up with every change; a patch names the one it was made on. */
  readonly rev: number;
  readonly savedAt: string;
  /** The runs it is about, in order. A run that is gone keeps its name. */
  readonly runs: readonly { readonly runId: string; readonly name: string }[];
  readonly session: SessionContent;
  /** `session` with the defaults of the schema filled in, key by key; keys with a wrong value are left as they are. */
  readonly effective: SessionContent;
  /** Why it cannot be read as a session, if so. */
  readonly problem: { readonly text: string; readonly next?: string } | null;
  readonly notes: DraftNotes;
  readonly preset: string | null;
  readonly undo: string | null;
  readonly redo: string | null;
}

/** A key of the session: what a field that edits it has to know. */
export interface SessionKey {
  /** `sync_period`, `engines.catgt`. */
  readonly name: string;
  readonly kind: 'whole number' | 'number' | 'true/false' | 'text' | 'folder' | 'file' | 'choice' | 'numbers' | 'texts';
  readonly required: boolean;
  /** null: none. */
  readonly default: unknown;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly choices: readonly string[] | null;
  readonly help: string;
}

export interface DraftSummary {
  readonly draftId: string;
  readonly name: string;
  readonly kind: string;
  readonly runs: readonly string[];
  readonly savedAt: string;
}

const kinds = z.enum(['multi-run', 'file-list', 'super-run', 'split-shanks']);

export const sessionRequests = {
  'session.list': query<readonly DraftSummary[]>()(z.strictObject({})),
  'session.get': query<Draft>()(z.strictObject({ draftId: z.string() })),
  /** The keys of a session of this kind, in the order of the file; the sections of modules are not among them. */
  'session.schema': query<readonly SessionKey[]>()(z.strictObject({ kind: kinds.default('multi-run') })),
  /** From runs (multi-run), from AP files (file-list), or from the content of a session. `like: 'last'` takes the settings of the last session queued. */
  'session.create': command<Draft>()(z.strictObject({
    runIds: z.array(z.string()).default([]),
    kind: kinds.default('multi-run'),
    /** With kind file-list: AP files, or folders (CatGT's output, sorted or not) whose AP files are taken with the modules that are still to do. */
    files: z.array(z.string()).default([]),
    session: z.record(z.string(), z.unknown()).optional(),
    name: z.string().optional(),
    like: z.enum(['default', 'last']).default('default'),
  })),
  'session.duplicate': command<Draft>()(z.strictObject({ draftId: z.string() })),
  /** Can be undone by `session.restore` until Aftergate ends. */
  'session.remove': command<{ readonly removed: true }>()(z.strictObject({ draftId: z.string() })),
  'session.restore': command<Draft>()(z.strictObject({ draftId: z.string() })),
  /** Sets keys of session and notes (null removes one). Refused with tag `stale` when the draft has moved on. */
  'session.patch': command<Draft>()(z.strictObject({
    draftId: z.string(),
    rev: z.number().int(),
    /** What Undo will say: "threshold 3.0 to 2.4 V". */
    label: z.string(),
    session: z.record(z.string(), z.unknown()).optional(),
    notes: z.record(z.string(), z.unknown()).optional(),
    runs: z.array(z.strictObject({ runId: z.string(), name: z.string() })).optional(),
    name: z.string().optional(),
  })),
  'session.undo': command<Draft>()(z.strictObject({ draftId: z.string() })),
  'session.redo': command<Draft>()(z.strictObject({ draftId: z.string() })),
};
