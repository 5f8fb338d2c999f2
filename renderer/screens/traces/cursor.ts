// The cursor and the measuring frame, on a canvas of their own: moving them redraws nothing else.

import type { PanePicture } from './paint.ts';
import { gutter } from './paint.ts';

export interface Cursor {
  readonly pane: string;
  readonly t: number;
  readonly column: number;
}

export interface Measure {
  readonly pane: string;
  readonly from_s: number;
  readonly to_s: number;
  /** px in the pane. */
  readonly fromY: number;
  readonly toY: number;
  readonly column: number;
  /** null where rows have scales of their own, and while zooming. */
  readonly dV_uV: number | null;
}

interface CursorPicture extends Pick<PanePicture, 'source' | 'layout' | 'look' | 'from_s' | 'to_s' | 'size'> {
  readonly ratio: number;
  readonly cursor: Cursor | null;
  readonly measure: Measure | null;
}

export function drawCursor(canvas: HTMLCanvasElement, { source, layout, look, from_s, to_s, size, ratio, cursor, measure }: CursorPicture): void {
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(canvas.clientHeight * ratio);
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, gutter * ratio, 0);
  const xOf = (time: number) => ((time - from_s) / (to_s - from_s)) * size.width;
  if (cursor && cursor.t >= from_s && cursor.t <= to_s) {
    const x = Math.round(xOf(cursor.t)) + 0.5;
    context.strokeStyle = look.color('--focus');
    context.globalAlpha = 0.75;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, size.height);
    context.stroke();
    context.globalAlpha = 1;
    const row = cursor.pane === source.key ? layout.rows.find(({ column }) => column === cursor.column) : undefined;
    if (row) context.strokeRect(x - 4, row.y - 4, 8, 8);
  }
  if (measure) {
    const [left, right] = [xOf(Math.min(measure.from_s, measure.to_s)), xOf(Math.max(measure.from_s, measure.to_s))];
    const isHere = measure.pane === source.key;
    const [top, bottom] = isHere && measure.dV_uV !== null ? [Math.min(measure.fromY, measure.toY), Math.max(measure.fromY, measure.toY)] : [0, size.height];
    context.fillStyle = look.color('--accent');
    context.globalAlpha = 0.14;
    context.fillRect(left, top, right - left, bottom - top);
    context.globalAlpha = 1;
    context.strokeStyle = look.color('--accent');
    context.strokeRect(left, top, right - left, bottom - top);
  }
}
