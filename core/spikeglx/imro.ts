// The imro table of a meta: what was set per channel. `(header)(entry)(entry)...`; headers are separated by commas,
// entries by blanks.

import { InputFileError } from '../common/index.ts';
import { metaText } from './meta.ts';
import type { Meta } from './meta.ts';

export interface Imro {
  readonly header: readonly string[];
  /** The fields of every entry; the first is the channel. */
  readonly entries: readonly (readonly number[])[];
}

/** Undefined when the meta has none. */
export function imroTable(meta: Meta): Imro | undefined {
  const text = metaText(meta, '~imroTbl');
  if (text === undefined) return undefined;
  const [header, ...entries] = parenthesised(text);
  if (header === undefined) throw new InputFileError(meta.path, "'~imroTbl' has no header");
  return { header: header.split(','), entries: entries.map((entry) => entry.trim().split(/\s+/).map(Number)) };
}

/** The texts between the parentheses of `(a)(b)(c)`. */
export function parenthesised(text: string): string[] {
  return [...text.matchAll(/\(([^()]*)\)/g)].map((match) => match[1]!);
}
