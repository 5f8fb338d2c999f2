// Draws spans of time: their shapes behind the traces, their tags above them. The legend draws the same shapes.

import type { TraceSpanInfo } from '../../../core/service/contract/index.ts';
import type { Look } from '../../theme/plotLook.ts';
import { label } from './draw.ts';
import { type Picture, xOf } from './picture.ts';
import { type SpanLook, spanLooks, type SpanShape } from './spanKinds.ts';

/** px between lines of a hatch, and of the bar of gfix. */
const hatch = 10;
const barHeight = 5;
/** A span of one sample can still be seen, px. */
const leastWidth = 2;
/** px from the bottom to the lowest tag: above the scale bar. */
const tagBase = 62;
/** Tags of one kind stand at least so far apart, px. */
const tagRoom = 48;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

export function drawSpans(picture: Picture, spans: readonly TraceSpanInfo[]): void {
  for (const span of spans) {
    const box = boxOf(picture, span);
    if (box) drawShape(picture.context, picture.look, spanLooks[span.kind], box);
  }
}

/** The name of each span's kind, where it has room: kinds below one another, so that none hides another. */
export function drawTags(picture: Picture, spans: readonly TraceSpanInfo[]): void {
  const { context, look, height } = picture;
  const kinds = Object.keys(spanLooks);
  const reached = new Map<string, number>();
  for (const span of spans) {
    const box = boxOf(picture, span);
    if (!box || box.left < (reached.get(span.kind) ?? -Infinity)) continue;
    reached.set(span.kind, box.left + tagRoom);
    const y = span.kind === 'gfix' ? barHeight + 13 : height - tagBase - 15 * (kinds.indexOf(span.kind) % 3);
    label(context, look, span.kind, box.left + 4, y, look.color(span.kind === 'olap' ? '--text-2' : spanLooks[span.kind].token));
  }
}

function boxOf(picture: Picture, { from_s, to_s }: TraceSpanInfo): Box | null {
  const left = Math.max(0, xOf(picture, from_s));
  const right = Math.max(left + leastWidth, Math.min(picture.width, xOf(picture, to_s)));
  return xOf(picture, to_s) < 0 || left >= picture.width ? null : { left, right, height: picture.height };
}

export function drawShape(context: CanvasRenderingContext2D, look: Look, { shape, token }: SpanLook, box: Box): void {
  const { left, right, height } = box;
  context.save();
  context.beginPath();
  context.rect(left, 0, right - left, height);
  context.clip();
  context.strokeStyle = look.color(token);
  context.fillStyle = look.color(token);
  context.lineWidth = 1;
  if (shape === 'bar') context.fillRect(left, 0, right - left, barHeight);
  context.globalAlpha = 0.12;
  if (shape !== 'bar' && shape !== 'dots') context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 0.6;
  context.beginPath();
  shapes[shape](context, box);
  context.stroke();
  context.restore();
}

type Path = (context: CanvasRenderingContext2D, box: Box) => void;

const rising: Path = (context, { left, right, height }) => {
  for (let x = left - height; x < right; x += hatch) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
};

const falling: Path = (context, { left, right, height }) => {
  for (let x = left - height; x < right; x += hatch) {
    context.moveTo(x, 0);
    context.lineTo(x + height, height);
  }
};

const shapes: Readonly<Record<SpanShape, Path>> = {
  rising,
  falling,
  cross(context, box) {
    rising(context, box);
    falling(context, box);
  },
  upright(context, { left, right, height }) {
    for (let x = left + 0.5; x < right; x += hatch / 2) {
      context.moveTo(x, 0);
      context.lineTo(x, height);
    }
  },
  level(context, { left, right, height }) {
    for (let y = hatch / 2 + 0.5; y < height; y += hatch) {
      context.moveTo(left, y);
      context.lineTo(right, y);
    }
  },
  dots(context, { left, right, height }) {
    for (let x = left + 4; x < right; x += hatch) for (let y = 4; y < height; y += hatch) context.rect(x, y, 1, 1);
  },
  /** Its ends reach down, so that short edits can be found under the bar. */
  bar(context, { left, right, height }) {
    for (const x of [left + 0.5, right - 0.5]) {
      context.moveTo(x, 0);
      context.lineTo(x, height);
    }
  },
};
