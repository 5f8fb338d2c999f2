// What metrics are computed from: the spikes of a sorting, and the same spikes in order of their units.

/** One entry per spike. On shared memory (see onSharedMemory), so that the pool's threads read it without a copy. */
export interface Spikes {
  /** Samples from the start of the recording. */
  readonly times: Float64Array;
  readonly clusters: Int32Array;
  readonly templates: Int32Array;
  /** The sorter's units. */
  readonly amplitudes: Float64Array;
}

export interface Units {
  /** Clusters that have spikes, ascending. What follows goes by position in this list. */
  readonly ids: Int32Array;
  /** Position in `ids` by cluster id; of use only for clusters that have spikes. */
  readonly unitOf: Int32Array;
  /** Where each unit's spikes begin in `order`; one entry more than units. */
  readonly starts: Uint32Array;
  /** Positions in Spikes: unit after unit, ascending in time. */
  readonly order: Uint32Array;
  /** The template most of a unit's spikes have, the lowest of equals. */
  readonly templates: Int32Array;
  /** Times of the first and the last spike of all, samples. */
  readonly first: number;
  readonly last: number;
}

type Shareable = Float64Array | Float32Array | Int32Array | Uint32Array;

export function onSharedMemory<Values extends Shareable>(values: Values): Values {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new (values.constructor as new (buffer: SharedArrayBuffer) => Values)(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

export function shareSpikes({ times, clusters, templates, amplitudes }: Spikes): Spikes {
  return {
    times: onSharedMemory(times), clusters: onSharedMemory(clusters), templates: onSharedMemory(templates), amplitudes: onSharedMemory(amplitudes),
  };
}

/** A counting sort: one pass to count, one to place. */
export function groupByUnit({ times, clusters, templates }: Spikes): Units {
  const counts = countsById(clusters);
  const ids = Int32Array.from(counts.keys()).filter((id) => counts[id] > 0);
  const starts = new Uint32Array(ids.length + 1);
  const unitOf = new Int32Array(counts.length);
  ids.forEach((id, unit) => {
    unitOf[id] = unit;
    starts[unit + 1] = starts[unit] + counts[id];
  });
  const next = starts.slice();
  const order = new Uint32Array(new SharedArrayBuffer(4 * clusters.length));
  for (let spike = 0; spike < clusters.length; spike++) order[next[unitOf[clusters[spike]]]++] = spike;
  for (let unit = 0; unit < ids.length; unit++) sortByTime(order.subarray(starts[unit], starts[unit + 1]), times);

  const seen = new Uint32Array(templates.reduce((most, template) => Math.max(most, template), -1) + 1);
  const majority = Int32Array.from(ids, (_, unit) => mostFrequent(order.subarray(starts[unit], starts[unit + 1]), templates, seen));
  const [first, last] = range(times);
  return { ids, unitOf, starts, order, templates: majority, first, last };
}

export function range(values: Float64Array): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** Spikes per cluster id, [largest id + 1]. */
function countsById(clusters: Int32Array): Uint32Array {
  const counts = new Uint32Array(clusters.reduce((most, id) => Math.max(most, id), -1) + 1);
  for (const id of clusters) counts[id]++;
  return counts;
}

/** Sorters write spikes in order of time, so most often there is nothing to do. */
function sortByTime(spikes: Uint32Array, times: Float64Array): void {
  for (let i = 1; i < spikes.length; i++) {
    if (times[spikes[i]] < times[spikes[i - 1]]) {
      spikes.sort((a, b) => times[a] - times[b] || a - b);
      return;
    }
  }
}

/** `seen`: scratch, all zeros before and after. */
function mostFrequent(spikes: Uint32Array, templates: Int32Array, seen: Uint32Array): number {
  let best = templates[spikes[0]];
  for (const spike of spikes) {
    const template = templates[spike];
    seen[template]++;
    if (seen[template] > seen[best] || (seen[template] === seen[best] && template < best)) best = template;
  }
  for (const spike of spikes) seen[templates[spike]] = 0;
  return best;
}

/** The values of a unit's spikes, in order of time. */
export function valuesOf(values: Float64Array, { order, starts }: Pick<Units, 'order' | 'starts'>, unit: number): Float64Array {
  const from = starts[unit];
  const result = new Float64Array(starts[unit + 1] - from);
  for (let i = 0; i < result.length; i++) result[i] = values[order[from + i]];
  return result;
}
