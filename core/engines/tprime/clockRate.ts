// The rate of one clock against another, by least squares.

/** The same moments in two clocks, s. */
export interface Moments {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/**
 * How much faster the from-clock runs: seconds it counts per second of the to-clock, less 1. Each part about its own mean,
 * so that clocks which were set anew in between do not matter. NaN without two moments in a part.
 */
export function clockDifference(parts: readonly Moments[]): number {
  let covariance = 0;
  let variance = 0;
  for (const { from, to } of parts) {
    const meanFrom = average(from);
    const meanTo = average(to);
    for (let i = 0; i < from.length; i++) {
      // The difference of the clocks, not the time itself: nothing is lost to the size of the numbers.
      covariance += (to[i] - meanTo) * (from[i] - to[i] - (meanFrom - meanTo));
      variance += (to[i] - meanTo) ** 2;
    }
  }
  return variance > 0 ? covariance / variance : Number.NaN;
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
