// What is regular about the pulses of a line: rate, period, width, duty; of all bits of a digital word at once.

export interface Train {
  /** Rising edges. */
  readonly edges: number;
  readonly rate_Hz: number | null;
  readonly period_ms: number | null;
  readonly width_ms: number | null;
  /** 5 and 95 % of the widths. */
  readonly widths_ms: readonly [number, number] | null;
  readonly duty_pct: number | null;
}

/** Widths and periods that are remembered for their median. */
const MOST = 20_000;

/** @param samples recorded samples in all */
export function trainOf(edges: number, periods: readonly number[], widths: readonly number[], highSamples: number, samples: number, rate: number): Train {
  const inMs = (value: number) => (1000 * value) / rate;
  const sorted = Float64Array.from(widths).sort();
  const at = (fraction: number) => inMs(sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))]);
  const period = median(periods);
  return {
    edges,
    rate_Hz: period !== undefined && periods.length >= 3 ? rate / period : samples > 0 ? (edges * rate) / samples : null,
    period_ms: period === undefined ? null : inMs(period),
    width_ms: sorted.length > 0 ? at(0.5) : null,
    widths_ms: sorted.length > 0 ? [at(0.05), at(0.95)] : null,
    duty_pct: samples > 0 ? (100 * highSamples) / samples : null,
  };
}

export function median(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Float64Array.from(values).sort()[values.length >> 1];
}

export interface BitFacts extends Train {
  readonly bit: number;
  readonly constant: 0 | 1 | null;
  readonly startsHigh: boolean;
  /** Samples at which it changes, as far as they were to be kept. */
  readonly changes: Float64Array;
}

export interface WordCounter {
  quiet(level: number, rows: number, out: number): void;
  busy(samples: Int16Array, rows: number, out: number): void;
  /** `together[b]`: changes that bits b and b + 1 share within two samples. */
  finish(): { readonly bits: readonly BitFacts[]; readonly together: readonly number[]; readonly changes: readonly number[] };
}

/** Samples between changes that count as one. */
const TOGETHER = 2;

interface BitState {
  rise: number;
  change: number;
  rises: number;
  changes: number;
  high: number;
  readonly periods: number[];
  readonly widths: number[];
  readonly kept: number[];
}

/** @param word file column @param keep changes of each bit to remember */
export function createWordCounter(word: number, columns: number, rate: number, keep: number): WordCounter {
  const bits = Array.from({ length: 16 }, (): BitState => ({ rise: NaN, change: -Infinity, rises: 0, changes: 0, high: 0, periods: [], widths: [], kept: [] }));
  const together = new Array<number>(15).fill(0);
  let level: number | undefined;
  let first = 0;
  let samples = 0;

  const take = (value: number, out: number) => {
    if (level === undefined) first = value;
    const changed = level === undefined ? 0 : (level ^ value) & 0xffff;
    for (let bit = 0; changed >> bit !== 0; bit++) if ((changed >> bit) & 1) change(bit, ((value >> bit) & 1) === 1, out);
    level = value;
  };
  const change = (bit: number, high: boolean, out: number) => {
    const state = bits[bit];
    state.changes++;
    if (state.kept.length < keep) state.kept.push(out);
    for (const other of [bit - 1, bit + 1]) {
      // A change is paired once, by whichever of the two comes second.
      if (bits[other] !== undefined && out - bits[other].change <= TOGETHER && out - bits[other].change >= 0) together[Math.min(bit, other)]++;
    }
    state.change = out;
    if (high) {
      state.rises++;
      if (!Number.isNaN(state.rise) && state.periods.length < MOST) state.periods.push(out - state.rise);
      state.rise = out;
    } else if (!Number.isNaN(state.rise) && state.widths.length < MOST) state.widths.push(out - state.rise);
  };
  const hold = (value: number, rows: number) => {
    for (let bit = 0; bit < 16; bit++) if ((value >> bit) & 1) bits[bit].high += rows;
    samples += rows;
  };

  return {
    quiet(value, rows, out) {
      if (value !== level) take(value, out);
      hold(value, rows);
    },
    busy(values, rows, out) {
      let since = 0;
      for (let row = 0, at = word; row < rows; row++, at += columns) {
        if (values[at] === level) continue;
        if (row > since) hold(level!, row - since);
        since = row;
        take(values[at], out + row);
      }
      if (rows > since) hold(level!, rows - since);
    },
    finish: () => ({
      together,
      changes: bits.map((state) => state.changes),
      bits: bits.map((state, bit) => ({
        bit,
        constant: state.changes > 0 ? null : ((first >> bit) & 1) === 1 ? 1 : 0,
        startsHigh: ((first >> bit) & 1) === 1,
        changes: Float64Array.from(state.kept),
        ...trainOf(state.rises, state.periods, state.widths, state.high, samples, rate),
      })),
    }),
  };
}
