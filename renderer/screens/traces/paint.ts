// A whole pane: ground, spans, traces, marks, depth labels, scale bars, time ruler.

import type { TraceMarks, TraceSourceInfo, TraceSources, TraceSpanInfo } from '../../../core/service/contract/index.ts';
import { clock } from '../../components/format.ts';
import type { Look } from '../../theme/plotLook.ts';
import { drawEvents, drawHeat, drawLines, range } from './draw.ts';
import { barHeight, type Picture } from './picture.ts';
import { drawSpans, drawTags } from './drawSpans.ts';
import { drawSpikes } from './drawSpikes.ts';
import type { Layout } from './layout.ts';
import { isNeural, type Signals } from './signal.ts';
import { nextSpan, type View } from './view.ts';

/** px left of the plot for labels, and below it for times. */
export const gutter = 52;
export const ruler = 20;

export interface PanePicture {
  readonly source: TraceSourceInfo;
  readonly sources: TraceSources;
  readonly view: View;
  readonly marks: TraceMarks | undefined;
  /** On this source, of the kinds that are on. */
  readonly spans: readonly TraceSpanInfo[];
  readonly letters: ReadonlyMap<string, number>;
  readonly layout: Layout;
  readonly signals: Signals | null;
  readonly look: Look;
  readonly from_s: number;
  readonly to_s: number;
  /** Of the plot, CSS px. */
  readonly size: { readonly width: number; readonly height: number };
}

/** @param ratio device pixels per CSS px */
export function paintPane(canvas: HTMLCanvasElement | OffscreenCanvas, pane: PanePicture, ratio: number): void {
  canvas.width = Math.round((pane.size.width + gutter) * ratio);
  canvas.height = Math.round((pane.size.height + ruler) * ratio);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintOn(context, pane, ratio);
}

/** From the context's origin on, (width + gutter) x (height + ruler). `ratio`: of the canvas; null where all is to be shapes. */
export function paintOn(context: CanvasRenderingContext2D, pane: PanePicture, ratio: number | null = null): void {
  const { source, view, marks, spans, letters, layout, signals, look, from_s, to_s, size } = pane;
  context.fillStyle = look.color('--bg-1');
  context.fillRect(0, 0, size.width + gutter, size.height + ruler);
  const picture: Picture = { context, ...size, from_s, to_s, source, layout, look, gain_uV: view.gain, ratio };
  const isHeat = view.mode === 'heat' && isNeural(source);

  context.save();
  context.translate(gutter, 0);
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  if (signals && isHeat) drawHeat(picture, signals);
  drawSpans(picture, spans);
  if (signals && !isHeat) drawLines(picture, signals);
  if (marks) drawEvents(picture, marks, letters);
  if (marks?.spikes) drawSpikes(picture, marks.spikes, view.units === 'all' ? [] : view.units, isHeat ? null : signals);
  drawTags(picture, spans);
  if (isNeural(source)) drawBars(picture, isHeat);
  context.restore();

  drawLabels(picture, signals);
  drawRuler(context, picture);
}

/** Depths, names and shanks; as many as have room. */
function drawLabels({ context, layout, look, source }: Picture, signals: Signals | null): void {
  context.font = '12px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.fillStyle = look.color('--text-2');
  let last = Infinity;
  for (const row of [...layout.rows].sort((a, b) => b.y - a.y)) {
    if (last - row.y < (isNeural(source) ? 14 : 10)) continue;
    context.fillText(row.label, gutter - 6, row.y);
    last = row.y;
    if (row.bit !== null || isNeural(source) || !signals || layout.pitch * 2 < 44) continue;
    const index = signals.place.get(row.column);
    if (index === undefined) continue;
    const scale = source.channels.uVperBit[row.column] / 1e6;
    const volts = voltText(scale, range(signals, index));
    context.fillStyle = look.color('--text-3');
    context.fillText(volts.most, gutter - 6, row.y - layout.pitch * 0.75);
    context.fillText(volts.least, gutter - 6, row.y + layout.pitch * 0.75);
    context.fillStyle = look.color('--text-2');
  }
  context.textAlign = 'left';
  context.fillStyle = look.color('--text-3');
  for (const { label, top } of layout.blocks) context.fillText(label, 4, Math.max(8, top - 9));
}

/** Ends of a line's row, short enough for the gutter: below a tenth of a volt in mV. */
function voltText(scale: number, [least, most]: readonly [number, number]): { readonly least: string; readonly most: string } {
  const inVolts = Math.max(Math.abs(least), Math.abs(most)) * Math.abs(scale) >= 0.1;
  const text = (counts: number) => (inVolts ? `${(counts * scale).toFixed(2)} V` : `${Math.round(counts * scale * 1000)} mV`);
  return { least: text(least), most: text(most) };
}

/** The bar of lines mode, or the colours of the heat map with their ends. */
function drawBars({ context, width, height, look, gain_uV }: Picture, isHeat: boolean): void {
  const text = isHeat ? `±${gain_uV} uV` : `${gain_uV} uV`;
  context.font = '600 12px system-ui, sans-serif';
  const textWidth = context.measureText(text).width;
  const [left, top] = [width - textWidth - 26, height - barHeight - 10];
  context.fillStyle = look.color('--bg-1');
  context.globalAlpha = 0.85;
  context.fillRect(left - 6, top - 5, textWidth + 30, barHeight + 10);
  context.globalAlpha = 1;
  if (isHeat) {
    const colors = context.createLinearGradient(0, top + barHeight, 0, top);
    [['--negative', 0], ['--bg-1', 0.5], ['--positive', 1]].forEach(([token, at]) => colors.addColorStop(at as number, look.color(token as string)));
    context.fillStyle = colors;
    context.fillRect(left, top, 8, barHeight);
    context.strokeStyle = look.color('--edge');
    context.strokeRect(left, top, 8, barHeight);
  } else {
    context.fillStyle = look.color('--accent');
    context.fillRect(left + 3, top, 2, barHeight);
    context.fillRect(left, top, 8, 1);
    context.fillRect(left, top + barHeight - 1, 8, 1);
  }
  context.fillStyle = look.color('--text');
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, left + 14, top + barHeight / 2);
}

function drawRuler(context: CanvasRenderingContext2D, { from_s, to_s, width, height, look }: Picture): void {
  const span = to_s - from_s;
  const step = nextSpan((span / width) * 64, 1);
  const places = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9)));
  context.font = '12px system-ui, sans-serif';
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillStyle = look.color('--text-3');
  context.strokeStyle = look.color('--edge');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(gutter, height + 0.5);
  context.lineTo(gutter + width, height + 0.5);
  for (let tick = Math.ceil(from_s / step); tick * step <= to_s; tick++) {
    const x = gutter + ((tick * step - from_s) / span) * width;
    context.moveTo(x, height);
    context.lineTo(x, height + 4);
    if (x > gutter + 22 && x < gutter + width - 22) context.fillText(clock(tick * step, places), x, height + 6);
  }
  context.stroke();
}
