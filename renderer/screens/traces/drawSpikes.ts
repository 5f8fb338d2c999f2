// Draws spikes: those of chosen units in their colour on the six channels nearest to where they are largest, with their
// letter; those of all units as grey marks.

import type { TraceChannels, TraceMarks } from '../../../core/service/contract/index.ts';
import { label, letterOf, traceRow } from './draw.ts';
import { type Picture, stepsOf, xOf } from './picture.ts';
import type { Row } from './layout.ts';
import type { Signals } from './signal.ts';

type Spikes = NonNullable<TraceMarks['spikes']>;

const nearChannels = 6;
/** Of a spike, around its time. */
const before_s = 0.0006;
const after_s = 0.0012;
/** More spikes in colour than this would be one coloured block. */
const mostColoured = 1500;
/** Letters stand at least so far apart, px. */
const letterRoom = 16;

export function drawSpikes(picture: Picture, spikes: Spikes, chosen: readonly number[], signals: Signals | null): void {
  const { context, look, layout, width, source } = picture;
  if (spikes.stream !== source.stream) return;
  const rowOf = new Map(layout.rows.map((row) => [row.column, row]));
  const reach = Math.min(10, Math.max(5, layout.pitch * 0.6));
  const lettered = new Map<number, number>();
  const inView = Array.from(spikes.times_s.keys()).filter((index) => {
    const x = xOf(picture, spikes.times_s[index]);
    return x >= 0 && x <= width;
  });
  if (signals && chosen.length > 0 && inView.length <= mostColoured) for (const index of inView) drawShape(picture, signals, rowOf, spikes, index, chosen);
  for (const index of inView) {
    const row = rowOf.get(spikes.columns[index]);
    if (!row) continue;
    const x = xOf(picture, spikes.times_s[index]);
    const number = chosen.indexOf(spikes.units[index]);
    const color = number < 0 ? look.color('--text-3') : look.series[number % look.series.length];
    context.fillStyle = color;
    context.strokeStyle = look.color('--bg-1');
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, row.y - 2);
    context.lineTo(x - 4, row.y - 2 - reach);
    context.lineTo(x + 4, row.y - 2 - reach);
    context.closePath();
    context.fill();
    context.stroke();
    if (number < 0 || x - (lettered.get(number) ?? -Infinity) < letterRoom) continue;
    label(context, look, letterOf(number), x + 6, row.y - reach + 4, color);
    lettered.set(number, x);
  }
}

/** The stretch of a spike on its nearest channels, over the traces. */
function drawShape(picture: Picture, signals: Signals, rowOf: ReadonlyMap<number, Row>, { times_s, units, columns }: Spikes, index: number, chosen: readonly number[]): void {
  const { context, look, source } = picture;
  const number = chosen.indexOf(units[index]);
  if (number < 0 || columns[index] < 0) return;
  const { step_s, from_s } = signals.window;
  const first = Math.floor((times_s[index] - before_s - from_s) / step_s);
  const end = Math.max(first + 2, Math.ceil((times_s[index] + after_s - from_s) / step_s));
  context.strokeStyle = look.series[number % look.series.length];
  context.lineWidth = stepsOf(picture, signals).dx > 1 ? 2 : 1.5;
  for (const column of nearest(source.channels, columns[index])) {
    const row = rowOf.get(column);
    const place = signals.place.get(column);
    if (row && place !== undefined) traceRow(picture, signals, row, place, Math.max(0, first), end);
  }
}

/** Channels of the same shank, the nearest first, the channel itself among them. */
export function nearest({ x_um, z_um, shank, order }: TraceChannels, column: number): readonly number[] {
  const away = (other: number) => Math.hypot(x_um[other] - x_um[column], z_um[other] - z_um[column]);
  return Array.from(order).filter((other) => shank[other] === shank[column]).sort((a, b) => away(a) - away(b) || a - b).slice(0, nearChannels);
}
