/**
 * What the oracle needs of a SpikeGLX meta file: keys and values, the shape of the file,
 * the sites, and the few facts of the probe that pass 1 depends on.
 */
import { readFileSync } from 'node:fs';

export type MetaValues = ReadonlyMap<string, string>;

export interface Site {
  readonly shank: number;
  /** um in a geometry map, column number in a shank map. */
  readonly x: number;
  /** um in a geometry map, row number in a shank map. */
  readonly z: number;
  readonly used: boolean;
}

export interface StreamMeta {
  readonly values: MetaValues;
  readonly rate: number;
  readonly columns: number;
  readonly neural: number;
  readonly firstSample: number;
  readonly samples: number;
  /** Acquisition channel of each file column. */
  readonly channels: readonly number[];
}

export function readMetaValues(path: string): MetaValues {
  const values = new Map<string, string>();
  for (const line of readFileSync(path, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const equals = line.indexOf('=');
    if (equals > 0) values.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  return values;
}

export function text(values: MetaValues, key: string): string {
  const value = values.get(key);
  if (value === undefined) throw new Error(`the meta has no key '${key}'`);
  return value;
}

export function number(values: MetaValues, key: string): number {
  return Number(text(values, key));
}

export function readStreamMeta(path: string): StreamMeta {
  const values = readMetaValues(path);
  const columns = number(values, 'nSavedChans');
  const [ap, lf] = (values.get('snsApLfSy') ?? '0,0,0').split(',').map(Number);
  return {
    values,
    rate: Number(values.get('imSampRate') ?? values.get('niSampRate') ?? values.get('obSampRate')),
    columns,
    neural: path.endsWith('.lf.meta') ? lf : ap,
    firstSample: number(values, 'firstSample'),
    samples: Math.floor(number(values, 'fileSizeBytes') / (2 * columns)),
    channels: channelList(values.get('snsSaveChanSubset') ?? 'all', columns),
  };
}

export function channelList(list: string, columns: number): number[] {
  if (list === '' || list === '*' || list.toLowerCase() === 'all') return Array.from({ length: columns }, (_, i) => i);
  const channels = new Set<number>();
  for (const item of list.split(/[,;]/)) {
    const [a, b = a] = item.split(':').map(Number);
    for (let channel = Math.min(a, b); channel <= Math.max(a, b); channel++) channels.add(channel);
  }
  return [...channels].sort((a, b) => a - b);
}

/** Sites in column order, from ~snsGeomMap, `(shank:x:z:used)`. */
export function geomSites(values: MetaValues): Site[] {
  return parenthesised(text(values, '~snsGeomMap')).slice(1).map(siteOf);
}

/** Sites in column order, from ~snsShankMap, `(shank:column:row:used)`. */
export function shankSites(values: MetaValues): Site[] {
  return parenthesised(text(values, '~snsShankMap')).slice(1).map(siteOf);
}

/** Used flag per neural column, from ~snsGeomMap or else ~snsShankMap, without the excluded acquisition channels. */
export function usedFlags(meta: StreamMeta, excluded: readonly number[]): boolean[] {
  const sites = meta.values.has('~snsGeomMap') ? geomSites(meta.values) : shankSites(meta.values);
  return sites.slice(0, meta.neural).map((site, column) => site.used && !excluded.includes(meta.channels[column]));
}

export function parenthesised(value: string): string[] {
  return [...value.matchAll(/\(([^)]*)\)/g)].map((match) => match[1]);
}

function siteOf(entry: string): Site {
  const [shank, x, z, used] = entry.split(':').map(Number);
  return { shank, x, z, used: used === 1 };
}
