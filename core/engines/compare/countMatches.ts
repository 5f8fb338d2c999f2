// How many spikes of every true and every found unit coincide.

/** Spikes in time order; `units` are indices 0..unitCount-1. */
export interface Train {
  readonly times: ArrayLike<number>;
  readonly units: ArrayLike<number>;
  readonly unitCount: number;
}

/**
 * Matches of each pair [true x found], row by row: pairs of spikes at most `delta` samples apart, no spike used twice in
 * succession for the same pair; counted walking along either train, the larger taken, never more than the found unit's spikes.
 */
export function countMatches(truth: Train, found: Train, delta: number): Float64Array {
  const forward = walk(truth, found, delta);
  const backward = walk(found, truth, delta);
  const foundCounts = spikeCounts(found);
  const matches = new Float64Array(truth.unitCount * found.unitCount);
  for (let i = 0; i < truth.unitCount; i++) {
    for (let j = 0; j < found.unitCount; j++) {
      const larger = Math.max(forward[i * found.unitCount + j], backward[j * truth.unitCount + i]);
      matches[i * found.unitCount + j] = Math.min(larger, foundCounts[j]);
    }
  }
  return matches;
}

export function spikeCounts(train: Train): Float64Array {
  const counts = new Float64Array(train.unitCount);
  for (let k = 0; k < train.times.length; k++) counts[train.units[k]]++;
  return counts;
}

/** Matches [a x b] found while walking through the spikes of `a`. */
function walk(a: Train, b: Train, delta: number): Float64Array {
  const pairs = a.unitCount * b.unitCount;
  const matches = new Float64Array(pairs);
  const lastOfA = new Int32Array(pairs).fill(-1);
  const lastOfB = new Int32Array(pairs).fill(-1);
  let first = 0;
  for (let k = 0; k < a.times.length; k++) {
    const time = a.times[k];
    while (first < b.times.length && b.times[first] < time - delta) first++;
    for (let m = first; m < b.times.length && b.times[m] <= time + delta; m++) {
      const pair = a.units[k] * b.unitCount + b.units[m];
      if (lastOfA[pair] === k || lastOfB[pair] === m) continue;
      lastOfA[pair] = k;
      lastOfB[pair] = m;
      matches[pair]++;
    }
  }
  return matches;
}
