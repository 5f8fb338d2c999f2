// The time axis of a timeline: which stretch is shown, where a moment lies in pixels, which ticks are drawn.

import { type Axis, foldedAxis } from './folds.ts';

export interface TimeView {
  readonly from_s: number;
  readonly to_s: number;
}

/** Nothing is shown closer than this, s. */
const closest_s = 0.002;

/** Around a moment, which stays where it is; `factor` below 1 shows less. Never beyond the whole. */
export function zoomed(view: TimeView, at_s: number, factor: number, whole: TimeView): TimeView {
  const length = Math.min(whole.to_s - whole.from_s, Math.max(closest_s, (view.to_s - view.from_s) * factor));
  const share = (at_s - view.from_s) / (view.to_s - view.from_s);
  return within({ from_s: at_s - share * length, to_s: at_s + (1 - share) * length }, whole);
}

export function panned(view: TimeView, by_s: number, whole: TimeView): TimeView {
  return within({ from_s: view.from_s + by_s, to_s: view.to_s + by_s }, whole);
}

function within({ from_s, to_s }: TimeView, whole: TimeView): TimeView {
  const length = Math.min(to_s - from_s, whole.to_s - whole.from_s);
  const from = Math.max(whole.from_s, Math.min(from_s, whole.to_s - length));
  return { from_s: from, to_s: from + length };
}

/** A little air at both ends, so that the first and last edges are seen. */
export function wholeView(from_s: number, to_s: number): TimeView {
  const air = Math.max(0.001, (to_s - from_s) * 0.01);
  return { from_s: from_s - air, to_s: to_s + air };
}

const trueTime = foldedAxis([]);

const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];

/** Moments for ticks about `apart_px` from one another, none in a fold, with the places their text needs after the point. @param view places on the axis */
export function ticks({ from_s, to_s }: TimeView, width_px: number, zero_s: number, axis: Axis = trueTime, apart_px = 110): { readonly at_s: readonly number[]; readonly places: number } {
  const step = steps.find((candidate) => (candidate / (to_s - from_s)) * width_px >= apart_px) ?? steps.at(-1)!;
  const ends = [axis.at(from_s), ...axis.folds.flatMap((fold) => [fold.from_s, fold.to_s]), axis.at(to_s)];
  const at_s: number[] = [];
  for (let index = 0; index < ends.length; index += 2) {
    const [from, to] = [Math.max(ends[0], ends[index]), Math.min(ends.at(-1)!, ends[index + 1])];
    const first = Math.ceil((from - zero_s) / step);
    const last = Math.floor((to - zero_s) / step);
    for (let count = first; count <= last; count++) at_s.push(zero_s + count * step);
  }
  // On both sides of a break they may come too close.
  const isApart = (time: number, before: number) => ((axis.of(time) - axis.of(before)) / (to_s - from_s)) * width_px > apart_px / 2;
  const kept = at_s.reduce<number[]>((list, time) => (list.length === 0 || isApart(time, list.at(-1)!) ? [...list, time] : list), []);
  return { at_s: kept, places: step < 0.01 ? 3 : step < 0.1 ? 2 : step < 1 ? 1 : 0 };
}

/** Texts that stand beneath the bars: put into lines so that none covers another. Those that fit nowhere are left out, unless they must be told: then there is one line more. */
export function laneOf(labels: readonly { readonly x: number; readonly width: number; readonly must?: boolean }[], lanes: number): number[] {
  const ends: number[] = Array.from({ length: lanes }, () => -Infinity);
  return labels.map(({ x, width, must }) => {
    const free = ends.findIndex((end) => x >= end + 8);
    const lane = free < 0 && must ? ends.length : free;
    if (lane >= 0) ends[lane] = x + width;
    return lane;
  });
}
