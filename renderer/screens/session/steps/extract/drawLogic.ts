// Draws the bits of a digital word like a logic analyser, decoded values of a bit field, and the row of pulses.

import type { LineWindow, PulseList } from '../../../../../core/service/contract/index.ts';
import { type Surface, type TimeScale, xOf } from '../../../../components/canvas/index.ts';
import { stroke } from './drawTrace.ts';
import { between, verdictOf, verdictWords } from './pulses.ts';

/** One bit across the whole height; shaded where it changes more than once a pixel. */
export function drawBit({ pen, height, look }: Surface, time: TimeScale, data: LineWindow, word: number, bit: number): void {
  const columns = data.words.find((each) => each.word === word);
  if (!columns) return;
  const { lo, hi } = columns;
  const [top, bottom] = [4.5, height - 4.5];
  const step_s = data.perColumn_smp / data.rate_Hz;
  const first = Math.max(0, Math.floor((time.from_s - data.first_s) / step_s) - 1);
  const last = Math.min(lo.length - 1, Math.ceil((time.to_s - data.first_s) / step_s) + 1);
  pen.save();
  pen.beginPath();
  pen.rect(time.left, 0, time.width, height);
  pen.clip();
  pen.strokeStyle = look.color('--series-d');
  pen.fillStyle = look.color('--series-d');
  pen.beginPath();
  let level: number | undefined;
  for (let column = first; column <= last; column++) {
    const [always, ever] = [lo[column] & 0xffff, hi[column] & 0xffff];
    if ((always & ~ever) !== 0) {
      level = undefined;
      continue;
    }
    const [isAlways, isEver] = [(always >> bit) & 1, (ever >> bit) & 1];
    const [from, to] = [xOf(time, data.first_s + column * step_s), xOf(time, data.first_s + (column + 1) * step_s)];
    if (isAlways !== isEver) {
      pen.moveTo((from + to) / 2, top);
      pen.lineTo((from + to) / 2, bottom);
      // The two levels it goes between are those of its neighbours.
      level = undefined;
      continue;
    }
    const y = isAlways ? top : bottom;
    if (level !== undefined && level !== isAlways) pen.lineTo(from, y);
    else if (level === undefined) pen.moveTo(from, y);
    pen.lineTo(to, y);
    level = isAlways;
  }
  pen.stroke();
  pen.restore();
}

export type ValueFormat = 'decimal' | 'hex' | 'binary';

export function valueText(value: number, bits: number, format: ValueFormat): string {
  return format === 'decimal' ? String(value) : format === 'hex' ? `0x${value.toString(16).toUpperCase().padStart(Math.ceil(bits / 4), '0')}` : value.toString(2).padStart(bits, '0');
}

/** Decoded values: a lozenge for each, glitches struck through. */
export function drawValues({ pen, height, look }: Surface, time: TimeScale, pulses: PulseList, bits: number, format: ValueFormat): void {
  if (!pulses.values) return;
  let [first, end] = between(pulses, time.from_s, time.to_s);
  first = Math.max(0, first - 1);
  end = Math.min(pulses.on_s.length, end + 1);
  if (end - first > time.width) return;
  pen.strokeStyle = look.color('--series-d');
  pen.fillStyle = look.color('--text');
  pen.textAlign = 'center';
  const accepted = Array.from({ length: end - first }, (_, index) => first + index).filter((index) => pulses.verdicts[index] === 0);
  accepted.forEach((index, place) => {
    const from = Math.max(time.left, xOf(time, pulses.on_s[index]));
    const next = accepted[place + 1];
    const to = Math.min(time.left + time.width, next === undefined ? Infinity : xOf(time, pulses.on_s[next]));
    if (to <= from) return;
    const slant = Math.min(4, (to - from) / 2);
    pen.beginPath();
    pen.moveTo(from, height / 2);
    pen.lineTo(from + slant, 4);
    pen.lineTo(to - slant, 4);
    pen.lineTo(to, height / 2);
    pen.lineTo(to - slant, height - 4);
    pen.lineTo(from + slant, height - 4);
    pen.closePath();
    pen.stroke();
    const text = valueText(pulses.values![index], bits, format);
    if (to - from > pen.measureText(text).width + 10) pen.fillText(text, (from + to) / 2, height / 2 + 0.5);
  });
  pen.strokeStyle = look.color('--err');
  for (let index = first; index < end; index++) {
    if (pulses.verdicts[index] !== 4) continue;
    const x = xOf(time, pulses.on_s[index]);
    if (x >= time.left && x <= time.left + time.width) stroke(pen, x - 3, height - 3, x + 3, 3);
  }
}

/** A check with the extractor's letter, or a cross with the reason, at the beginning of each pulse. */
export function drawPulseRow(surface: Surface, time: TimeScale, pulses: PulseList, letter: string, focused: number): void {
  const { pen, height, look } = surface;
  const [first, end] = between(pulses, time.from_s, time.to_s);
  const y = height / 2 + 0.5;
  if (end - first > time.width / 3) {
    drawDensity(surface, time, pulses, first, end);
    return;
  }
  pen.textAlign = 'left';
  for (let index = first; index < end; index++) {
    const x = xOf(time, pulses.on_s[index]);
    if (x < time.left - 1 || x > time.left + time.width) continue;
    const next = index + 1 < pulses.on_s.length ? xOf(time, pulses.on_s[index + 1]) : Infinity;
    const room = Math.min(next, time.left + time.width) - x - 4;
    const verdict = verdictOf(pulses, index);
    pen.fillStyle = look.color(verdict === 'accepted' ? '--ok' : '--err');
    pen.strokeStyle = pen.fillStyle;
    stroke(pen, Math.round(x) + 0.5, 0, Math.round(x) + 0.5, 6);
    const mark = verdict === 'accepted' ? '✔' : '✕';
    const long = `${mark} ${verdict === 'accepted' ? letter : verdictWords[verdict]}`;
    if (pen.measureText(long).width <= room) pen.fillText(long, x + 3, y + 2);
    else if (pen.measureText(mark).width <= room) pen.fillText(mark, x + 2, y + 2);
    if (index === focused) {
      pen.strokeStyle = look.color('--focus');
      pen.lineWidth = 2;
      pen.strokeRect(x - 2, 1, Math.max(14, Math.min(room, pen.measureText(long).width + 8)), height - 2);
      pen.lineWidth = 1;
    }
  }
}

/** Too many to tell apart: how dense they are, rejected ones on top. */
export function drawDensity({ pen, height, look }: Surface, time: TimeScale, pulses: PulseList, first: number, end: number): void {
  const bins = Math.max(1, Math.floor(time.width / 2));
  const [good, bad] = [new Uint32Array(bins), new Uint32Array(bins)];
  for (let index = first; index < end; index++) {
    const bin = Math.floor(((pulses.on_s[index] - time.from_s) / (time.to_s - time.from_s)) * bins);
    if (bin >= 0 && bin < bins) (pulses.verdicts[index] === 0 ? good : bad)[bin]++;
  }
  const most = Math.max(1, good.reduce((a, b) => Math.max(a, b), 0), bad.reduce((a, b) => Math.max(a, b), 0));
  for (const [counts, color, base] of [[good, '--ok', height], [bad, '--err', height]] as const) {
    pen.fillStyle = look.color(color);
    counts.forEach((count, bin) => {
      const tall = count === 0 ? 0 : Math.max(1.5, (count / most) * (height - 2));
      pen.fillRect(time.left + bin * 2, base - tall, counts === bad ? 1 : 2, tall);
    });
  }
}
