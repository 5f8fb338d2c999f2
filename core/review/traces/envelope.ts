// Lowest and highest value of every channel in buckets of samples. Of digital words, the bits that were always high and
// those that were high at some time: so that a row of any bit can be drawn from buckets, too.

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

/** Rows that are walked channel by channel: as many as stay in the fastest memory. */
const tile = 32;

/** @param wanted columns, digital ones (from `analog` on) last */
export function createEnvelope(wanted: Int32Array, analog: number, from: number, per: number, count: number): Envelope {
  const channels = wanted.length;
  const voltages = firstDigital(wanted, analog);
  const low = new Int16Array(channels * count);
  const high = new Int16Array(channels * count);
  const filled = new Uint8Array(count);

  /** Takes `rowCount` rows into one bucket: lows stand at `lowAt + column`, highs at `highAt + column`, the next row `stride` further. */
  const take = (bucket: number, rows: Int16Array, rowCount: number, stride: number, lowAt: number, highAt: number) => {
    const isFirst = filled[bucket] === 0;
    filled[bucket] = 1;
    const ahead = highAt - lowAt;
    for (let k = 0, place = bucket; k < voltages; k++, place += count) {
      let least = isFirst ? 32767 : low[place];
      let most = isFirst ? -32768 : high[place];
      const end = lowAt + wanted[k] + rowCount * stride;
      if (ahead === 0) {
        for (let at = lowAt + wanted[k]; at < end; at += stride) {
          const value = rows[at];
          if (value < least) least = value;
          if (value > most) most = value;
        }
      } else {
        for (let at = lowAt + wanted[k]; at < end; at += stride) {
          if (rows[at] < least) least = rows[at];
          if (rows[at + ahead] > most) most = rows[at + ahead];
        }
      }
      low[place] = least;
      high[place] = most;
    }
    for (let k = voltages, place = voltages * count + bucket; k < channels; k++, place += count) {
      let always = isFirst ? -1 : low[place];
      let ever = isFirst ? 0 : high[place];
      for (let row = 0, at = wanted[k]; row < rowCount; row++, at += stride) {
        always &= rows[lowAt + at];
        ever |= rows[highAt + at];
      }
      low[place] = always;
      high[place] = ever;
    }
  };

  return {
    count, low, high,
    present: () => ranges(filled),
    addRows(rows, rowCount, columns, at) {
      for (let row = 0; row < rowCount; ) {
        const bucket = Math.floor((at + row - from) / per);
        const end = Math.min(rowCount, from + (bucket + 1) * per - at, row + tile);
        take(bucket, rows, end - row, columns, row * columns, row * columns);
        row = end;
      }
    },
    addBuckets(rows, rowCount, columns, factor, at) {
      const firstBucket = Math.max(0, Math.floor((at - from) / per));
      const endBucket = Math.min(count, Math.ceil((at + rowCount * factor - from) / per));
      for (let bucket = firstBucket; bucket < endBucket; bucket++) {
        const begin = Math.max(0, Math.floor((from + bucket * per - at) / factor));
        const end = Math.min(rowCount, Math.ceil((from + (bucket + 1) * per - at) / factor));
        for (let row = begin; row < end; row += tile) take(bucket, rows, Math.min(tile, end - row), 2 * columns, row * 2 * columns, (row * 2 + 1) * columns);
      }
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
