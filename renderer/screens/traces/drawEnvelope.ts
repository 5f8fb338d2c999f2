// Many lines drawn as pixels: from the lowest to the highest value of each column a vertical run, joined to the run beside
// it. Hundreds of channels take a tenth of the time that paths take; saved pictures and few lines are drawn as paths.

import { rgbOf } from '../../components/canvas/index.ts';
import { type Picture, type RowShape, stepsOf } from './picture.ts';
import type { Signals } from './signal.ts';

/** Lines with more points than this, all together, are drawn as pixels. */
export const mostPoints = 60_000;

interface Line {
  /** Of the row's middle, CSS px. */
  readonly y: number;
  readonly color: string;
  readonly index: number;
  readonly shape: RowShape;
}

/** The last sheet is used again where it has the right size: making one costs as much as filling it. */
let kept: { readonly sheet: OffscreenCanvas; readonly image: ImageData } | undefined;

export function drawEnvelopes(picture: Picture, signals: Signals, lines: readonly Line[], first: number, end: number, ratio: number): void {
  const [width, height] = [Math.max(1, Math.round(picture.width * ratio)), Math.max(1, Math.round(picture.height * ratio))];
  if (kept?.sheet.width !== width || kept.sheet.height !== height) kept = { sheet: new OffscreenCanvas(width, height), image: new ImageData(width, height) };
  const { sheet, image } = kept;
  const pixels = new Uint32Array(image.data.buffer).fill(0);
  const { x0, dx } = stepsOf(picture, signals);
  const edges = Int32Array.from({ length: end - first + 1 }, (_, k) => Math.max(0, Math.min(width, Math.round((x0 + (first + k - 0.5) * dx) * ratio))));
  for (const line of lines) drawRuns(pixels, width, height, signals, line, first, end, edges, ratio);
  sheet.getContext('2d')!.putImageData(image, 0, 0);
  picture.context.drawImage(sheet, 0, 0, width / ratio, height / ratio);
}

function drawRuns(pixels: Uint32Array, width: number, height: number, { window: { low, high, count, present } }: Signals, { y, color, index, shape: { scale, offset } }: Line, first: number, end: number, edges: Int32Array, ratio: number): void {
  const [red, green, blue] = rgbOf(color);
  const ink = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  const thick = Math.max(1, Math.round(ratio));
  const zero = (y + offset * scale) * ratio - thick / 2;
  const perCount = scale * ratio;
  for (let range = 0; range < present.length; range += 2) {
    // What the run before reached: none to join to at the beginning.
    let [above, below] = [Infinity, -Infinity];
    for (let at = Math.max(first, present[range]), last = Math.min(end, present[range + 1]); at < last; at++) {
      const [a, b] = [zero - high[index * count + at] * perCount, zero - low[index * count + at] * perCount];
      const top = Math.round(Math.min(a, b));
      const bottom = Math.round(Math.max(a, b)) + thick;
      const from = Math.max(0, Math.min(top, below));
      const to = Math.min(height, Math.max(bottom, above));
      for (let x = edges[at - first]; x < edges[at - first + 1]; x++) {
        for (let pixel = from * width + x, stop = to * width + x; pixel < stop; pixel += width) pixels[pixel] = ink;
      }
      above = top;
      below = bottom;
    }
  }
}
