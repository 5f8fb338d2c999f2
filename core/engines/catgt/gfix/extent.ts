// gfix, second part: how far an artifact reaches to either side, measured on the peak channel in the data as they were
// before shift and band-pass. A 300 Hz high-pass takes out the slow signal first; its state runs on
// from one detection to the next, so extents are measured in order of time.

import { createBiquad, type Biquad } from '../../../signal/index.ts';
import type { Detection } from './detect.ts';
import type { GfixSpec } from '../samples/processing.ts';

/** Samples looked at before a detection, and in all. */
export const WINDOW_BEFORE = 160;
export const WINDOW_LENGTH = 352;
const HELPER_HIGHPASS_HZ = 300;

/** An artifact: `key` is the output sample that names it, it covers [key - left, key + right]. */
export interface ArtifactSpan {
  readonly key: number;
  readonly left: number;
  readonly right: number;
}

/** The high-pass of the measurement; undefined where the data are high-passed already. */
export function createExtentFilter(gfix: GfixSpec, columns: number, neural: number, rate: number): Biquad | undefined {
  return gfix.helperFilter ? createBiquad({ columns, neural, rate, maxInt: gfix.maxInt, high: HELPER_HIGHPASS_HZ, low: 0 }) : undefined;
}

/**
 * Measures one detection.
 * @param window int16 [available][columns], a private copy starting WINDOW_BEFORE samples before the detection
 * @param available rows of it, at most WINDOW_LENGTH; fewer at the end of a stretch
 * @param blockOut output index of the detection's block
 */
export function measureExtents(window: Int16Array, available: number, columns: number, detection: Detection, blockOut: number, gfix: GfixSpec, filter: Biquad | undefined): ArtifactSpan[] {
  filter?.run(window, available);
  // Keys have a resolution of two samples.
  const key = blockOut + 2 * (detection.row >> 1) + 1;
  return detection.peaks.map(({ column, negative }) => {
    // The rules are stated for a positive peak; a negative one is mirrored.
    const sign = negative ? -1 : 1;
    const at = (row: number) => sign * window[row * columns + column];
    return { key, left: leftExtent(at, gfix.base), right: rightExtent(at, gfix.base, available) };
  });
}

function leftExtent(at: (row: number) => number, base: number): number {
  for (let row = WINDOW_BEFORE - 1; row >= 0; row--) if (at(row) <= base) return WINDOW_BEFORE - row;
  return WINDOW_BEFORE;
}

/** First through zero to the other side, then back to the base line. */
function rightExtent(at: (row: number) => number, base: number, available: number): number {
  let right = available - 1 - WINDOW_BEFORE;
  for (let row = WINDOW_BEFORE + 1; row < available; row++) {
    if (at(row) < 0) {
      right = row - WINDOW_BEFORE;
      break;
    }
  }
  for (let row = WINDOW_BEFORE + right + 1; row < available; row++) if (at(row) >= -base) return row - WINDOW_BEFORE;
  return right;
}
