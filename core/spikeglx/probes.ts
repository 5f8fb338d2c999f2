// Which probe a meta speaks of, and when each of its channels is converted.

import { InputFileError } from '../common/index.ts';
import { metaNumber, metaText } from './meta.ts';
import type { Meta } from './meta.ts';
import { probeTable, threeA } from './probeTable.ts';
import type { ProbeEntry } from './probeTable.ts';

export interface ProbeFacts extends ProbeEntry {
  /** imDatPrb_pn, or `3A`. */
  readonly partNumber: string;
  readonly known: boolean;
}

/** Throws InputFileError for a part number that the table does not have. */
export function probeFacts(meta: Meta): ProbeFacts {
  const facts = findProbeFacts(meta);
  if (facts) return facts;
  const number = partNumber(meta);
  throw number === undefined
    ? new InputFileError(meta.path, "has neither 'imDatPrb_pn' nor 'imProbeOpt', so it is not of a probe")
    : new InputFileError(meta.path, `probe part number '${number}' is not known`, { next: 'A newer version of Aftergate may know it.' });
}

/** Undefined for a part number that the table does not have, and for metas that are not of probes. */
export function findProbeFacts(meta: Meta): ProbeFacts | undefined {
  const number = partNumber(meta);
  if (number === undefined) return undefined;
  const entry = probeTable.find((candidate) => candidate.partNumbers.some((pattern) => fits(number, pattern)));
  if (!entry) return undefined;
  const channels = metaNumber(meta, 'imProbeOpt') === 4 && number === threeA ? { acqAp: 276, acqLf: 276 } : {};
  return { ...entry, ...channels, partNumber: number, known: true };
}

/** imDatPrb_pn, `3A` for phase 3A, undefined for metas that are not of probes. */
export function partNumber(meta: Meta): string | undefined {
  const number = metaText(meta, 'imDatPrb_pn');
  if (number) return number;
  return metaText(meta, 'imProbeOpt') !== undefined ? threeA : undefined;
}

/**
 * True when the neural values of a file stand upside down: the first releases of the software for 3.0 probes wrote them
 * so. They must be negated right after reading.
 */
export function isNegated(meta: Meta): boolean {
  return (metaNumber(meta, 'imDatPrb_type') ?? 0) > 3000 && (metaText(meta, 'imDatApi') ?? '') < '4.0.2';
}

/** The row of the multiplex table: channels of one row are converted at the same moment, rows one after the other. */
export function muxRow(facts: ProbeFacts, acquisitionChannel: number): number {
  if (facts.type === 1200) return rowOf1200[acquisitionChannel % facts.acqAp]!;
  return (acquisitionChannel >> 1) % facts.muxGroups;
}

/** Moments a sample period is divided into: converters of probes with an LF band give it one of their turns. */
export function tshiftDivisor(facts: ProbeFacts, kind: 'ap' | 'lf'): number {
  return facts.muxGroups + (kind === 'ap' && facts.acqLf > 0 ? 1 : 0);
}

/** Channels per row of the multiplex table, as the `~muxTbl` of newer metas lists them: `(adcs,groups)(..)(..)`. */
export function muxTableText(facts: ProbeFacts): string {
  const rows: number[][] = Array.from({ length: facts.muxGroups }, () => []);
  if (facts.type === 1200) {
    // The last two converters stand idle in most rows; SpikeGLX writes 128, one past the last channel, for those.
    muxRowsOf1200.forEach((row, index) => rows[index]!.push(...row, ...Array<number>(facts.adcs - row.length).fill(128)));
  } else {
    for (let channel = 0; channel < facts.adcs * facts.muxGroups; channel++) rows[muxRow(facts, channel)]!.push(channel);
  }
  return `(${facts.adcs},${facts.muxGroups})${rows.map((row) => `(${row.join(' ')})`).join('')}`;
}

function fits(number: string, pattern: string): boolean {
  return pattern.endsWith('*') ? number.startsWith(pattern.slice(0, -1)) : number === pattern;
}

/** Probes of type 1200 are wired irregularly: the channels of each row. */
const muxRowsOf1200: readonly (readonly number[])[] = [
  [84, 11, 85, 5, 74, 10, 56, 112, 46, 121, 39, 127],
  [100, 26, 110, 33, 69, 24, 63, 109, 45, 93, 25, 99],
  [87, 0, 82, 6, 71, 15, 53, 117, 43, 122, 42, 116],
  [102, 28, 81, 34, 70, 18, 60, 103, 17, 94, 27, 101],
  [73, 1, 86, 7, 68, 16, 50, 106, 40, 123],
  [105, 29, 75, 35, 67, 12, 54, 89, 20, 95],
  [76, 2, 83, 8, 65, 13, 47, 118, 49, 124],
  [108, 30, 78, 36, 64, 14, 51, 90, 23, 96],
  [79, 3, 80, 9, 62, 114, 44, 119, 52, 125],
  [104, 31, 72, 37, 61, 113, 57, 91, 19, 97],
  [88, 4, 77, 21, 59, 111, 41, 120, 55, 126],
  [107, 32, 66, 38, 58, 115, 48, 92, 22, 98],
];

const rowOf1200: Uint8Array = (() => {
  const rowOf = new Uint8Array(128);
  muxRowsOf1200.forEach((row, index) => row.forEach((channel) => (rowOf[channel] = index)));
  return rowOf;
})();
