// What a pane is drawn on: its place in time and on the screen, and where things stand there.

import type { TraceSourceInfo } from '../../../core/service/contract/index.ts';
import type { Look } from '../../theme/plotLook.ts';
import type { Layout } from './layout.ts';
import type { Signals } from './signal.ts';

export interface Picture {
  readonly context: CanvasRenderingContext2D;
  /** CSS px of the plot itself; labels stand left of it. */
  readonly width: number;
  readonly height: number;
  readonly from_s: number;
  readonly to_s: number;
  readonly source: TraceSourceInfo;
  readonly layout: Layout;
  readonly look: Look;
  readonly gain_uV: number;
  /** Device pixels per CSS px; null where shapes are asked for, not pixels. */
  readonly ratio: number | null;
}

/** px of the scale bar that `gain` microvolts are drawn as. */
export const barHeight = 40;

export const xOf = ({ from_s, to_s, width }: Picture, time: number) => ((time - from_s) / (to_s - from_s)) * width;

/** Where the columns of the data stand, px. */
export function stepsOf(picture: Picture, { window }: Signals): { readonly x0: number; readonly dx: number } {
  const dx = (window.step_s / (picture.to_s - picture.from_s)) * picture.width;
  return { dx, x0: xOf(picture, window.from_s) + (window.mode === 'samples' ? 0 : dx / 2) };
}

/** px per count, and the counts that stand on the row's middle. */
export interface RowShape {
  readonly scale: number;
  readonly offset: number;
}
