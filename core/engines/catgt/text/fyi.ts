// The list of outputs (`fyi.txt`) that supercat, TPrime's helper and people read: sorted key=value lines.

import { formatFixed6 } from '../../../common/index.ts';
import type { StreamId } from '../../../spikeglx/index.ts';
import type { Extraction } from '../extract/index.ts';
import { streamNumbers, type CatGTOptions } from '../command/options.ts';
import { hasOutputProbeFolders, outputBase, outputFolder, outputTop, supercatElement } from '../joining/paths.ts';

/** A stream that was processed. */
export interface FyiStream {
  readonly stream: StreamId;
  /** File columns of the stream, whichever of them were chosen. */
  readonly columns: number;
  /** Indexes in the names of its files. */
  readonly indexes: readonly number[];
  /** Rate of the output, samples per second. */
  readonly rate: number;
  /** LF made from AP: the rate of the AP file. */
  readonly apRate?: number;
  readonly extractions: readonly Extraction[];
}

type Entries = ReadonlyMap<string, string>;

/** The text of the list. `existing`: the text of the list it adds to, when the outputs join those of an earlier pass. */
export function fyiText(options: CatGTOptions, streams: readonly FyiStream[], existing?: string): string {
  const entries = new Map<string, string>([
    ...probeEntries(options, streams),
    ...shapeEntries(options, streams),
    ['outpath_top', outputTop(options)],
    ['supercat_element', elementText(options)],
    ...streams.flatMap((stream) => eventEntries(options, stream, streams)),
  ]);
  return print(existing === undefined ? entries : merge(parse(existing), entries));
}

function probeEntries(options: CatGTOptions, streams: readonly FyiStream[]): [string, string][] {
  const ofProbes = streams.filter(({ stream }) => stream.kind === 'ap' || stream.kind === 'lf');
  const probes = new Map(ofProbes.map(({ stream }) => [stream.index, stream]));
  if (probes.size === 0) return [];
  const sorted = [...probes.values()].sort((a, b) => a.index - b.index);
  // Event files always have the probe's own index.
  const indexes = new Map(ofProbes.flatMap((stream) => namesOf(stream).map((index) => [index, stream.stream.index])));
  const folders = hasOutputProbeFolders(options) ? sorted.map((stream): [string, string] => [`outpath_parent_probe${stream.index}`, outputFolder(options, stream)]) : [];
  return [['ip2_ip1', tuples(indexes)], ...folders];
}

function namesOf({ stream, indexes, extractions }: FyiStream): readonly number[] {
  return extractions.length > 0 ? [...indexes, stream.index] : indexes;
}

/**
 * Columns and rates by stream. For LF made from AP, the AP file is listed too, and the native tool forgets the columns
 * of the LF file.
 */
function shapeEntries(options: CatGTOptions, streams: readonly FyiStream[]): [string, string][] {
  const columns = new Map<string, (string | number)[]>();
  const rates = new Map<string, (string | number)[]>();
  const note = (into: Map<string, (string | number)[]>, js: number, ip: number, value: string | number) => void into.set(`${js},${ip}`, [js, ip, value]);
  for (const { stream, columns: count, rate, apRate } of streams) {
    const js = streamNumbers[stream.kind];
    if (apRate !== undefined) {
      note(columns, streamNumbers.ap, stream.index, count);
      note(rates, streamNumbers.ap, stream.index, formatFixed6(apRate));
    }
    if (apRate === undefined || options.numerics === 'exact') note(columns, js, stream.index, count);
    note(rates, js, stream.index, formatFixed6(rate));
  }
  return [['jsip_nchan', tuples(columns.values())], ['jsip_srate', tuples(rates.values())]];
}

/** The events of a probe are listed under every index that its files have. */
function eventEntries(options: CatGTOptions, { stream, extractions }: FyiStream, streams: readonly FyiStream[]): [string, string][] {
  const ofProbe = streams.filter((other) => stream.kind === 'ap' && (other.stream.kind === 'ap' || other.stream.kind === 'lf') && other.stream.index === stream.index);
  const indexes = new Set([stream.index, ...ofProbe.flatMap((other) => other.indexes)]);
  const names = stream.kind === 'nidq' ? ['ni'] : stream.kind === 'obx' ? [`obx${stream.index}`] : [...indexes].map((index) => `imec${index}`);
  return names.flatMap((name) => extractions.map(({ automatic, rank, timesSuffix }): [string, string] => [automatic ? `sync_${name}` : `times_${name}_${rank}`, `${outputBase(options, stream)}${timesSuffix}`]));
}

function elementText(options: CatGTOptions): string {
  const { parent, name } = supercatElement(options);
  return `{${parent},${name}}`;
}

/** `(a,b)(c,d,e)`, by the first two numbers. */
function tuples(items: Iterable<readonly (string | number)[]>): string {
  const sorted = [...items].sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]));
  return sorted.map((item) => `(${item.join(',')})`).join('');
}

/**
 * What an extraction pass adds to the list of the pass that made its files: new event files get the next numbers, and
 * what describes the binaries stays.
 */
function merge(existing: Entries, added: Entries): Entries {
  const merged = new Map(existing);
  const listed = new Set(existing.values());
  for (const [key, value] of added) {
    if (key.startsWith('sync_')) merged.set(key, value);
    else if (!key.startsWith('times_')) merged.set(key, existing.get(key) ?? value);
    else if (!listed.has(value)) merged.set(nextTimesKey(merged, key), value);
  }
  return merged;
}

function nextTimesKey(entries: Entries, key: string): string {
  const stem = key.replace(/\d+$/, '');
  let rank = 0;
  while (entries.has(`${stem}${rank}`)) rank++;
  return `${stem}${rank}`;
}

function parse(text: string): Entries {
  const lines = text.split(/\r?\n/).filter((line) => line.includes('='));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function print(entries: Entries): string {
  const keys = [...entries.keys()].sort((a, b) => (a < b ? -1 : 1));
  return keys.map((key) => `${key}=${entries.get(key)}\n`).join('');
}
