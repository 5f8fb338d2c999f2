// What a short piece of raw recording says of its channels: how much each resembles the others, how loud it is at the
// highest frequencies. After the description of IBL's spike sorting pipeline (International Brain Laboratory 2022, "Spike
// sorting pipeline for the International Brain Laboratory", bad channel detection).

import { highPassSection } from '../biquad.ts';
import { middleOf } from '../middle.ts';
import { createWelch, welchFrequencies } from '../welch.ts';

export interface Snippet {
  /** int16 counts, [rows][columns]; the first scale.length columns are neural. */
  readonly samples: Int16Array;
  readonly columns: number;
  /** Microvolts per count of every neural column. */
  readonly scale: Float64Array;
  /** Neural columns that are compared with one another; the others get no figures. */
  readonly used: readonly boolean[];
  /** Samples per second. */
  readonly rate: number;
}

/** One value per neural column; NaN where a channel is not used, or nothing could be compared. */
export interface SnippetFigures {
  /** Zero-lag product with the median over channels, in units of the median's own: 1 is like the others, 0 unlike them. */
  readonly similarity: Float64Array;
  /** The same above 300 Hz. */
  readonly highSimilarity: Float64Array;
  /** Mean power density above 80 % of half the sampling rate, uV^2/Hz. */
  readonly hf_uV2Hz: Float64Array;
  /** 1: the same value from the first sample to the last. */
  readonly constant: Uint8Array;
}

const HIGH_PASS_HZ = 300;
const WELCH_POINTS = 256;
/** Of half the sampling rate. */
const HF_FROM = 0.8;
/** With fewer channels their median is no measure of what they share. */
export const LEAST_CHANNELS = 5;

export function measureSnippet({ samples, columns, scale, used, rate }: Snippet): SnippetFigures {
  const neural = scale.length;
  const rows = samples.length / columns;
  const nothing = () => new Float64Array(neural).fill(NaN);
  const figures = { similarity: nothing(), highSimilarity: nothing(), hf_uV2Hz: nothing(), constant: new Uint8Array(neural) };
  const traces = new Map<number, Float32Array>();
  const hfPower = hfMeter(rate);
  for (let column = 0; column < neural; column++) {
    if (!used[column]) continue;
    const trace = readTrace(samples, columns, column, rows, scale[column]);
    figures.hf_uV2Hz[column] = hfPower(trace);
    if (isConstant(trace)) figures.constant[column] = 1;
    else traces.set(column, trace);
  }
  if (traces.size < LEAST_CHANNELS) return figures;
  noteSimilarity(traces, rows, figures.similarity);
  for (const trace of traces.values()) highPass(trace, rate);
  noteSimilarity(traces, rows, figures.highSimilarity);
  return figures;
}

/** Microvolts, without their mean. */
function readTrace(samples: Int16Array, columns: number, column: number, rows: number, scale: number): Float32Array {
  let sum = 0;
  for (let at = column; at < samples.length; at += columns) sum += samples[at];
  const mean = sum / rows;
  const trace = new Float32Array(rows);
  for (let row = 0, at = column; row < rows; row++, at += columns) trace[row] = (samples[at] - mean) * scale;
  return trace;
}

function isConstant(trace: Float32Array): boolean {
  return trace.every((value) => value === trace[0]);
}

function hfMeter(rate: number): (trace: Float32Array) => number {
  const welch = createWelch(WELCH_POINTS, rate);
  const first = welchFrequencies(WELCH_POINTS, rate).findIndex((frequency) => frequency > (HF_FROM * rate) / 2);
  return (trace) => {
    welch.clear();
    welch.add(trace);
    const high = welch.density().subarray(first);
    return high.reduce((sum, value) => sum + value, 0) / high.length;
  };
}

/** Without their means: the traces have none to begin with, and a high-pass leaves none. */
function noteSimilarity(traces: ReadonlyMap<number, Float32Array>, rows: number, into: Float64Array): void {
  const median = medianTrace([...traces.values()], rows);
  let own = 0;
  for (const value of median) own += value * value;
  if (own === 0) return;
  for (const [column, trace] of traces) {
    let product = 0;
    for (let row = 0; row < rows; row++) product += trace[row] * median[row];
    into[column] = product / own;
  }
}

function medianTrace(traces: readonly Float32Array[], rows: number): Float64Array {
  const across = new Float64Array(traces.length);
  const median = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < across.length; index++) across[index] = traces[index][row];
    median[row] = middleOf(across);
  }
  const mean = median.reduce((sum, value) => sum + value, 0) / rows;
  return median.map((value) => value - mean);
}

/** Forwards and backwards, so that nothing moves in time; begins as if the first value had always been there. */
function highPass(trace: Float32Array, rate: number): void {
  const section = highPassSection(HIGH_PASS_HZ, rate);
  for (let pass = 0; pass < 2; pass++) {
    runSection(trace, section);
    trace.reverse();
  }
}

function runSection(trace: Float32Array, [b0, b1, b2, a1, a2]: ReturnType<typeof highPassSection>): void {
  let z1 = -b0 * trace[0];
  let z2 = b2 * trace[0];
  for (let row = 0; row < trace.length; row++) {
    const value = trace[row];
    const filtered = b0 * value + z1;
    z1 = b1 * value - a1 * filtered + z2;
    z2 = b2 * value - a2 * filtered;
    trace[row] = filtered;
  }
}
