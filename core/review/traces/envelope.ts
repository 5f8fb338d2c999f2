// Lowest and highest value of every channel in buckets of samples. Of digital words, the bits that were always high and
// those that were high at some time: so that a row of any bit can be drawn from buckets, too.

import { type Reach, reachRoom, roomRows } from './reach.ts';

export interface Envelope {
  /** Values per channel. */
  readonly count: number;
  /** [channels x count]. Digital words: bits that stayed high, bits that were ever high. */
  readonly low: Int16Array;
  readonly high: Int16Array;
  /** Buckets that hold something: starts and ends, alternating, ascending. */
  present(): Int32Array;
  /** Rows of samples ([rows x columns]) from grid sample `at` on. */
  addRows(rows: Int16Array, rowCount: number, columns: number, at: number): void;
  /** Rows of an earlier envelope ([lows of all columns][highs of all columns]); row k covers `factor` samples from `at + k * factor` on. */
  addBuckets(rows: Int16Array, rowCount: number, columns: number, factor: number, at: number): void;
}

/** @param wanted columns, digital ones (from `analog` on) last */
export function createEnvelope(wanted: Int32Array, analog: number, from: number, per: number, count: number): Envelope {
  const channels = wanted.length;
  const voltages = firstDigital(wanted, analog);
  const low = new Int16Array(channels * count);
  const high = new Int16Array(channels * count);
  const filled = new Uint8Array(count);

  /** Puts what was found for buckets [first, end) to what is there. */
  const fold = ({ lows, highs, padded }: Reach, first: number, end: number) => {
    for (let k = 0; k < voltages; k++) {
      const place = k * count;
      for (let bucket = first, at = wanted[k]; bucket < end; bucket++, at += padded) {
        if (filled[bucket] === 0 || lows[at] < low[place + bucket]) low[place + bucket] = lows[at];
        if (filled[bucket] === 0 || highs[at] > high[place + bucket]) high[place + bucket] = highs[at];
      }
    }
  };

  /** Digital words of `rowCount` rows; highs stand `ahead` values behind lows. */
  const gather = (bucket: number, rows: Int16Array, row: number, rowCount: number, stride: number, ahead: number) => {
    for (let k = voltages, place = voltages * count + bucket; k < channels; k++, place += count) {
      let always = filled[bucket] === 0 ? -1 : low[place];
      let ever = filled[bucket] === 0 ? 0 : high[place];
      for (let at = row * stride + wanted[k], end = at + rowCount * stride; at < end; at += stride) {
        always &= rows[at];
        ever |= rows[at + ahead];
      }
      low[place] = always;
      high[place] = ever;
    }
  };

  /** Rows of `stride` values; row r of bucket b is one of [begin(b), end(b)), which never go back. A roomful at a time. */
  const addAll = (rows: Int16Array, stride: number, columns: number, ahead: number, firstBucket: number, endBucket: number, begin: (bucket: number) => number, end: (bucket: number) => number) => {
    const room = reachRoom(stride);
    for (let bucket = firstBucket, row = begin(bucket); bucket < endBucket; ) {
      const base = row;
      const bound = Math.min(base + roomRows, end(endBucket - 1));
      const first = bucket;
      room.rows.set(rows.subarray(base * stride, bound * stride));
      const gathered: { readonly bucket: number; readonly row: number; readonly count: number }[] = [];
      while (bucket < endBucket && row < bound) {
        const reached = Math.min(end(bucket), bound);
        room.take(row - base, reached - row, columns, ahead, bucket - first);
        gathered.push({ bucket, row, count: reached - row });
        if (reached < end(bucket)) {
          row = reached;
          break;
        }
        bucket++;
        row = begin(bucket);
      }
      fold(room, first, gathered.at(-1)!.bucket + 1);
      for (const each of gathered) {
        gather(each.bucket, rows, each.row, each.count, stride, ahead);
        filled[each.bucket] = 1;
      }
    }
  };

  return {
    count, low, high,
    present: () => ranges(filled),
    addRows(rows, rowCount, columns, at) {
      if (rowCount === 0) return;
      const clip = (row: number) => Math.max(0, Math.min(rowCount, row));
      addAll(rows, columns, columns, 0, Math.floor((at - from) / per), Math.floor((at + rowCount - 1 - from) / per) + 1, (bucket) => clip(from + bucket * per - at), (bucket) => clip(from + (bucket + 1) * per - at));
    },
    addBuckets(rows, rowCount, columns, factor, at) {
      const clip = (row: number) => Math.max(0, Math.min(rowCount, row));
      const firstBucket = Math.max(0, Math.floor((at - from) / per));
      const endBucket = Math.min(count, Math.ceil((at + rowCount * factor - from) / per));
      addAll(rows, 2 * columns, columns, columns, firstBucket, endBucket, (bucket) => clip(Math.floor((from + bucket * per - at) / factor)), (bucket) => clip(Math.ceil((from + (bucket + 1) * per - at) / factor)));
    },
  };
}

function firstDigital(wanted: Int32Array, analog: number): number {
  const found = wanted.findIndex((column) => column >= analog);
  return found < 0 ? wanted.length : found;
}

function ranges(filled: Uint8Array): Int32Array {
  const result: number[] = [];
  for (let at = 0; at < filled.length; ) {
    const from = filled.indexOf(1, at);
    if (from < 0) break;
    const end = filled.indexOf(0, from);
    at = end < 0 ? filled.length : end;
    result.push(from, at);
  }
  return Int32Array.from(result);
}
