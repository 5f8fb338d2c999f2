// From the text of one option to numbers, lists and records, and back to the canonical text. Every error names the option as it was given.

import { formatG, UsageError } from '../../../common/index.ts';
import { formatChannelList, parseChannelList } from '../../../spikeglx/index.ts';
import type { BandFilter, GatePart } from './options.ts';

/** An option as given: `-g=0,1` has the text `0,1`. */
export interface Given {
  readonly argument: string;
  readonly text: string;
}

export function unknownOption(argument: string, next?: string): UsageError {
  return new UsageError(`Unknown option or wrong parameter count: '${argument}'`, { next });
}

export function wrongValue(given: Given, what: string): UsageError {
  return new UsageError(`${given.argument}: ${what}`);
}

/** `a,b,c`; like the native tool, `:`, `;` and blanks separate too. Throws UsageError when the count is not within bounds. */
export function readNumbers(given: Given, least: number, most = least): number[] {
  const items = given.text.split(/[:;,\s]/).filter((item) => item !== '');
  if (items.length < least || items.length > most) throw unknownOption(given.argument);
  return items.map((item) => {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(item)) throw wrongValue(given, `'${item}' is not a number`);
    return Number(item);
  });
}

export function readIntegers(given: Given, least: number, most = least): number[] {
  const values = readNumbers(given, least, most);
  for (const value of values) if (!Number.isSafeInteger(value)) throw wrongValue(given, `${value} is not a whole number`);
  return values;
}

export function readNumber(given: Given): number {
  return readNumbers(given, 1)[0];
}

export function readInteger(given: Given): number {
  return readIntegers(given, 1)[0];
}

/** `a` or `a,b` with 0 <= a <= b. */
export function readRange(given: Given): [number, number] {
  const [first, last = first] = readIntegers(given, 1, 2);
  checkRange(given, first, last);
  return [first, last];
}

/** `{...}{...}` as the texts between the braces. */
export function readBraces(given: Given): string[] {
  if (!/^(\{[^{}]*\})+$/.test(given.text.trim())) throw wrongValue(given, 'expected elements in braces like {...}{...}');
  return [...given.text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
}

/** `{g,ta,tb}{...}`. */
export function readGateList(given: Given): GatePart[] {
  return readBraces(given).map((text) => {
    const [gate, first, last] = readIntegers({ ...given, text }, 3);
    if (gate < 0) throw wrongValue(given, `gate ${gate} is negative`);
    checkRange(given, first, last);
    return { gate, first, last };
  });
}

/** A list of indexes such as `0:3,7`; ranges are inclusive. */
export function readList(given: Given, text = given.text): number[] {
  try {
    const list = parseChannelList(text);
    if (list !== 'all') return list;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw wrongValue(given, error.message);
  }
  throw wrongValue(given, 'needs a list of numbers like 0:3,7');
}

/** `{prb;list}{prb;list}`: acquisition channels by probe. */
export function readExclusions(given: Given): Map<number, number[]> {
  const lists = readBraces(given).map((text): [number, number[]] => {
    const match = /^\s*(\d+)\s*;(.*)$/.exec(text);
    if (!match) throw wrongValue(given, `'{${text}}' is not a probe and its channels like {0;10:12,20}`);
    return [Number(match[1]), readList(given, match[2])];
  });
  const probes = [...new Set(lists.map(([probe]) => probe))].sort((a, b) => a - b);
  return new Map(probes.map((probe) => [probe, [...new Set(lists.flatMap(([p, list]) => (p === probe ? list : [])))].sort((a, b) => a - b)]));
}

/** `{list;folder}{list;folder}`: folders by probe. */
export function readProbeFolders(given: Given, platform: NodeJS.Platform = process.platform): Map<number, string> {
  return new Map(readBraces(given).flatMap((text) => {
    const match = /^\s*([\d:,\s]+?)\s*;(.+)$/.exec(text);
    if (!match) throw wrongValue(given, `'{${text}}' is not probes and their folder like {1,3;E:/data}`);
    const folder = readFolder({ ...given, text: match[2].trim() }, platform);
    return readList(given, match[1]).map((probe): [number, string] => [probe, folder]);
  }));
}

export function printProbeFolders(folders: ReadonlyMap<number, string>): string {
  return [...folders].map(([probe, folder]) => `{${probe};${folder}}`).join('');
}

/** `type,order,high-pass corner,low-pass corner`; a corner of 0 is absent. */
export function readFilter(given: Given): BandFilter {
  const [type, ...rest] = given.text.split(/[:;,\s]/).filter((item) => item !== '');
  if (rest.length !== 3) throw unknownOption(given.argument);
  if (type !== 'butter' && type !== 'biquad') throw wrongValue(given, `the filter type is 'butter' or 'biquad', not '${type}'`);
  const [order, high, low] = readNumbers({ ...given, text: rest.join(',') }, 3);
  if (high < 0 || low < 0) throw wrongValue(given, 'a corner frequency is negative');
  if (high === 0 && low === 0) throw wrongValue(given, 'needs a high-pass or a low-pass corner');
  if (low > 0 && high >= low) throw wrongValue(given, `the high-pass corner (${high} Hz) must lie below the low-pass corner (${low} Hz)`);
  if (type === 'butter' && !(Number.isInteger(order) && order >= 1)) throw wrongValue(given, `the order is a whole number from 1 on, not ${order}`);
  return { type, order: type === 'biquad' ? 2 : order, high, low };
}

export function printFilter({ type, order, high, low }: BandFilter): string {
  return [type, ...[order, high, low].map((value) => formatG(value))].join(',');
}

export function printNumbers(values: readonly number[]): string {
  return values.map((value) => formatG(value)).join(',');
}

export function printRange(first: number, last: number): string {
  return last > first ? `${first},${last}` : String(first);
}

export function printExclusions(exclude: ReadonlyMap<number, readonly number[]>): string {
  return [...exclude].map(([probe, channels]) => `{${probe};${formatChannelList(channels)}}`).join('');
}

/** With forward slashes and none at the end: `D:\data\` is `D:/data`, and `/` the empty text. */
export function readFolder(given: Given, platform: NodeJS.Platform = process.platform): string {
  if (given.text.trim() === '') throw wrongValue(given, 'names no folder');
  const path = platform === 'win32' ? given.text.replaceAll('\\', '/') : given.text;
  return path.replace(/\/+$/, '');
}

function checkRange(given: Given, first: number, last: number): void {
  if (first < 0) throw wrongValue(given, `${first} is negative`);
  if (last < first) throw wrongValue(given, `the last index (${last}) is smaller than the first (${first})`);
}
