// Depth histograms over time, and the displacement between two of them by their correlation.

/** um and seconds. */
export interface HistogramGrid {
  readonly bins: number;
  readonly binSeconds: number;
  readonly lowest: number;
  readonly rows: number;
  readonly rowHeight: number;
}

/** log2(1 + spikes) per time bin and depth row, smoothed by a Gaussian of one row: [bin x row]. */
export function depthHistogram(grid: HistogramGrid, seconds: ArrayLike<number>, depth: ArrayLike<number>): Float64Array {
  const { bins, rows } = grid;
  const counts = new Float64Array(bins * rows);
  for (let k = 0; k < seconds.length; k++) {
    const bin = Math.min(bins - 1, Math.floor(seconds[k] / grid.binSeconds));
    const row = Math.floor((depth[k] - grid.lowest) / grid.rowHeight);
    if (row >= 0 && row < rows) counts[bin * rows + row]++;
  }
  for (let i = 0; i < counts.length; i++) counts[i] = Math.log2(1 + counts[i]);
  const weights = [0.4, 0.24, 0.06];
  const smooth = new Float64Array(bins * rows);
  for (let bin = 0; bin < bins; bin++) {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let d = -2; d <= 2; d++) {
        const other = row + d;
        if (other >= 0 && other < rows) sum += weights[Math.abs(d)] * counts[bin * rows + other];
      }
      smooth[bin * rows + row] = sum;
    }
  }
  return smooth;
}

/** Histogram under a Gaussian depth window: [bin x (last - first)], mean removed, unit norm (zero where empty). */
export interface WindowedHistogram {
  readonly bins: number;
  readonly rows: number;
  readonly values: Float64Array;
  /** Where the spikes under the window lie on average, um. */
  readonly centre: number;
}

export function underWindow(grid: HistogramGrid, histogram: Float64Array, centre: number, sd: number): WindowedHistogram {
  const depthOf = (row: number) => grid.lowest + (row + 0.5) * grid.rowHeight;
  const inside = Array.from({ length: grid.rows }, (_, row) => row).filter((row) => Math.abs(depthOf(row) - centre) <= 2.5 * sd);
  const rows = inside.length;
  const weight = inside.map((row) => Math.exp(-0.5 * ((depthOf(row) - centre) / sd) ** 2));
  const values = new Float64Array(grid.bins * rows);
  let mass = 0;
  let moment = 0;
  for (let bin = 0; bin < grid.bins; bin++) {
    const part = values.subarray(bin * rows, (bin + 1) * rows);
    let sum = 0;
    inside.forEach((row, k) => { sum += histogram[bin * grid.rows + row] * weight[k]; });
    const mean = sum / weight.reduce((a, b) => a + b, 0);
    inside.forEach((row, k) => {
      const count = histogram[bin * grid.rows + row];
      part[k] = (count - mean) * weight[k];
      mass += count * weight[k];
      moment += count * weight[k] * depthOf(row);
    });
    const norm = Math.sqrt(part.reduce((total, value) => total + value * value, 0));
    for (let k = 0; k < rows; k++) part[k] = norm > 1e-9 ? part[k] / norm : 0;
  }
  return { bins: grid.bins, rows, values, centre: mass > 0 ? moment / mass : centre };
}

/** Rows by which bin b lies above bin a (between rows by a parabola) and the correlation there. */
export function displacementBetween(histogram: WindowedHistogram, a: number, b: number, reach: number): { rows: number; correlation: number } {
  const { values, rows } = histogram;
  const scores = new Float64Array(2 * reach + 1);
  let best = 0;
  for (let shift = -reach; shift <= reach; shift++) {
    const from = Math.max(0, -shift);
    const to = Math.min(rows, rows - shift);
    let sum = 0;
    const startA = a * rows;
    const startB = b * rows + shift;
    for (let row = from; row < to; row++) sum += values[startA + row] * values[startB + row];
    scores[shift + reach] = sum;
    if (sum > scores[best]) best = shift + reach;
  }
  const inside = best > 0 && best < 2 * reach;
  const curvature = inside ? scores[best - 1] - 2 * scores[best] + scores[best + 1] : 0;
  const part = curvature < 0 ? (0.5 * (scores[best - 1] - scores[best + 1])) / curvature : 0;
  return { rows: best - reach + part, correlation: scores[best] };
}
