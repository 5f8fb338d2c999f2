// Where the sites of the saved channels are: from ~snsGeomMap, which says it in um, or from ~snsShankMap (columns and
// rows) with the constants of the part number.

import { formatG, InputFileError } from '../common/index.ts';
import { parenthesised } from './imro.ts';
import { editMeta, metaCounts, metaText } from './meta.ts';
import type { Meta } from './meta.ts';
import { findProbeFacts, partNumber } from './probes.ts';
import { savedChannels } from './channelList.ts';

export interface Site {
  readonly shank: number;
  /** um from the left edge of its shank. */
  readonly x: number;
  /** um upwards from the lowest row. */
  readonly y: number;
  /** False for reference sites and channels that were switched off. */
  readonly used: boolean;
  /** Of ~snsShankMap; undefined when the meta has none. */
  readonly column: number | undefined;
  readonly row: number | undefined;
}

export interface Geometry {
  readonly source: 'geomMap' | 'shankMap';
  readonly partNumber: string;
  readonly shanks: number;
  /** um. */
  readonly shankPitch: number;
  readonly shankWidth: number;
  /** One per saved neural column: AP, in LF files their LF columns. */
  readonly sites: readonly Site[];
}

const geomKey = '~snsGeomMap';
const shankKey = '~snsShankMap';

/**
 * Throws InputFileError when the meta has no usable map. With `compat`, metas without ~snsGeomMap are read with the
 * reference pipeline's constants, its mistakes included.
 */
export function geometry(meta: Meta, options: { compat?: boolean } = {}): Geometry {
  const geomMap = siteMap(meta, geomKey);
  const shankMap = siteMap(meta, shankKey);
  if (geomMap) return fromGeomMap(geomMap, shankMap);
  if (shankMap) return fromShankMap(meta, shankMap, options.compat ?? false);
  throw new InputFileError(meta.path, `has neither '${geomKey}' nor '${shankKey}', so the sites have no positions`, { next: 'Is this the meta of a probe?' });
}

/** A copy whose maps say u = 0 for these file columns. Coordinates are printed like the native tools do: 6 significant digits. */
export function clearUsedFlags(meta: Meta, columns: Iterable<number>): Meta {
  const cleared = new Set(columns);
  const changes: Record<string, string> = {};
  for (const key of [geomKey, shankKey]) {
    const text = metaText(meta, key);
    if (text === undefined) continue;
    const [header, ...entries] = parenthesised(text);
    const rewritten = entries.map((entry, column) => {
      const [shank, x, y, used] = entry.split(':').map(Number);
      return `(${shank}:${formatG(x!)}:${formatG(y!)}:${cleared.has(column) ? 0 : used})`;
    });
    changes[key] = `(${header})${rewritten.join('')}`;
  }
  return editMeta(meta, changes);
}

interface SiteMap {
  readonly header: readonly string[];
  /** `[shank, x or column, y or row, used]` per neural column. */
  readonly entries: readonly (readonly [number, number, number, number])[];
}

function siteMap(meta: Meta, key: string): SiteMap | undefined {
  const text = metaText(meta, key);
  if (text === undefined) return undefined;
  const { header, entries, wrong } = readMap(text);
  if (header === undefined) throw new InputFileError(meta.path, `'${key}' has no header`);
  if (wrong !== undefined) throw new InputFileError(meta.path, `'${key}' has the entry '(${wrong})', which is not shank:x:y:used`);
  return { header: header.split(','), entries: entriesOfColumns(meta, key, entries) };
}

interface MapText {
  readonly header: string | undefined;
  readonly entries: SiteMap['entries'];
  /** The first entry that cannot be read. */
  readonly wrong: string | undefined;
}

/** Recordings are many and probes few: hundreds of metas have the same map, which is read once. */
const readBefore = new Map<string, MapText>();
const remembered = 64;

function readMap(text: string): MapText {
  const known = readBefore.get(text);
  if (known) return known;
  const [header, ...texts] = parenthesised(text);
  const fields = texts.map((entry) => entry.split(':').map(Number));
  const wrong = texts[fields.findIndex((each) => each.length !== 4 || !each.every(Number.isFinite))];
  const read: MapText = { header, wrong, entries: fields as [number, number, number, number][] };
  if (readBefore.size >= remembered) readBefore.delete(readBefore.keys().next().value!);
  readBefore.set(text, read);
  return read;
}

/** Maps list the saved channels; some programs leave those of all acquired ones in a meta of fewer channels. */
function entriesOfColumns<Entry>(meta: Meta, key: string, entries: readonly Entry[]): readonly Entry[] {
  const [ap = 0, lf = 0] = metaCounts(meta, 'snsApLfSy') ?? [];
  const neural = ap || lf;
  if (entries.length === neural) return entries;
  const acquired = metaCounts(meta, 'acqApLfSy') ?? [];
  if (entries.length > neural && entries.length === acquired[0]) {
    const first = ap ? 0 : acquired[0];
    return savedChannels(meta).slice(0, neural).map((channel) => entries[channel - first]!);
  }
  throw new InputFileError(meta.path, `'${key}' has ${entries.length} sites for ${neural} saved channels`);
}

function fromGeomMap(geomMap: SiteMap, shankMap: SiteMap | undefined): Geometry {
  const [partNumber = '', shanks, shankPitch, shankWidth] = geomMap.header;
  return {
    source: 'geomMap',
    partNumber,
    shanks: Number(shanks),
    shankPitch: Number(shankPitch),
    shankWidth: Number(shankWidth),
    sites: geomMap.entries.map(([shank, x, y, used], index) => {
      const place = shankMap?.entries[index];
      return { shank, x, y, used: used !== 0, column: place?.[1], row: place?.[2] };
    }),
  };
}

function fromShankMap(meta: Meta, shankMap: SiteMap, compat: boolean): Geometry {
  const facts = findProbeFacts(meta);
  const layout = (compat ? facts?.referenceLayout : undefined) ?? facts?.layout;
  if (!facts || !layout) {
    throw new InputFileError(meta.path, `has no '${geomKey}', and the layout of part number '${partNumber(meta) ?? '?'}' is not known`, {
      next: 'A newer SpikeGLX writes the positions into the meta; a newer version of Aftergate may know the probe.',
    });
  }
  return {
    source: 'shankMap',
    partNumber: facts.partNumber,
    shanks: facts.shanks,
    shankPitch: layout.shankPitch,
    shankWidth: layout.shankWidth,
    sites: shankMap.entries.map(([shank, column, row, used]) => ({
      shank,
      x: column * layout.columnPitch + (row % 2 === 0 ? layout.evenOffset : layout.oddOffset),
      y: row * layout.siteRowPitch,
      used: used !== 0,
      column,
      row,
    })),
  };
}
