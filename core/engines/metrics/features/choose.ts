// Which spikes' features are kept in memory: of every unit a random draw, all of them where they fit, and the spikes of
// the silhouette. The draw is an ordered one, so that its first m spikes are a draw of m: units and their neighbours use
// as many as each comparison needs.

import { drawInOrder, drawSorted, randomNumbers } from '../random.ts';
import { onSharedMemory, type Units } from '../spikes.ts';

/** The rows of the table of features, unit after unit, each unit's spikes in order. On shared memory. */
export interface Chosen {
  /** Position in Spikes of each row; and the rows again, by position. */
  readonly spikes: Uint32Array;
  readonly byPosition: Uint32Array;
  /** Per row: its place in the draw of its unit; beyond every count when it was not drawn. */
  readonly ranks: Uint32Array;
  /** Where each unit's rows begin, one entry more than units; and how many of them were drawn. */
  readonly starts: Uint32Array;
  readonly drawn: Uint32Array;
  /** Rows that take part in the silhouette. */
  readonly silhouetteRows: Uint32Array;
}

export interface ChooseOptions {
  /** Rows to draw, about. */
  readonly mostRows: number;
  readonly silhouetteSpikes: number;
  readonly seed: number;
}

const notKept = 0xffffffff;
const notDrawn = 0xfffffffe;
const silhouettePurpose = -1;

export function chooseSpikes(clusters: Int32Array, units: Units, { mostRows, silhouetteSpikes, seed }: ChooseOptions): Chosen {
  const counts = Uint32Array.from(units.ids, (_, unit) => units.starts[unit + 1] - units.starts[unit]);
  const share = fairShare(counts, mostRows);
  const drawn = counts.map((count) => Math.min(count, share));
  const ranks = drawUnits(units, drawn, seed);
  const silhouette = drawSorted(ranks.length, silhouetteSpikes, randomNumbers(seed, silhouettePurpose));
  for (const spike of silhouette) if (ranks[spike] === notKept) ranks[spike] = notDrawn;

  const starts = new Uint32Array(units.ids.length + 1);
  for (let spike = 0; spike < ranks.length; spike++) if (ranks[spike] !== notKept) starts[units.unitOf[clusters[spike]] + 1]++;
  for (let unit = 0; unit < units.ids.length; unit++) starts[unit + 1] += starts[unit];

  const rows = starts[units.ids.length];
  const [spikes, byPosition, rowRanks] = [new Uint32Array(rows), new Uint32Array(rows), new Uint32Array(rows)];
  const next = starts.slice();
  let at = 0;
  for (let spike = 0; spike < ranks.length; spike++) {
    if (ranks[spike] === notKept) continue;
    const row = next[units.unitOf[clusters[spike]]]++;
    spikes[row] = spike;
    rowRanks[row] = ranks[spike];
    byPosition[at++] = row;
  }
  return {
    spikes: onSharedMemory(spikes), byPosition: onSharedMemory(byPosition), ranks: onSharedMemory(rowRanks), starts, drawn,
    silhouetteRows: onSharedMemory(rowsOf(silhouette, spikes, byPosition)),
  };
}

/** Per spike its place in the draw of its unit, or `notKept`. */
function drawUnits({ ids, starts, order }: Units, drawn: Uint32Array, seed: number): Uint32Array {
  const ranks = new Uint32Array(order.length).fill(notKept);
  ids.forEach((id, unit) => {
    const draw = drawInOrder(starts[unit + 1] - starts[unit], drawn[unit], randomNumbers(seed, id));
    draw.forEach((position, rank) => { ranks[order[starts[unit] + position]] = rank; });
  });
  return ranks;
}

/** The largest number of spikes a unit may keep so that all together stay within `total`; at least 1. */
export function fairShare(counts: ArrayLike<number>, total: number): number {
  const ascending = Float64Array.from(counts).sort();
  let left = total;
  for (let i = 0; i < ascending.length; i++) {
    const share = left / (ascending.length - i);
    if (ascending[i] > share) return Math.max(1, Math.floor(share));
    left -= ascending[i];
  }
  return Math.max(1, ascending.at(-1) ?? 1);
}

/** The rows of some spikes, which are in order of position. */
function rowsOf(some: Uint32Array, spikes: Uint32Array, byPosition: Uint32Array): Uint32Array {
  let at = 0;
  return some.map((spike) => {
    while (spikes[byPosition[at]] !== spike) at++;
    return byPosition[at];
  });
}

/** Where in `byPosition` the first spike at or after `position` stands. */
export function firstFrom({ spikes, byPosition }: Pick<Chosen, 'spikes' | 'byPosition'>, position: number): number {
  let [low, high] = [0, byPosition.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spikes[byPosition[middle]] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
