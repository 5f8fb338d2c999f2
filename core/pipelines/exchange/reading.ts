// What reading old settings gives, token by token, before it is compared with a session.

/** Something that a token sets. */
export type Change =
  | { readonly kind: 'key'; readonly key: string; readonly value: unknown }
  /** An option in catGT_cmd_string; null takes it out. */
  | { readonly kind: 'option'; readonly name: string; readonly value: string | null }
  | { readonly kind: 'extractor'; readonly text: string }
  | { readonly kind: 'section'; readonly section: string; readonly key: string; readonly value: unknown }
  /** An element of the runs' entries in run_specs. */
  | { readonly kind: 'spec'; readonly part: SpecPart; readonly value: string }
  /** The shanks of a probe are sorted by themselves. */
  | { readonly kind: 'apart'; readonly probe: number; readonly shanks: number };

export type SpecPart = 'run' | 'gates' | 'triggers' | 'probes' | 'obx';

export interface Understood {
  readonly token: string;
  /** What it is about, in the words of the session: `catGT_dest`, `-gfix`, `sync edges`. */
  readonly field: string;
  readonly value: string;
  /** None: it says what is so anyway. */
  readonly changes: readonly Change[];
}

export interface NotUsed {
  readonly token: string;
  readonly reason: string;
  /** Stable name of the reason, where there is one: `word-range`. */
  readonly id?: string;
  /** What to paste instead. */
  readonly suggestion?: { readonly label: string; readonly text: string };
}

export interface Reading {
  readonly items: readonly (Understood | NotUsed)[];
  /** The text gives all of CatGT's options: those it does not name are off. */
  readonly allOptions?: boolean;
  /** The text gives all extractors. */
  readonly allExtractors?: boolean;
  /** The text names all probes whose shanks are sorted apart. */
  readonly allShanks?: boolean;
  /** The reference would be named among the options, if there was one. */
  readonly carInOptions?: boolean;
}

export function isUnderstood(item: Understood | NotUsed): item is Understood {
  return 'changes' in item;
}

export function asKey(token: string, key: string, value: unknown): Understood {
  return { token, field: key, value: shown(value), changes: [{ kind: 'key', key, value }] };
}

export function asIs(token: string, field: string, value: string): Understood {
  return { token, field, value, changes: [] };
}

/** A value in few words. */
export function shown(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}

export function together(readings: readonly Reading[]): Reading {
  return {
    items: readings.flatMap(({ items }) => items),
    allOptions: readings.some((reading) => reading.allOptions),
    allExtractors: readings.some((reading) => reading.allExtractors),
    carInOptions: readings.some((reading) => reading.carInOptions),
  };
}
