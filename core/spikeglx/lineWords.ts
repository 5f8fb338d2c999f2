// The columns of a file that carry lines: analog words and digital ones, with the names SpikeGLX shows.

import { metaCounts, metaNumber, type Meta } from './meta.ts';
import type { StreamFacts } from './stream.ts';

export interface LineWord {
  /** File column. */
  readonly word: number;
  readonly name: string;
  /** Acquisition channel. */
  readonly acquired: number;
  readonly kind: 'analog' | 'digital';
  /** Volts at the converter; CatGT's thresholds count 32767 for the range, whatever the converter. NaN for digital words. */
  readonly volts_per_count: number;
  readonly range_V: number;
  readonly gain: number;
}

const digital = { kind: 'digital', volts_per_count: NaN, range_V: NaN, gain: 1 } as const;

/** All words of NI and OneBoxes; of probes the SY word. */
export function lineWords(meta: Meta, facts: StreamFacts): LineWord[] {
  const { stream, channels, columns, neural } = facts;
  if (stream.kind === 'nidq') return niWords(meta, channels);
  if (stream.kind === 'obx') return obxWords(meta, channels);
  return Array.from({ length: columns - neural }, (_, index) => ({ word: neural + index, name: index === columns - neural - 1 ? 'SY' : `SY${index}`, acquired: channels[neural + index], ...digital }));
}

function niWords(meta: Meta, channels: readonly number[]): LineWord[] {
  const [mn = 0, ma = 0, xa = 0, dw = 0] = metaCounts(meta, 'snsMnMaXaDw') ?? [];
  const range = metaNumber(meta, 'niAiRangeMax') ?? NaN;
  const [acquiredMn = mn, acquiredMa = ma, acquiredXa = xa] = metaCounts(meta, 'acqMnMaXaDw') ?? [];
  const kinds = [
    { count: mn, name: 'MN', first: 0, gain: metaNumber(meta, 'niMNGain') ?? 1 },
    { count: ma, name: 'MA', first: acquiredMn, gain: metaNumber(meta, 'niMAGain') ?? 1 },
    { count: xa, name: 'XA', first: acquiredMn + acquiredMa, gain: 1 },
    { count: dw, name: 'DW', first: acquiredMn + acquiredMa + acquiredXa, gain: undefined },
  ];
  return named(kinds, channels, range);
}

function obxWords(meta: Meta, channels: readonly number[]): LineWord[] {
  const [xa = 0, dw = 0, sy = 0] = metaCounts(meta, 'snsXaDwSy') ?? [];
  const [acquiredXa = xa, acquiredDw = dw] = metaCounts(meta, 'acqXaDwSy') ?? [];
  const kinds = [
    { count: xa, name: 'XA', first: 0, gain: 1 },
    { count: dw, name: 'DW', first: acquiredXa, gain: undefined },
    { count: sy, name: 'SY', first: acquiredXa + acquiredDw, gain: undefined },
  ];
  return named(kinds, channels, metaNumber(meta, 'obAiRangeMax') ?? NaN);
}

/** A kind without gain is digital. A single digital word needs no number. */
function named(kinds: readonly { count: number; name: string; first: number; gain: number | undefined }[], channels: readonly number[], range: number): LineWord[] {
  let word = 0;
  return kinds.flatMap(({ count, name, first, gain }) => Array.from({ length: count }, (): LineWord => {
    const acquired = channels[word] ?? word;
    const common = { word: word++, acquired, name: gain === undefined && count === 1 ? name : `${name}${acquired - first}` };
    return gain === undefined ? { ...common, ...digital } : { ...common, kind: 'analog', volts_per_count: range / 32767, range_V: range, gain };
  }));
}
