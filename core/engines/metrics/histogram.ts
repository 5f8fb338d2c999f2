// Counting values in bins.

/** `count` numbers from first to last, both included, equally spaced. */
export function linspace(first: number, last: number, count: number): Float64Array {
  const step = (last - first) / (count - 1);
  const edges = Float64Array.from({ length: count }, (_, i) => i * step + first);
  edges[count - 1] = last;
  return edges;
}

/** Values per bin between equally spaced, ascending edges. Bins hold their left edge, the last one its right edge too. */
export function countInBins(values: ArrayLike<number>, edges: ArrayLike<number>): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  const first = edges[0];
  const last = edges[bins];
  const scale = bins / (last - first);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value >= first && value <= last)) continue;
    // Rounding may put a value one bin off: the edges decide.
    let bin = Math.min(bins - 1, Math.floor((value - first) * scale));
    while (bin > 0 && value < edges[bin]) bin--;
    while (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return counts;
}

/** Index of the first of the largest values. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
