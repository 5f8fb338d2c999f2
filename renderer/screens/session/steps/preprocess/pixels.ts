// From values to pixels: signed volts as blue - ground - orange, symmetric about 0, and the range that shows them.

import type { PreviewPlane } from '../../../../../core/service/contract/index.ts';
import type { Rgb } from '../../../../components/canvas/index.ts';

export interface Ground {
  readonly negative: Rgb;
  readonly ground: Rgb;
  readonly positive: Rgb;
  /** Of channels that are not in use. */
  readonly unused: Rgb;
}

/** 511 colours from -1 to 1, three bytes each. */
export function ramp({ negative, ground, positive }: Ground): Uint8Array {
  const colors = new Uint8Array(511 * 3);
  for (let step = 0; step < 511; step++) {
    const share = (step - 255) / 255;
    const end = share < 0 ? negative : positive;
    for (let part = 0; part < 3; part++) colors[step * 3 + part] = Math.round(ground[part] + (end[part] - ground[part]) * Math.abs(share));
  }
  return colors;
}

/** RGBA, [channel from the top][column]: the first channel (the tip) is the lowest row. Each pixel shows the sample farthest from 0. */
export function heatPixels(plane: PreviewPlane, used: Uint8Array, columns: number, range_uV: number, ground: Ground): Uint8ClampedArray<ArrayBuffer> {
  const colors = ramp(ground);
  const channels = used.length;
  const pixels = new Uint8ClampedArray(channels * columns * 4);
  for (let channel = 0; channel < channels; channel++) {
    const isUsed = used[channel] === 1;
    let at = (channels - 1 - channel) * columns * 4;
    for (let column = 0, from = channel * columns; column < columns; column++, from++, at += 4) {
      const value = plane.max[from] > -plane.min[from] ? plane.max[from] : plane.min[from];
      const step = 255 + Math.round(255 * Math.max(-1, Math.min(1, value / range_uV)));
      for (let part = 0; part < 3; part++) {
        const color = colors[step * 3 + part];
        pixels[at + part] = isUsed ? color : (color + 2 * ground.unused[part]) / 3;
      }
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

/** Steps of ranges that read well. */
const ranges = [20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000];

/** The range in which most pixels of the used channels lie. */
export function rangeOf(plane: PreviewPlane, used: Uint8Array, columns: number): number {
  const sizes: number[] = [];
  const step = Math.max(1, Math.floor(plane.max.length / 8000));
  for (let index = 0; index < plane.max.length; index += step) {
    if (used[Math.floor(index / columns)] === 1) sizes.push(Math.max(plane.max[index], -plane.min[index]));
  }
  sizes.sort((a, b) => a - b);
  const most = sizes[Math.floor(sizes.length * 0.99)] ?? 0;
  return ranges.find((range) => range >= most) ?? ranges[ranges.length - 1];
}

/** The next range up (1) or down (-1). */
export function nextRange(range_uV: number, direction: 1 | -1): number {
  const steps = direction > 0 ? ranges.filter((range) => range > range_uV) : ranges.filter((range) => range < range_uV).reverse();
  return steps[0] ?? range_uV;
}

/** Which channels lines are drawn for when there is room for so many: every n-th. */
export function lineChannels(channels: number, room: number): number[] {
  const step = Math.max(1, Math.ceil(channels / Math.max(1, room)));
  return Array.from({ length: channels }, (_, channel) => channel).filter((channel) => channel % step === 0);
}
