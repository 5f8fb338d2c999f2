// A time axis in pixels: where a time lies, which time lies at a place, round steps for its ticks.

import { clock } from '../format.ts';

export interface TimeScale {
  readonly from_s: number;
  readonly to_s: number;
  /** Pixels of the plot's left edge and its width. */
  readonly left: number;
  readonly width: number;
}

export function xOf({ from_s, to_s, left, width }: TimeScale, time_s: number): number {
  return left + ((time_s - from_s) / (to_s - from_s)) * width;
}

export function timeAt({ from_s, to_s, left, width }: TimeScale, x: number): number {
  return from_s + ((x - left) / width) * (to_s - from_s);
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Ticks about `space` pixels apart. */
export function ticks(from: number, to: number, pixels: number, space: number): number[] {
  if (!(to > from) || pixels <= 0) return [];
  const step = roundStep(((to - from) * space) / pixels);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(to / step + 1e-9) - first + 1) }, (_, index) => (first + index) * step);
}

/** As many decimals as the span of the window makes sense of. */
export function tickLabel(time_s: number, span_s: number): string {
  const places = span_s >= 20 ? 0 : Math.min(6, Math.max(0, Math.ceil(-Math.log10(span_s)) + 1));
  return clock(time_s, places);
}

/** A window moved and zoomed within [0, length]. `factor` below 1 zooms in around `at_s`. */
export function zoomed(window: { readonly from_s: number; readonly to_s: number }, factor: number, at_s: number, length_s: number, least_s: number): { from_s: number; to_s: number } {
  const span = Math.min(length_s, Math.max(least_s, (window.to_s - window.from_s) * factor));
  const share = (at_s - window.from_s) / (window.to_s - window.from_s);
  return within({ from_s: at_s - share * span, to_s: at_s + (1 - share) * span }, length_s);
}

export function within({ from_s, to_s }: { readonly from_s: number; readonly to_s: number }, length_s: number): { from_s: number; to_s: number } {
  const span = Math.min(length_s, to_s - from_s);
  const from = Math.max(0, Math.min(length_s - span, from_s));
  return { from_s: from, to_s: from + span };
}
