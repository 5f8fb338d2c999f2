// Older metas lack what newer programs ask for: the gains of channel 0, the multiplex table, positions in um. All of it
// can be told from the part number and the imro table, and is appended; what was there keeps its bytes.

import { formatG } from '../common/index.ts';
import { apGain, lfGain } from './gains.ts';
import { geometry } from './geometry.ts';
import { imroTable } from './imro.ts';
import { encodeLike, parseMeta } from './meta.ts';
import type { Meta } from './meta.ts';
import { muxTableText, probeFacts } from './probes.ts';

/**
 * The file with the missing keys appended; the same bytes when it has `imChan0apGain`, as all newer metas do. With
 * `compat`, keys that are there already are appended a second time and positions come from the reference pipeline's
 * constants.
 */
export function upgradeMeta(bytes: Uint8Array, path: string, options: { compat?: boolean } = {}): Uint8Array {
  const meta = parseMeta(bytes, path);
  if (meta.values.has('imChan0apGain')) return bytes;
  const missing = newKeys(meta, options).filter(([key]) => options.compat || !meta.values.has(key));
  const newline = bytes.at(-1) === 0x0a ? '' : '\n';
  const lines = missing.map(([key, value]) => `${key}=${value}\n`).join('');
  return Buffer.concat([bytes, encodeLike(meta, newline + lines)]);
}

function newKeys(meta: Meta, options: { compat?: boolean }): [string, string][] {
  const facts = probeFacts(meta);
  return [
    ['imChan0apGain', String(apGain(meta))],
    ['imChan0lfGain', String(lfGain(meta))],
    ['imAnyChanFullBand', String(facts.acqLf === 0 || anyFilterOff(meta))],
    ['~muxTbl', muxTableText(facts)],
    ['~snsGeomMap', geomMapText(meta, options)],
  ];
}

/** The sixth field of an imro entry (of the header, where gains stand there) says whether the 300 Hz filter is on. */
function anyFilterOff(meta: Meta): boolean {
  const imro = imroTable(meta);
  if (!imro) return false;
  return imro.header[5] === '0' || imro.entries.some((entry) => entry[5] === 0);
}

function geomMapText(meta: Meta, options: { compat?: boolean }): string {
  const map = geometry(meta, options);
  const header = [map.partNumber, map.shanks, map.shankPitch, map.shankWidth].join(',');
  return `(${header})${map.sites.map((site) => `(${site.shank}:${formatG(site.x)}:${formatG(site.y)}:${site.used ? 1 : 0})`).join('')}`;
}
