// Delay and band-pass of one column group of a block, around the FFT kernel: single precision is kept accurate by
// taking out each column's mean first, and constant columns stay exactly constant.

import { fillGain, fillTwiddles, FFT_POINTS, GAIN_BYTES, type KernelInstance } from '../kernels/index.ts';
import { GROUP_COLUMNS } from './groups.ts';

export interface FilterSpec {
  /** Gain of bins 0..N/2. */
  readonly amplitude: Float64Array;
  /** In samples; one filter for each. */
  readonly delays: readonly number[];
  readonly exact: boolean;
  /** The gain is 1 everywhere: a filter without delay changes nothing. */
  readonly flat: boolean;
}

/** Addresses the filter uses; `small` has SMALL_BYTES. */
interface FilterAreas {
  readonly work: number;
  readonly twiddles: number;
  readonly gains: number;
  readonly small: number;
}

/** Offsets and the kernel's own notes (64 and 128 bytes), then the mask and the values of constant columns. */
const FILL_MASK = 192;
const FILL_VALUES = 208;
export const SMALL_BYTES = 224;

/** Rows looked at for a column's mean. */
const LOOKS = 64;
const STEP = FFT_POINTS / LOOKS;
/** The kernel takes the offset off the sum of eight rows, in units of 2^-16 counts. */
const EIGHT_ROWS = 8 * 65536;

/** Returns a function that filters the group at an address in place by filter number `which`. */
export function createBlockFilter(instance: KernelInstance, areas: FilterAreas, spec: FilterSpec): (group: number, which: number) => void {
  const { kernels, buffer } = instance;
  fillTwiddles(new Float32Array(buffer, areas.twiddles));
  spec.delays.forEach((delay, which) => {
    fillGain(new Float32Array(buffer, areas.gains + which * GAIN_BYTES, FFT_POINTS * 2), spec.amplitude, delay);
  });
  // Offsets come back in full or, behind a high-pass, not at all.
  const keepsOffset = spec.amplitude[0] === 1;
  // See filterGroup in wasm/fft.ts.
  const mode = (keepsOffset ? 1 : 0) + (spec.exact ? 2 : 0);
  const offsets = new Float32Array(buffer, areas.small, 2 * GROUP_COLUMNS);
  const fillMask = new Int16Array(buffer, areas.small + FILL_MASK, GROUP_COLUMNS);
  const fillValues = new Int16Array(buffer, areas.small + FILL_VALUES, GROUP_COLUMNS);

  /** Writes the offsets of the group's columns; true when one of them may be constant. */
  function findOffsets(rows: Int16Array): boolean {
    let suspicious = false;
    for (let column = 0; column < GROUP_COLUMNS; column++) {
      const first = rows[column];
      let sum = 0;
      let same = true;
      for (let row = 0; row < FFT_POINTS; row += STEP) {
        const value = rows[row * GROUP_COLUMNS + column];
        sum += value;
        same &&= value === first;
      }
      suspicious ||= same;
      const mean = Math.round(sum / LOOKS);
      const lane = (column & 1) * 4 + (column >> 1);
      offsets[lane] = mean * EIGHT_ROWS;
      offsets[GROUP_COLUMNS + lane] = keepsOffset ? mean : 0;
    }
    return suspicious;
  }

  return (group, which) => {
    if (spec.flat && spec.delays[which] === 0) return;
    const rows = new Int16Array(buffer, group, FFT_POINTS * GROUP_COLUMNS);
    const constant = findOffsets(rows) ? kernels.constantColumns(group, FFT_POINTS) : 0;
    for (let column = 0; column < GROUP_COLUMNS; column++) {
      fillMask[column] = (constant >> column) & 1 ? -1 : 0;
      fillValues[column] = keepsOffset ? rows[column] : 0;
    }
    const allConstant = (1 << GROUP_COLUMNS) - 1;
    if (constant !== allConstant) {
      kernels.filterGroup(group, areas.work, areas.twiddles, areas.gains + which * GAIN_BYTES, areas.small, mode);
    }
    if (constant) kernels.fillColumns(group, FFT_POINTS, areas.small + FILL_MASK, areas.small + FILL_VALUES);
  };
}
