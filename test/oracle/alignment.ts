/** Times moved from one clock to another along the lines between moments seen by both, the school way. */

export interface Moment {
  readonly from: number;
  readonly to: number;
}

/**
 * `moments` in order of time, all of one unbroken recording. Beyond the first and last, the line goes on with the slope of
 * the straight line fitted to the first or last 61 (all of them, if there are fewer).
 */
export function oracleInterpolated(moments: readonly Moment[], time: number): number {
  const first = moments[0];
  const last = moments[moments.length - 1];
  const ends = moments.length < 61 ? moments.length : 61;
  if (time < first.from) return first.to + (time - first.from) * fittedSlope(moments.slice(0, ends));
  if (time >= last.from) return last.to + (time - last.from) * fittedSlope(moments.slice(-ends));
  const after = moments.findIndex(({ from }) => from > time);
  const [a, b] = [moments[after - 1], moments[after]];
  const part = (time - a.from) / (b.from - a.from);
  return (1 - part) * a.to + part * b.to;
}

/** Slope of `to` over `from`, from the sums of the textbook, about the first moment. */
export function fittedSlope(moments: readonly Moment[]): number {
  if (moments.length < 2) return 1;
  let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (const { from, to } of moments) {
    const [dx, dy] = [from - moments[0].from, to - moments[0].to];
    n += 1;
    x += dx;
    y += dy;
    xx += dx * dx;
    xy += dx * dy;
  }
  return (n * xy - x * y) / (n * xx - x * x);
}
