// Draws a pane: lines or heat map, and what lies over them. Plain canvas calls on typed arrays; knows no React.

import type { TraceMarks, TraceSourceInfo } from '../../../core/service/contract/index.ts';
import { rgbOf } from '../../components/canvas/index.ts';
import type { Look } from '../../theme/plotLook.ts';
import { drawEnvelopes, mostPoints } from './drawEnvelope.ts';
import type { Row } from './layout.ts';
import { barHeight, type Picture, type RowShape, stepsOf, xOf } from './picture.ts';
import { isNeural, type Signals } from './signal.ts';

export function drawLines(picture: Picture, signals: Signals): void {
  const { context, source, layout, look, width } = picture;
  const { window, place } = signals;
  const { low, count, present, mode } = window;
  const { x0, dx } = stepsOf(picture, signals);
  const first = Math.max(0, Math.floor(-x0 / dx) - 1);
  const end = Math.min(count, Math.ceil((width - x0) / dx) + 1);
  const dots = mode === 'samples' && dx >= 4;
  context.lineWidth = 1;
  context.lineJoin = 'round';
  const tones = [look.color('--text'), look.color('--text-2')];
  const colorOf = (row: Row, number: number) => (source.channels.used[row.column] === 0 ? look.color('--text-3') : tones[number % 2]);
  if (picture.ratio !== null && mode === 'minmax' && isNeural(source) && layout.rows.length * (end - first) > mostPoints) {
    const lines = layout.rows.flatMap((row, number) => {
      const index = place.get(row.column);
      return index === undefined ? [] : [{ y: row.y, color: colorOf(row, number), index, shape: shapeOf(picture, signals, row, index) }];
    });
    return drawEnvelopes(picture, signals, lines, first, end, picture.ratio);
  }
  layout.rows.forEach((row, number) => {
    const index = place.get(row.column);
    if (index === undefined) return;
    if (row.bit !== null) return drawBit(picture, signals, index, row.bit, row.y, first, end, x0, dx);
    context.strokeStyle = colorOf(row, number);
    const { scale, offset } = traceRow(picture, signals, row, index, first, end);
    if (dots) drawDots(picture, low, index * count, present, row.y, offset, scale, first, end, x0, dx);
  });
}

function shapeOf({ source, layout, gain_uV }: Picture, signals: Signals, row: Row, index: number): RowShape {
  if (isNeural(source)) return { scale: (source.channels.uVperBit[row.column] * barHeight) / gain_uV, offset: signals.base[index] };
  return { scale: fitted(signals, index, layout.pitch * 1.7), offset: fittedBase(signals, index) };
}

/** Strokes the columns [first, end) of a channel on its row. */
export function traceRow(picture: Picture, signals: Signals, row: Row, index: number, first: number, end: number): RowShape {
  const { context } = picture;
  const { low, high, count, present, mode } = signals.window;
  const { x0, dx } = stepsOf(picture, signals);
  const { scale, offset } = shapeOf(picture, signals, row, index);
  context.beginPath();
  for (let range = 0; range < present.length; range += 2) {
    const from = Math.max(first, present[range]);
    const to = Math.min(end, present[range + 1]);
    for (let at = from; at < to; at++) {
      const x = x0 + at * dx;
      const y = row.y - (low[index * count + at] - offset) * scale;
      if (at === from) context.moveTo(x, y);
      else context.lineTo(x, y);
      // A flat stretch must stay visible: at least the width of the line.
      if (mode === 'minmax') context.lineTo(x, Math.min(row.y - (high[index * count + at] - offset) * scale, y - 0.5));
    }
  }
  context.stroke();
  return { scale, offset };
}

/** A line of NI fills its row: px per count. */
function fitted(signals: Signals, index: number, height: number): number {
  const [least, most] = range(signals, index);
  return most > least ? (height * 0.9) / (most - least) : 0;
}

function fittedBase(signals: Signals, index: number): number {
  const [least, most] = range(signals, index);
  return (least + most) / 2;
}

export function range({ window: { low, high, count, present, mode } }: Signals, index: number): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  const top = mode === 'samples' ? low : high;
  for (let k = 0; k < present.length; k += 2) {
    for (let at = index * count + present[k]; at < index * count + present[k + 1]; at++) {
      if (low[at] < least) least = low[at];
      if (top[at] > most) most = top[at];
    }
  }
  return least > most ? [0, 0] : [least, most];
}

function drawDots({ context, look }: Picture, values: Int16Array, start: number, present: Int32Array, y: number, offset: number, scale: number, first: number, end: number, x0: number, dx: number): void {
  context.fillStyle = look.color('--accent');
  for (let range = 0; range < present.length; range += 2) {
    for (let at = Math.max(first, present[range]); at < Math.min(end, present[range + 1]); at++) context.fillRect(x0 + at * dx - 1.25, y - (values[start + at] - offset) * scale - 1.25, 2.5, 2.5);
  }
}

/** Low, high, or both within the column. */
function drawBit({ context, look, layout }: Picture, { window }: Signals, index: number, bit: number, y: number, first: number, end: number, x0: number, dx: number): void {
  const { low, high, count, present, mode } = window;
  const mask = 1 << bit;
  const half = Math.min(9, layout.pitch * 0.32);
  context.strokeStyle = look.color('--series-a');
  context.beginPath();
  for (let range = 0; range < present.length; range += 2) {
    let before: number | null = null;
    for (let at = Math.max(first, present[range]); at < Math.min(end, present[range + 1]); at++) {
      const isEver = ((mode === 'samples' ? low : high)[index * count + at] & mask) !== 0;
      const isAlways = (low[index * count + at] & mask) !== 0;
      const x = x0 + at * dx - (mode === 'samples' ? 0 : dx / 2);
      const level = y + (isAlways ? -half : half);
      if (before === null) context.moveTo(x, level);
      else context.lineTo(x, before);
      if (isEver !== isAlways) {
        context.lineTo(x, y - half);
        context.lineTo(x, y + half);
        context.lineTo(x, y - half);
        before = y - half;
      } else {
        context.lineTo(x, level);
        before = level;
      }
      context.lineTo(x + dx, before);
    }
  }
  context.stroke();
}

/** Every channel a stripe, blue below and orange above zero; the larger of a column's two extremes shows. */
export function drawHeat(picture: Picture, signals: Signals): void {
  const { context, source, layout, look, gain_uV, width } = picture;
  const { window } = signals;
  const { count } = window;
  if (count === 0 || layout.rows.length === 0) return;
  const groups = layout.blocks.length > 0 ? layout.blocks : [{ top: 0, bottom: picture.height }];
  const dx = (window.step_s / (picture.to_s - picture.from_s)) * width;
  context.imageSmoothingEnabled = false;
  for (const { top, bottom } of groups) {
    const rows = layout.rows.filter(({ y }) => y >= top && y <= bottom).sort((a, b) => a.y - b.y);
    if (rows.length === 0) continue;
    const sheet = sheetOf(signals, rows.map(({ column }) => column), source, gain_uV, look);
    context.drawImage(sheet, xOf(picture, window.from_s), top, count * dx, bottom - top);
  }
}

/** Sheets of what was read: panning draws the same one elsewhere. */
const sheets = new WeakMap<Signals, Map<string, OffscreenCanvas>>();

/** A pixel per column of the data and channel, the first channel on top. */
function sheetOf(signals: Signals, columns: readonly number[], source: TraceSourceInfo, gain_uV: number, look: Look): OffscreenCanvas {
  const known = sheets.get(signals) ?? new Map<string, OffscreenCanvas>();
  sheets.set(signals, known);
  const key = `${gain_uV} ${look.scheme} ${columns[0]} ${columns.length}`;
  const made = known.get(key);
  if (made) return made;
  const { window: { low, high, count, present, mode }, place, base } = signals;
  const colors = ramp(look);
  const sheet = new OffscreenCanvas(count, columns.length);
  const context = sheet.getContext('2d')!;
  const image = context.createImageData(count, columns.length);
  const pixels = new Uint32Array(image.data.buffer);
  columns.forEach((column, line) => {
    const index = place.get(column);
    if (index === undefined) return;
    const scale = (source.channels.uVperBit[column] / gain_uV) * 127;
    for (let k = 0; k < present.length; k += 2) {
      for (let at = present[k]; at < present[k + 1]; at++) {
        const below = low[index * count + at] - base[index];
        const above = mode === 'samples' ? below : high[index * count + at] - base[index];
        const value = (Math.abs(below) > Math.abs(above) ? below : above) * scale;
        pixels[line * count + at] = colors[value < -127 ? 0 : value > 127 ? 254 : (127.5 + value) | 0];
      }
    }
  });
  context.putImageData(image, 0, 0);
  known.set(key, sheet);
  return sheet;
}

/** 255 colours from negative over the ground to positive, as pixels (little-endian RGBA). */
function ramp(look: Look): Uint32Array {
  const [negative, ground, positive] = ['--negative', '--bg-1', '--positive'].map((token) => rgbOf(look.color(token)));
  return Uint32Array.from({ length: 255 }, (_, index) => {
    const share = Math.abs(index - 127) / 127;
    const end = index < 127 ? negative : positive;
    const [r, g, b] = ground.map((value, channel) => Math.round(value + (end[channel] - value) * share));
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
}

/** A line per event, its letter at the top. */
export function drawEvents(picture: Picture, marks: TraceMarks, letters: ReadonlyMap<string, number>): void {
  const { context, height, look, width } = picture;
  for (const { key, times_s } of marks.events) {
    const number = letters.get(key) ?? 0;
    const color = look.series[number % look.series.length];
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.setLineDash(dashes[number % dashes.length]);
    let lastLabel = -Infinity;
    for (const time of times_s) {
      const x = xOf(picture, time);
      if (x < 0 || x > width) continue;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, height);
      context.stroke();
      if (x - lastLabel < 48) continue;
      label(context, look, letterOf(number), x + 3, 11 + (number % 6) * 13, color);
      lastLabel = x;
    }
    context.setLineDash([]);
  }
}

const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 4], [12, 4]];

export const letterOf = (number: number) => (number < 26 ? String.fromCharCode(65 + number) : String(number + 1));

export function label(context: CanvasRenderingContext2D, look: Look, text: string, x: number, y: number, color: string): void {
  context.font = '600 12px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const { width } = context.measureText(text);
  context.fillStyle = look.color('--bg-1');
  context.globalAlpha = 0.8;
  context.fillRect(x - 2, y - 10, width + 4, 13);
  context.globalAlpha = 1;
  context.fillStyle = color;
  context.fillText(text, x, y);
}
