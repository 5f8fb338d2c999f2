// How often each value was seen at a cluster's peak channel, per sample of the waveform: all that an exact median needs,
// in memory that does not grow with the number of spikes. Values near each other share a page; a page comes with its
// first value.

const pageBits = 8;
const pageSize = 1 << pageBits;
/** Page 128 holds the values -128 to 127, where most noise lies. */
const offset = 32768 + (pageSize >> 1);
const pagesPerSample = (65536 >> pageBits) + 1;
const waitingWaveforms = 128;

/** In shared memory, so that threads hand it on without a copy. */
export interface PeakCounts {
  /** [samples x pages]: 1 + place of the page in `counts`, or 0. */
  readonly pages: Uint32Array;
  /** Pages of 256 values each. */
  counts: Uint32Array;
  used: number;
  waveforms: number;
}

/** Typical memory of a cluster, bytes. */
export function peakCountsBytes(length: number): number {
  return 4 * length * (pagesPerSample + 2 * pageSize) + 2 * length * waitingWaveforms;
}

/** Counts of one cluster, and waveforms waiting to be counted, many at once: sample by sample few pages are touched. */
export interface PeakCounter {
  readonly counts: PeakCounts;
  /** [waveforms x samples] */
  readonly waiting: Int16Array;
  filled: number;
}

/** One for each of `clusters`. */
export function startPeakCounts(clusters: number, length: number): PeakCounter[] {
  const entries = length * pagesPerSample;
  const pages = sharedCounts(clusters * entries);
  const firstPages = length + (length >> 1);
  return Array.from({ length: clusters }, (_, k) => ({
    counts: { pages: pages.subarray(k * entries, (k + 1) * entries), counts: sharedCounts(firstPages * pageSize), used: 0, waveforms: 0 },
    waiting: new Int16Array(waitingWaveforms * length),
    filled: 0,
  }));
}

/** Takes whole waveforms, [waveforms x samples]. */
export function countPeaks(counter: PeakCounter, values: Int16Array, length: number): void {
  const { waiting } = counter;
  for (let done = 0; done < values.length; ) {
    const some = values.subarray(done, done + waiting.length - counter.filled);
    waiting.set(some, counter.filled);
    counter.filled += some.length;
    done += some.length;
    if (counter.filled === waiting.length) finishPeakCounts(counter, length);
  }
}

/** Counts what still waits. */
export function finishPeakCounts(counter: PeakCounter, length: number): PeakCounts {
  const { counts: into, waiting, filled } = counter;
  for (let t = 0; t < length; t++) {
    const entries = t * pagesPerSample;
    for (let at = t; at < filled; at += length) {
      const shifted = waiting[at] + offset;
      const page = into.pages[entries + (shifted >> pageBits)] || addPage(into, entries + (shifted >> pageBits));
      into.counts[((page - 1) << pageBits) + (shifted & (pageSize - 1))]++;
    }
  }
  into.waveforms += filled / length;
  counter.filled = 0;
  return into;
}

function addPage(into: PeakCounts, entry: number): number {
  if ((into.used + 1) * pageSize > into.counts.length) {
    const larger = sharedCounts(2 * into.counts.length);
    larger.set(into.counts);
    into.counts = larger;
  }
  return (into.pages[entry] = ++into.used);
}

function sharedCounts(count: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(4 * count));
}

/** Element n/2 (rounded down) of the sorted `n` values of sample `t` that all `parts` counted; those missing to n are zeros. */
export function medianOf(parts: readonly PeakCounts[], t: number, n: number): number {
  let zeros = n;
  for (const { waveforms } of parts) zeros -= waveforms;
  let rest = n >> 1;
  for (let page = 0; page < pagesPerSample; page++) {
    const entry = t * pagesPerSample + page;
    const total = countIn(parts, entry) + (page === offset >> pageBits ? zeros : 0);
    if (rest < total) return valueAt(parts, entry, (page << pageBits) - offset, rest, zeros);
    rest -= total;
  }
  return 0;
}

/** Values in one page of all parts. Asked for every page of every sample: plain loops, nothing made anew. */
function countIn(parts: readonly PeakCounts[], entry: number): number {
  let sum = 0;
  for (const { pages, counts } of parts) {
    const page = pages[entry];
    if (page === 0) continue;
    for (let at = (page - 1) << pageBits, end = page << pageBits; at < end; at++) sum += counts[at];
  }
  return sum;
}

/** The value that `rest` values of the page, whose first is `value`, do not reach beyond. */
function valueAt(parts: readonly PeakCounts[], entry: number, value: number, rest: number, zeros: number): number {
  for (let place = 0; ; place++, value++) {
    if (value === 0) rest -= zeros;
    for (const { pages, counts } of parts) if (pages[entry] > 0) rest -= counts[((pages[entry] - 1) << pageBits) + place];
    if (rest < 0) return value;
  }
}
