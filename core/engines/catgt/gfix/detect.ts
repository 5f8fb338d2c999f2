// gfix, first part: finds the samples at which so many channels jump so far at once that it cannot be neural.
// Works on a block's shifted and band-passed values, before referencing.

import type { Chain } from '../../../signal/index.ts';
import type { GfixSpec } from '../samples/processing.ts';

/** Detection starts here: the filters need some room at the beginning of the output. */
const FIRST_SAMPLE = 120;

/** One detected sample: `row` within its block, and for every group of channels that jumped its largest channel. */
export interface Detection {
  readonly row: number;
  /** Column with the largest |value|, and whether that value is negative. One entry per group that jumped. */
  readonly peaks: readonly { readonly column: number; readonly negative: boolean }[];
}

/** @param out output index of the block's first row */
export function detectArtifacts(chain: Chain, gfix: GfixSpec, out: number): Detection[] {
  const detections: Detection[] = [];
  for (const row of chain.loudRows(gfix.amp)) {
    if (out + row < FIRST_SAMPLE) continue;
    const peaks = [];
    for (const group of gfix.groups) {
      const peak = judgeGroup(chain, gfix, group, row);
      if (peak) peaks.push(peak);
    }
    if (peaks.length > 0) detections.push({ row, peaks });
  }
  return detections;
}

function judgeGroup(chain: Chain, gfix: GfixSpec, group: GfixSpec['groups'][number], row: number) {
  let bad = 0;
  let column = -1;
  let largest = -1;
  for (const candidate of group.columns) {
    const value = chain.value(row, candidate);
    if (Math.abs(value) < gfix.amp) continue;
    // A block's first row has no row before it in the native tool either: its slope is 0.
    const slope = row > 0 ? value - chain.value(row - 1, candidate) : 0;
    if (!(slope < -gfix.slope || slope >= gfix.slope)) continue;
    bad++;
    if (Math.abs(value) > largest) {
      largest = Math.abs(value);
      column = candidate;
    }
  }
  if (bad === 0 || bad < group.enough) return undefined;
  return { column, negative: chain.value(row, column) < 0 };
}
