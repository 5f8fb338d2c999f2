/** The Fourier stage: tshift and Butterworth, in blocks of 32768 samples with a margin of 500. */
import { toCount, type Numerics } from './count.ts';
import { inverseTransform, transform } from './fourier.ts';

export const blockLength = 32768;
export const margin = 500;
export const middle = blockLength - 2 * margin;

export interface Block {
  /** First output sample within the stretch. */
  readonly start: number;
  /** Number of output samples. */
  readonly count: number;
  /** One past the last input sample loaded for it. */
  readonly inputEnd: number;
}

export interface Butterworth {
  readonly order: number;
  /** Corners in Hz; 0 = none. */
  readonly high: number;
  readonly low: number;
}

/** One neural column of a contiguous stretch, as it enters the Fourier stage. */
export interface Column {
  readonly values: Int16Array;
  /** Its first value as read from the file: time-domain filters do not reach what stands before the stretch. */
  readonly before: number;
}

/** What one column undergoes: a delay in samples, a band-pass, or nothing at all. */
export interface ColumnFilter {
  readonly delay: number;
  readonly band: Butterworth | undefined;
}

/** The last block takes what is left, up to middle + margin - 1 samples. */
export function blocksOf(length: number): Block[] {
  const blocks: Block[] = [];
  let start = 0;
  for (; start + middle + margin <= length; start += middle) {
    blocks.push({ start, count: middle, inputEnd: start + middle + margin });
  }
  if (start < length) blocks.push({ start, count: length - start, inputEnd: length });
  return blocks;
}

export function filterColumn(input: Column, filter: ColumnFilter, rate: number, numerics: Numerics): Int16Array {
  if (filter.delay === 0 && !filter.band) return input.values.slice();
  const output = new Int16Array(input.values.length);
  for (const block of blocksOf(output.length)) {
    const re = Float64Array.from({ length: blockLength }, (_, i) => sampleAt(input, block.start - margin + i));
    const im = new Float64Array(blockLength);
    transform(re, im);
    shape(re, im, filter, rate);
    inverseTransform(re, im);
    for (let i = 0; i < block.count; i++) output[block.start + i] = toCount(re[margin + i], numerics);
  }
  return output;
}

/** Beyond its ends a stretch goes on with copies of its first and last value. */
export function sampleAt({ values, before }: Column, index: number): number {
  return index < 0 ? before : values[Math.min(index, values.length - 1)];
}

export function gainAt(frequency: number, band: Butterworth): number {
  const highPass = band.high === 0 ? 1 : 1 / Math.sqrt(1 + (band.high / frequency) ** (2 * band.order));
  const lowPass = band.low === 0 ? 1 : 1 / Math.sqrt(1 + (frequency / band.low) ** (2 * band.order));
  return highPass * lowPass;
}

function shape(re: Float64Array, im: Float64Array, filter: ColumnFilter, rate: number): void {
  const n = blockLength;
  for (let j = 0; j <= n / 2; j++) {
    const gain = filter.band ? gainAt((j * rate) / n, filter.band) : 1;
    const angle = (-2 * Math.PI * j * filter.delay) / n;
    const a = gain * (re[j] * Math.cos(angle) - im[j] * Math.sin(angle));
    const b = gain * (re[j] * Math.sin(angle) + im[j] * Math.cos(angle));
    re[j] = a;
    im[j] = b;
    if (j === 0 || j === n / 2) {
      im[j] = 0;
    } else {
      re[n - j] = a;
      im[n - j] = -b;
    }
  }
}
