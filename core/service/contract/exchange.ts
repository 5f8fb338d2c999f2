// Requests that bring sessions in and out: notation, pasted scripts, presets, JSON folders.

import { z } from 'zod';
import { command, query } from './define.ts';
import { wizardSteps, type WizardStep } from './failure.ts';
import type { Draft } from './session.ts';

/** A token that was understood and says what the session says already, or nothing it says otherwise. */
export interface UsedToken {
  readonly token: string;
  readonly field: string;
  readonly value: string;
}

/** A token that makes the session different; `token` names it in `without`. */
export interface ChangedToken {
  readonly token: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export interface UnusedToken {
  readonly token: string;
  readonly reason: string;
  /** `word-range`, `bit-range`, `name-collision` ...: what help explains. */
  readonly id?: string;
  /** What to paste instead. */
  readonly suggestion?: { readonly label: string; readonly text: string };
}

export interface ParsedNotation {
  /** What the text was taken for. */
  readonly kind: 'session' | 'input-json' | 'script' | 'command' | 'nothing';
  readonly used: readonly UsedToken[];
  readonly changed: readonly ChangedToken[];
  readonly unused: readonly UnusedToken[];
  /** Keys of session and notes that applying it sets, as in `session.patch`. */
  readonly patch: { readonly session: Readonly<Record<string, unknown>>; readonly notes: Readonly<Record<string, unknown>> };
}

export interface DraftNotation {
  readonly steps: Readonly<Record<WizardStep, string>>;
  /** CatGT's command for each run, as the pipeline will give it. */
  readonly commands: readonly { readonly run: string; readonly gate: number; readonly text: string }[];
  /** Why there are no commands yet. */
  readonly problem: { readonly text: string; readonly next?: string } | null;
}

export interface ExportedFile {
  readonly name: string;
  readonly bytes_B: number;
}

export interface Exported {
  readonly path: string;
  readonly files: readonly ExportedFile[];
  /** The equal command line, where there is one. */
  readonly command: string;
}

/** A session made where its files had another path. */
export interface PathOffer {
  readonly from: string;
  readonly to: string;
  readonly runs: readonly string[];
  /** "This session was made on D:\\data. The same 3 runs are under E:\\archive." */
  readonly text: string;
}

export interface Imported {
  readonly draft: Draft;
  readonly offers: readonly PathOffer[];
  readonly unused: readonly UnusedToken[];
}

export interface Preset {
  readonly presetId: string;
  readonly name: string;
  readonly builtIn: boolean;
  /** One line for lists. */
  readonly text: string;
  readonly savedAt: string | null;
}

export interface PresetDifference {
  readonly name: string;
  readonly settings: number;
  /** By key of the session, with the step that decides it. */
  readonly changes: readonly { readonly key: string; readonly step: WizardStep; readonly from: unknown; readonly to: unknown }[];
  readonly unfit: readonly UnusedToken[];
}

/** An export holds texts only, some hundred kB: anything far larger is something else. */
export const largestZip_B = 10_000_000;

const step = z.enum(wizardSteps).optional();
const draft = { draftId: z.string(), rev: z.number().int() };

export const exchangeRequests = {
  /** Any old settings. With a step, the text gives all that this step decides: what is not in it is off. */
  'notation.parse': query<ParsedNotation>()(z.strictObject({ text: z.string().max(2_000_000), draftId: z.string().optional(), step })),
  /** As one change that can be undone. `without`: tokens of Changed to leave alone. */
  'notation.apply': command<Draft>()(z.strictObject({ ...draft, text: z.string().max(2_000_000), without: z.array(z.string()).default([]), step })),
  'notation.format': query<DraftNotation>()(z.strictObject({ draftId: z.string() })),

  /** The files that an export would write, without paths of their own. */
  'session.files': query<readonly { readonly name: string; readonly text: string }[]>()(z.strictObject({ draftId: z.string() })),
  /** `path`: the .json, the .zip, or the folder to make. */
  'session.export': command<Exported>()(z.strictObject({ draftId: z.string(), kind: z.enum(['session', 'folder', 'zip']), path: z.string() })),
  /**
   * A file the user chose (.json, or the .zip of an export), its text, or the bytes of such a zip in base64: a session, an
   * input JSON, or anything `notation.parse` reads. Makes a draft.
   */
  'session.import': command<Imported>()(z.strictObject({ path: z.string().optional(), text: z.string().max(20_000_000).optional(), zip: z.string().max(Math.ceil(largestZip_B / 3) * 4).optional(), name: z.string().optional() })),

  'presets.list': query<readonly Preset[]>()(z.strictObject({})),
  /** What applying would do. `last`: the settings of the last session queued. */
  'presets.difference': query<PresetDifference>()(z.strictObject({ draftId: z.string(), presetId: z.string() })),
  /** `keys`: only these settings of it; the session's preset stays what it is. */
  'presets.apply': command<{ readonly draft: Draft; readonly text: string }>()(z.strictObject({ ...draft, presetId: z.string(), keys: z.array(z.string()).nonempty().optional() })),
  /** From a draft; an existing preset of this name is replaced. */
  'presets.save': command<Preset>()(z.strictObject({ draftId: z.string(), name: z.string().trim().min(1).max(80) })),
  /** Answers with the file's text: importing it undoes this. */
  'presets.remove': command<{ readonly text: string }>()(z.strictObject({ presetId: z.string() })),
  /** Writes `<name>.aftergate-preset.json` into a folder the user chose. */
  'presets.export': command<{ readonly path: string }>()(z.strictObject({ presetId: z.string(), folder: z.string() })),
  'presets.import': command<Preset>()(z.strictObject({ path: z.string().optional(), text: z.string().max(2_000_000).optional() })),
  /** Settings of a draft that are not as in its preset; null when it has none. */
  'session.presetChanges': query<PresetDifference | null>()(z.strictObject({ draftId: z.string() })),
};
