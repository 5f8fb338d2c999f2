/** -save, -sepShanks and -maxZ: which columns of a stream go into which file. */
import { channelList, number, parenthesised, readStreamMeta, shankSites, text, type StreamMeta } from './meta.ts';
import { probeOf } from './probe.ts';

export interface DepthRule {
  /** 0: z is a row; 1: um above the lowest row; 2: um above the tip. */
  readonly type: 0 | 1 | 2;
  readonly z: number;
}

export interface SelectionRule {
  /** Lists of acquisition channels, each with the index of its file. */
  readonly saves?: readonly { readonly index: number; readonly list: string }[];
  /** The index of each shank's file. */
  readonly shanks?: readonly number[];
  readonly maxZ?: DepthRule;
}

export interface SelectedFile {
  readonly index: number;
  /** Columns of the stream's file. */
  readonly columns: number[];
}

/** @param ip the probe's own index */
export function oracleSelection(metaPath: string, ip: number, rule: SelectionRule): SelectedFile[] {
  const meta = readStreamMeta(metaPath);
  const all = meta.channels.map((_, column) => column);
  const asked: SelectedFile[] = (rule.saves ?? []).map(({ index, list }) => ({ index, columns: all.filter((column) => channelList(list, 0).includes(meta.channels[column])) }));
  for (const [shank, index] of (rule.shanks ?? []).entries()) {
    const onShank = all.filter((column) => column < meta.neural && placeOf(meta, column).shank === shank);
    if (index >= 0 && onShank.length > 0) asked.push({ index, columns: [...onShank, ...syOf(meta, shank)] });
  }
  if (asked.length === 0) asked.push({ index: ip, columns: all });
  const tooHigh = rule.maxZ ? columnsTooHigh(meta, rule.maxZ) : [];
  return asked.map(({ index, columns }) => ({ index, columns: columns.filter((column) => !tooHigh.includes(column)) }));
}

/** Acquisition channels that -maxZ keeps from references. */
export function oracleTooHigh(metaPath: string, rule: DepthRule): number[] {
  const meta = readStreamMeta(metaPath);
  return columnsTooHigh(meta, rule).map((column) => meta.channels[column]);
}

/** The samples of some columns of a time-major array. */
export function oracleColumns(samples: Int16Array, width: number, columns: readonly number[]): Int16Array {
  const rows = samples.length / width;
  return Int16Array.from({ length: rows * columns.length }, (_, i) => samples[Math.floor(i / columns.length) * width + columns[i % columns.length]]);
}

function columnsTooHigh(meta: StreamMeta, { type, z }: DepthRule): number[] {
  const { pitch, tip } = scaleOf(meta);
  const asked = type === 0 ? Math.trunc(z) : type === 1 ? Math.ceil((z - pitch) / pitch) : Math.ceil((z - tip - pitch) / pitch);
  // Phase 3A metas do not tell.
  const rows = Number(meta.values.get('imRowsPerShank') ?? 480);
  const top = Math.max(0, Math.min(asked, rows - 1));
  return meta.channels.flatMap((_, column) => (column < meta.neural && placeOf(meta, column).row > top ? [column] : []));
}

/** All SY columns where there is one SY word; else the word of that shank. */
function syOf(meta: StreamMeta, shank: number): number[] {
  const [ap, lf, sy] = text(meta.values, 'acqApLfSy').split(',').map(Number);
  return meta.channels.flatMap((channel, column) => (column >= meta.neural && (sy === 1 || channel - ap - lf === shank) ? [column] : []));
}

/** Block of 48 electrodes that reads 48 channels, by shank, on 2.0 probes with four shanks. */
const blocks = ['06172435', '60714253', '24350617', '42536071'];

function placeOf(meta: StreamMeta, column: number): { shank: number; row: number } {
  const { type, acquiredAp, hasLf } = probeOf(meta.values);
  if (type === 1110) {
    const { shank, z } = shankSites(meta.values)[column];
    return { shank, row: z };
  }
  const channel = meta.channels[column] % acquiredAp;
  const entry = parenthesised(text(meta.values, '~imroTbl'))[1 + channel].split(' ').map(Number);
  if (hasLf) return { shank: 0, row: Math.floor((channel + acquiredAp * entry[1]) / columnsPerRow(type)) };
  if (type === 24 || type === 2013) {
    const [, shank, bank] = entry;
    const electrode = 384 * bank + 48 * Number(blocks[shank][Math.floor(channel / 48)]) + (channel % 48);
    return { shank, row: Math.floor(electrode / 2) };
  }
  return { shank: type >= 2020 && type !== 3010 ? entry[1] : 0, row: Math.floor(entry[entry.length - 1] / 2) };
}

function columnsPerRow(type: number): number {
  return ({ 1100: 8, 1121: 1, 1122: 16, 1123: 12 } as Record<number, number>)[type] ?? 2;
}

/** um between rows, and from the tip to the lowest row. */
function scaleOf(meta: StreamMeta): { pitch: number; tip: number } {
  const { type, hasLf } = probeOf(meta.values);
  const usualTip = type === 1020 || type === 1030 ? 373 : 209;
  if (!hasLf) return { pitch: 15, tip: type === 3010 ? 203 : type >= 3020 ? 204 : 206 };
  const pitches: Record<number, number> = { 1100: 6, 1110: 6, 1120: 4.5, 1123: 4.5, 1121: 3, 1122: 3, 1200: 31 };
  // Probes with other row pitches have tips of their own.
  return { pitch: pitches[type] ?? 20, tip: type in pitches ? number(meta.values, 'imTipLength') : usualTip };
}
