// Requests about what belongs to the computer or the lab rather than to a session: programs, sorters, the region table,
// the folders Aftergate keeps.

import { z } from 'zod';
import { command, query } from './define.ts';

/** ks_ver: the embedded sorter, or a version of Kilosort. */
export const sorterIds = ['ag', '4', '3.0', '2.5', '2.0'] as const;
export type SorterId = (typeof sorterIds)[number];
/** Those that take thresholds by region. */
export const kilosortIds = ['4', '3.0', '2.5', '2.0'] as const satisfies readonly SorterId[];
export type KilosortId = (typeof kilosortIds)[number];

export const toolIds = ['python', 'matlab', 'kilosort3', 'kilosort25', 'kilosort2', 'npyMatlab', 'scratch'] as const;
export type ToolId = (typeof toolIds)[number];

export interface Tool {
  readonly tool: ToolId;
  readonly name: string;
  /** What it is needed for. */
  readonly use: string;
  /** What the user gave; null: looked for in the usual places. */
  readonly path: string | null;
  /** `limited`: works, with the reason why less well. */
  readonly state: 'found' | 'limited' | 'missing';
  /** Where it is. */
  readonly at: string | null;
  readonly version: string | null;
  readonly reason: string | null;
  readonly next: string | null;
}

export interface SorterChoice {
  readonly id: SorterId;
  readonly name: string;
  /** "Kilosort 4.1.5, torch 2.4": what was found. */
  readonly found: string | null;
  readonly available: boolean;
  /** Why not, or why it will be slow. */
  readonly reason: string | null;
  readonly next: string | null;
  /** Where the settings say its programs are, as a session holds it: section, key, path; null where they say nothing. */
  readonly places: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

export interface RegionRow {
  readonly name: string;
  readonly refractory_ms: number;
  /** Kilosort's two thresholds, as it takes them. */
  readonly thresholds: Readonly<Record<KilosortId, string>>;
}

export interface RegionTable {
  /** `default` comes first and is always there. */
  readonly rows: readonly RegionRow[];
  /** The table Aftergate comes with. */
  readonly standard: readonly RegionRow[];
}

/** What a session holds of the region table for its sorter: numbers, so that an old session never changes. null removes a key. */
export function regionKeys(rows: readonly RegionRow[], sorter: string): { readonly refPerMS_dict: Readonly<Record<string, number>>; readonly ksTh_dict: Readonly<Record<string, string>> | null } {
  const kilosort = kilosortIds.find((id) => id === sorter);
  return {
    refPerMS_dict: Object.fromEntries(rows.map((row) => [row.name, row.refractory_ms])),
    ksTh_dict: kilosort ? Object.fromEntries(rows.map((row) => [row.name, row.thresholds[kilosort]])) : null,
  };
}

/** ms. */
export const refractoryRange = { min: 0.5, max: 5 } as const;

const pair = z.string().regex(/^\[\d+(\.\d+)?,\d+(\.\d+)?\]$/, 'must be two thresholds such as [8,9]');

const regionRow = z.strictObject({
  name: z.string().trim().min(1).max(40),
  refractory_ms: z.number().min(refractoryRange.min).max(refractoryRange.max),
  thresholds: z.strictObject({ 4: pair, '3.0': pair, '2.5': pair, '2.0': pair }),
});

export interface KeptFolder {
  readonly name: string;
  readonly what: string;
  readonly path: string;
  readonly files: number;
  readonly bytes_B: number;
  /** Can be made again from the recordings. */
  readonly clearable: boolean;
}

export const settingRequests = {
  /** Looks for programs when it is first asked; later answers are from memory. */
  'tools.list': query<readonly Tool[]>()(z.strictObject({})),
  'tools.detect': command<readonly Tool[]>()(z.strictObject({})),
  /** A program, or the folder it is in; null: look in the usual places again. */
  'tools.set': command<readonly Tool[]>()(z.strictObject({ tool: z.enum(toolIds), path: z.string().min(1).nullable() })),
  'sorters.list': query<readonly SorterChoice[]>()(z.strictObject({})),
  'regions.get': query<RegionTable>()(z.strictObject({})),
  /** null: the standard table again. */
  'regions.set': command<RegionTable>()(z.strictObject({
    rows: z.array(regionRow).nonempty()
      .refine((rows) => new Set(rows.map((row) => row.name)).size === rows.length, 'two regions have the same name')
      .refine((rows) => rows.some((row) => row.name === 'default'), 'default must be there')
      .nullable(),
  })),
  /** What Aftergate keeps on this computer, and the folders it may use. */
  'settings.data': query<{ readonly folders: readonly KeptFolder[]; readonly limits: readonly string[]; readonly roots: readonly string[] }>()(z.strictObject({})),
  'settings.clearCache': command<{ readonly freed_B: number }>()(z.strictObject({})),
};
