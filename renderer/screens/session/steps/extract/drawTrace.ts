// Draws an analog word: axes, gaps, the band a pulse must enter, the trace, thresholds, pulses.

import type { AnalogFields, LineSpan, LineWindow, LineWord, PulseList } from '../../../../../core/service/contract/index.ts';
import { usesSecondThreshold } from '../../../../../core/service/contract/index.ts';
import { type Surface, tickLabel, ticks, type TimeScale, xOf } from '../../../../components/canvas/index.ts';
import { between } from './pulses.ts';

export interface VoltScale {
  readonly low_V: number;
  readonly high_V: number;
  readonly top: number;
  readonly height: number;
}

/** Room for the time axis. */
export const AXIS = 20;

export function voltScale(low_V: number, high_V: number, height: number): VoltScale {
  const margin = Math.max(0.06 * (high_V - low_V), 0.002);
  return { low_V: low_V - margin, high_V: high_V + margin, top: 4, height: Math.max(10, height - AXIS - 8) };
}

export function yOf({ low_V, high_V, top, height }: VoltScale, volts: number): number {
  return top + height - ((volts - low_V) / (high_V - low_V)) * height;
}

export function voltsAt({ low_V, high_V, top, height }: VoltScale, y: number): number {
  return low_V + ((top + height - y) / height) * (high_V - low_V);
}

export function drawAxes({ pen, height, look }: Surface, time: TimeScale, volts: VoltScale | null, withLabels = true): void {
  const bottom = height - (withLabels ? AXIS : 0);
  pen.strokeStyle = look.color('--line');
  pen.fillStyle = look.color('--text-2');
  pen.textAlign = 'center';
  for (const at of ticks(time.from_s, time.to_s, time.width, 96)) {
    const x = Math.round(xOf(time, at)) + 0.5;
    stroke(pen, x, 0, x, bottom);
    if (withLabels && x > time.left + 12 && x < time.left + time.width - 12) pen.fillText(tickLabel(at, time.to_s - time.from_s), x, height - AXIS / 2);
  }
  if (!volts) return;
  pen.textAlign = 'right';
  const steps = ticks(volts.low_V, volts.high_V, volts.height, volts.height < 100 ? 22 : 36);
  const places = steps.length > 1 ? Math.max(0, Math.ceil(-Math.log10(steps[1] - steps[0]) - 1e-9)) : 2;
  for (const level of steps) {
    const y = Math.round(yOf(volts, level)) + 0.5;
    stroke(pen, time.left, y, time.left + time.width, y);
    pen.fillText(`${(Math.abs(level) < 1e-12 ? 0 : level).toFixed(places)} V`, time.left - 6, y);
  }
}

/** Not recorded: rising hatch with its tag. */
export function drawGaps({ pen, height, look }: Surface, time: TimeScale, gaps: LineSpan['gaps'], tagged = true): void {
  for (const { from_s, to_s } of gaps) {
    const [from, to] = [Math.max(time.left, xOf(time, from_s)), Math.min(time.left + time.width, xOf(time, to_s))];
    if (to - from < 0.5) continue;
    pen.save();
    pen.beginPath();
    pen.rect(from, 0, Math.max(1, to - from), height);
    pen.clip();
    pen.fillStyle = look.color('--bg-1');
    pen.fillRect(from, 0, to - from, height);
    pen.strokeStyle = look.color('--edge');
    pen.beginPath();
    for (let x = from - height; x < to; x += 8) {
      pen.moveTo(x, height);
      pen.lineTo(x + height, 0);
    }
    pen.stroke();
    pen.restore();
    if (tagged && to - from >= 40) {
      pen.fillStyle = look.color('--text-2');
      pen.textAlign = 'center';
      pen.fillText('gap', (from + to) / 2, 10);
    }
  }
}

/** Columns between their least and greatest value, samples joined by lines and, when wide apart, dotted. */
export function drawWord({ pen, look }: Surface, time: TimeScale, volts: VoltScale, data: LineWindow, word: LineWord): void {
  const columns = data.words.find((each) => each.word === word.word);
  if (!columns) return;
  const { lo, hi } = columns;
  const step_s = data.perColumn_smp / data.rate_Hz;
  pen.save();
  pen.beginPath();
  pen.rect(time.left, 0, time.width, volts.top + volts.height + 4);
  pen.clip();
  pen.strokeStyle = look.color('--series-a');
  pen.fillStyle = look.color('--series-a');
  pen.lineJoin = 'round';
  const first = Math.max(0, Math.floor((time.from_s - data.first_s) / step_s) - 1);
  const last = Math.min(lo.length - 1, Math.ceil((time.to_s - data.first_s) / step_s) + 1);
  const y = (count: number) => yOf(volts, count * word.volts_per_count);
  pen.beginPath();
  let isDown = false;
  for (let column = first; column <= last; column++) {
    if (lo[column] > hi[column]) {
      isDown = false;
      continue;
    }
    const x = xOf(time, data.first_s + (column + (data.perColumn_smp > 1 ? 0.5 : 0)) * step_s);
    const [low, high] = [y(lo[column]), y(hi[column])];
    if (isDown) pen.lineTo(x, high);
    else pen.moveTo(x, high);
    if (low - high >= 0.5) pen.lineTo(x, low);
    isDown = true;
  }
  pen.stroke();
  if (data.perColumn_smp === 1 && time.width / ((time.to_s - time.from_s) * data.rate_Hz) > 4) {
    for (let column = first; column <= last; column++) if (lo[column] <= hi[column]) pen.fillRect(xOf(time, data.first_s + column * step_s) - 1.5, y(lo[column]) - 1.5, 3, 3);
  }
  pen.restore();
}

export function drawThresholds({ pen, look }: Surface, time: TimeScale, volts: VoltScale, fields: AnalogFields): void {
  const isUsed = usesSecondThreshold(fields);
  const mustReach = yOf(volts, isUsed ? fields.threshold2_V : fields.threshold1_V);
  const edge = fields.kind === 'xa' ? 0 : volts.top + volts.height + 4;
  pen.globalAlpha = 0.1;
  pen.fillStyle = look.color('--ok');
  pen.fillRect(time.left, Math.min(edge, mustReach), time.width, Math.abs(mustReach - edge));
  pen.globalAlpha = 1;
  const line = (level: number, color: string, dash: number[]) => {
    const y = Math.round(yOf(volts, level)) + 0.5;
    pen.strokeStyle = look.color(color);
    pen.lineWidth = 1.5;
    pen.setLineDash(dash);
    stroke(pen, time.left, y, time.left + time.width, y);
    pen.setLineDash([]);
    pen.lineWidth = 1;
  };
  line(fields.threshold1_V, '--warn', []);
  if (isUsed) line(fields.threshold2_V, '--series-c', [4, 3]);
}

/** Under the trace: what is accepted as a soft column, so that marks and trace belong together. */
export function drawPulses({ pen, look }: Surface, time: TimeScale, pulses: PulseList, bottom: number): void {
  const [first, end] = between(pulses, time.from_s, time.to_s);
  if (end - first > 2 * time.width) return;
  pen.globalAlpha = 0.14;
  for (let index = first; index < end; index++) {
    if (pulses.verdicts[index] === 4) continue;
    pen.fillStyle = look.color(pulses.verdicts[index] === 0 ? '--accent' : '--err');
    const from = Math.max(time.left, xOf(time, pulses.on_s[index]));
    const to = Math.min(time.left + time.width, Number.isNaN(pulses.off_s[index]) ? from + 1.5 : xOf(time, pulses.off_s[index]));
    if (to > time.left && from < time.left + time.width) pen.fillRect(from, 0, Math.max(1, to - from), bottom);
  }
  pen.globalAlpha = 1;
}

export function stroke(pen: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}
