// What a window's planes say in figures: noise, what all channels have in common, and how much of large spikes is left.

import { middleOf } from '../../signal/index.ts';
import type { ChainWindow } from './window.ts';

export interface Figures {
  /** Median over the used channels of each one's noise (median absolute deviation / 0.6745), uV. */
  readonly noiseBefore_uV: number;
  readonly noiseAfter_uV: number;
  /** Share of the band-passed power that is the same on all used channels, before referencing. */
  readonly common_pct: number;
  /** Spikes over 8 times the noise on one channel, before referencing; how much of their peak is left (median); null without any. */
  readonly largeSpikes: number;
  readonly largeSpikesKept_pct: number | null;
}

interface Setting {
  readonly neural: number;
  readonly used: readonly boolean[];
  readonly scale: Float64Array;
  readonly rate: number;
}

/** Samples looked at for a channel's noise. */
const LOOKS = 500;
const NORMAL = 0.6745;

export function figuresOf({ planes, count }: ChainWindow, setting: Setting): Figures {
  const columns = setting.used.flatMap((isUsed, column) => (isUsed ? [column] : []));
  const noise = (plane: Int16Array) => columns.map((column) => noiseOf(plane, column, setting.neural, count));
  const filteredNoise = noise(planes.filtered);
  const inMicrovolts = (values: readonly number[]) => median(values.map((value, index) => value * setting.scale[columns[index]]));
  return {
    noiseBefore_uV: inMicrovolts(noise(planes.raw)),
    noiseAfter_uV: inMicrovolts(noise(planes.final)),
    common_pct: commonShare(planes.filtered, columns, setting.neural, count),
    ...largeSpikes(planes.filtered, planes.final, columns, filteredNoise, setting, count),
  };
}

/** Counts. */
function noiseOf(plane: Int16Array, column: number, neural: number, count: number): number {
  const step = Math.max(1, Math.floor(count / LOOKS));
  const values = new Float64Array(Math.floor((count - 1) / step) + 1);
  for (let i = 0; i < values.length; i++) values[i] = plane[i * step * neural + column];
  const middle = middleOf(values);
  for (let i = 0; i < values.length; i++) values[i] = Math.abs(values[i] - middle);
  // Counts are whole numbers: spread evenly over their step, so that quiet channels do not all read alike.
  const around = middleOf(values);
  let below = 0;
  let at = 0;
  for (const value of values) {
    if (value < around) below++;
    else if (value === around) at++;
  }
  const fraction = at === 0 ? 0.5 : (values.length / 2 - below) / at;
  return Math.max(0, around + (around === 0 ? fraction / 2 : fraction - 0.5)) / NORMAL;
}

/** Samples looked at for what channels have in common. */
const MOMENTS = 4000;

/** Power of the mean over channels against the mean power of a channel, in percent. */
function commonShare(plane: Int16Array, columns: readonly number[], neural: number, count: number): number {
  if (columns.length < 2 || count < 2) return 0;
  let [sumMean, sumMeanSquare, power] = [0, 0, 0];
  const sums = new Float64Array(columns.length);
  const step = Math.max(1, Math.floor(count / MOMENTS));
  const moments = Math.ceil(count / step);
  for (let row = 0; row < count; row += step) {
    const at = row * neural;
    let sum = 0;
    for (let i = 0; i < columns.length; i++) {
      const value = plane[at + columns[i]];
      sum += value;
      sums[i] += value;
      power += value * value;
    }
    const mean = sum / columns.length;
    sumMean += mean;
    sumMeanSquare += mean * mean;
  }
  const offsets = sums.reduce((sum, value) => sum + (value / moments) ** 2, 0) / columns.length;
  const channelPower = power / moments / columns.length - offsets;
  return channelPower > 0 ? (100 * (sumMeanSquare / moments - (sumMean / moments) ** 2)) / channelPower : 0;
}

/** A spike stands out this many times from its channel's noise; more channels at once are no spike. */
const TIMES_NOISE = 8;
const MOST_CHANNELS = 0.1;

function largeSpikes(before: Int16Array, after: Int16Array, columns: readonly number[], noise: readonly number[], { neural, rate }: Setting, count: number): Pick<Figures, 'largeSpikes' | 'largeSpikesKept_pct'> {
  const halfWidth = Math.max(1, Math.round(rate * 0.0005));
  const limits = new Float64Array(neural).fill(-Infinity);
  columns.forEach((column, index) => (limits[column] = -TIMES_NOISE * noise[index]));
  const kept: number[] = [];
  for (let row = halfWidth; row < count - halfWidth; row++) {
    let column = -1;
    let over = 0;
    for (let c = 0, at = row * neural; c < neural; c++, at++) {
      if (before[at] >= limits[c]) continue;
      over++;
      if (column < 0 || before[at] < before[row * neural + column]) column = c;
    }
    if (over === 0 || over > MOST_CHANNELS * columns.length || !isLowest(before, row, column, halfWidth, neural)) continue;
    const peak = before[row * neural + column];
    let left = 0;
    for (let near = row - 2; near <= row + 2; near++) left = Math.min(left, after[near * neural + column] ?? 0);
    kept.push((100 * left) / peak);
  }
  return { largeSpikes: kept.length, largeSpikesKept_pct: kept.length === 0 ? null : median(kept) };
}

/** The first lowest sample of its channel for half a millisecond to either side. */
function isLowest(plane: Int16Array, row: number, column: number, halfWidth: number, neural: number): boolean {
  const peak = plane[row * neural + column];
  for (let near = row - halfWidth; near <= row + halfWidth; near++) {
    const value = plane[near * neural + column];
    if (value < peak || (value === peak && near < row)) return false;
  }
  return true;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? Number.NaN : sorted[sorted.length >> 1];
}
