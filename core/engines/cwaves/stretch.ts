// The part of the recording that is being worked on, as it lies in the file, and the part after it, which is read
// meanwhile. Windows that overlap are read once, what lies between windows far apart is left out.

import type { BinFile } from '../../spikeglx/index.ts';

export interface Stretch {
  /** The windows' values: rows of all columns of the file. */
  readonly values: Int16Array;
  /** Row at which each window begins. */
  readonly places: readonly number[];
  /** Rows held. */
  readonly rows: number;
}

/** Each thread has two of them. */
const most = 6 << 20;
/** Stays in the processor's cache while every cluster goes through it. */
const least = 3 << 19;
/** With less, a cluster's sums are fetched and put back for too few spikes. */
const spikesOfCluster = 8;
/** So many windows, however much they overlap. */
export const windowsAtOnce = 32768;

/**
 * Rows of a stretch: few where spikes are dense.
 * @param starts first samples of the windows, ascending
 * @param length samples of a window
 */
export function stretchRows(file: BinFile, clusters: number, starts: Float64Array, length: number): number {
  const useful = Math.min(file.samples, starts.length * length);
  const wanted = (spikesOfCluster * clusters * useful) / Math.max(1, starts.length);
  const rowBytes = 2 * file.columns;
  return Math.max(2 * length, Math.min(useful, Math.floor(Math.max(least, Math.min(wanted * rowBytes, most)) / rowBytes)));
}

/**
 * Goes through all windows; `rooms` take the stretches in turn, of `stretchRows` each.
 * Throws InputFileError.
 */
export async function* readStretches(file: BinFile, starts: Float64Array, length: number, rooms: readonly [Int16Array, Int16Array]): AsyncGenerator<Stretch> {
  const begin = (first: number, room: Int16Array) => {
    const { places, reads, rows } = fit(starts.subarray(first, first + windowsAtOnce), length, Math.floor(room.length / file.columns));
    const ready = Promise.all(reads.map(({ start, rows: count, row }) => file.readAside(start, count, room.subarray(row * file.columns))));
    ready.catch(() => undefined); // awaited when its turn comes; this only keeps Node from calling it unhandled
    return { places, rows, values: room, ready };
  };
  let next = begin(0, rooms[0]);
  try {
    for (let done = 0, turn = 1; done < starts.length; turn ^= 1) {
      const current = next;
      await current.ready;
      done += current.places.length;
      next = begin(done, rooms[turn]);
      yield current;
    }
  } finally {
    // Not into memory that is somebody else's by then, nor from a file that is closed.
    await next.ready.catch(() => undefined);
  }
}

interface Read {
  readonly start: number;
  readonly rows: number;
  /** Where they go. */
  readonly row: number;
}

/** As many of the windows as there is room for, at least one. */
function fit(starts: Float64Array, length: number, room: number): { places: number[]; reads: Read[]; rows: number } {
  const places: number[] = [];
  const reads: Read[] = [];
  let [start, row, end] = [starts[0] ?? 0, 0, starts[0] ?? 0];
  for (const next of starts) {
    const isFar = next > end + length;
    const first = isFar ? row + end - start : row;
    const begin = isFar ? next : start;
    if (first + next + length - begin > room) break;
    if (isFar) {
      reads.push({ start, rows: end - start, row });
      [start, row] = [begin, first];
    }
    places.push(row + next - start);
    end = next + length;
  }
  if (end > start) reads.push({ start, rows: end - start, row });
  return { places, reads, rows: row + end - start };
}
