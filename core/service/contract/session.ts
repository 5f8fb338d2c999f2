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

export interface DraftSummary {
  readonly draftId: string;
  readonly name: string;
  readonly kind: string;
  readonly runs: readonly string[];
  readonly savedAt: string;
}

export const sessionRequests = {
  'session.list': query<readonly DraftSummary[]>()(z.strictObject({})),
  'session.get': query<Draft>()(z.strictObject({ draftId: z.string() })),
  /** From runs (multi-run), or from the content of a session. `like: 'last'` takes the settings of the last session queued. */
  'session.create': command<Draft>()(z.strictObject({
    runIds: z.array(z.string()).default([]),
    kind: z.enum(['multi-run', 'file-list', 'super-run', 'split-shanks']).default('multi-run'),
    session: z.record(z.string(), z.unknown()).optional(),
    name: z.string().optional(),
    like: z.enum(['default', 'last']).default('default'),
  })),
  'session.remove': command<{ readonly removed: true }>()(z.strictObject({ draftId: z.string() })),
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
