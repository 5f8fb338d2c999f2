// What an entry of the option table is, and the kinds of entries there are: flags, numbers, extractors, refusals.

import { formatG, UsageError } from '../../../common/index.ts';
import { printExtractor, readExtractor } from './extractorOptions.ts';
import type { Car, CatGTOptions, Extractor, GatePart } from './options.ts';
import type { Given } from './optionValues.ts';

type Writable = { -readonly [Key in keyof CatGTOptions]: CatGTOptions[Key] };
type Gathered = 'exclude' | 'extractors' | 'warnings' | 'gtlist';

/** What has been read so far; parse.ts checks it as a whole. */
export interface Draft extends Partial<Omit<Writable, Gathered>> {
  gates?: [number, number];
  triggers?: [number, number] | 'cat';
  gtlist?: GatePart[];
  exclude: Map<number, number[]>;
  readonly cars: Car[];
  readonly extractors: Extractor[];
  readonly warnings: string[];
}

export interface OptionEntry {
  readonly name: string;
  readonly group: string;
  /** An example of what follows `=`; absent for a flag. */
  readonly form?: string;
  readonly help: string;
  /** The unit of the numbers, where they have one. */
  readonly unit?: string;
  /** Not in the usage text: an option of the native tool that this version refuses by name. */
  readonly refused?: true;
  /** Notes the value in the draft. Throws UsageError. */
  readonly read: (draft: Draft, given: Given) => void;
  /** The arguments that stand for it in the canonical command; none when it is not set or cannot apply. */
  readonly print: (options: CatGTOptions) => readonly string[];
}

/** An entry before it is put into its group. */
export type Details = Omit<OptionEntry, 'group'>;

type BooleanKey = { [Key in keyof CatGTOptions]-?: CatGTOptions[Key] extends boolean ? Key : never }[keyof CatGTOptions];
type NumberKey = 'zeroFillMax' | 'startSecs' | 'maxSecs' | 'ap2lfDownsample' | 'inARow';

export function group(title: string, entries: readonly Details[]): OptionEntry[] {
  return entries.map((entry) => ({ ...entry, group: title }));
}

/** A flag that sets an option to `value`; it is printed only where it `applies`. */
export function flag(
  name: string,
  key: Exclude<BooleanKey, Gathered>,
  help: string,
  { value = true, applies = () => true }: { value?: boolean; applies?: (options: CatGTOptions) => boolean } = {},
): Details {
  return {
    name,
    help,
    read: (draft) => void (draft[key] = value),
    print: (options) => (options[key] === value && applies(options) ? [`-${name}`] : []),
  };
}

/** An option with a value of its own kind; `print` gives the value's canonical text, or undefined to leave it out. */
export function valued(entry: Omit<Details, 'print'> & { readonly print: (options: CatGTOptions) => string | undefined }): Details {
  const print = (options: CatGTOptions) => {
    const text = entry.print(options);
    return text === undefined ? [] : [`-${entry.name}=${text}`];
  };
  return { ...entry, print };
}

/** A number that is printed when it is set and not the `usual` one. */
export function numeric(entry: Omit<Details, 'print'> & { readonly key: NumberKey; readonly usual?: number }): Details {
  const { key, usual, ...rest } = entry;
  return valued({ ...rest, print: ({ [key]: value }) => (value === undefined || value === usual ? undefined : formatG(value)) });
}

export function car(name: 'gblcar' | 'gbldmx', help: string): Details {
  return { name, help, read: (draft) => void draft.cars.push({ kind: name }), print: (options) => (options.car?.kind === name ? [`-${name}`] : []) };
}

/** The canonical command lists all extractors together, by stream; the first kind prints them. */
export function extractor(name: Extractor['kind'], form: string, unit: string, help: string): Details {
  return {
    name,
    form,
    unit,
    help,
    read: (draft, given) => void draft.extractors.push(readExtractor(name, given, (line) => draft.warnings.push(line))),
    print: ({ extractors }) => (name === 'xa' ? [...extractors].sort((a, b) => a.js - b.js || a.ip - b.ip).map(printExtractor) : []),
  };
}

export function refused(name: string): Details {
  return {
    name,
    help: 'not available in this version',
    refused: true,
    read: () => {
      throw new UsageError(`-${name} is not available in this version`, { next: 'Leave it out, or use the native CatGT for this step.' });
    },
    print: () => [],
  };
}
