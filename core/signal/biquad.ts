// CatGT's time-domain filters: second-order Butterworth sections (Q = sqrt(1/2), bilinear transform), high-pass then
// low-pass, each through int16. Results equal plain double arithmetic bit for bit.

import { loadKernels, planMemory } from '../kernels/index.ts';

export interface BiquadSpec {
  /** Columns of a row, and how many of the first are filtered. */
  readonly columns: number;
  readonly neural: number;
  /** Hz. */
  readonly rate: number;
  /** Full scale: a sample is value / maxInt, the result is clamped to -maxInt..maxInt-1. */
  readonly maxInt: number;
  /** Corners in Hz; 0 = that filter is absent. */
  readonly high: number;
  readonly low: number;
}

export interface Biquad {
  /** z1, z2 of each filtered column, for the high-pass and then (if both are present) the low-pass. Starts at 0. */
  readonly state: Float64Array;
  /** Filters the first `rows` rows in place, from `state` on, and leaves the new state there. */
  run(samples: Int16Array, rows: number): void;
}

type Section = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

export function highPassSection(corner: number, rate: number): Section {
  const k = Math.tan((Math.PI * corner) / rate);
  const norm = normOf(k);
  return [norm, -2 * norm, norm, 2 * (k * k - 1) * norm, (1 - k / Math.SQRT1_2 + k * k) * norm];
}

export function lowPassSection(corner: number, rate: number): Section {
  const k = Math.tan((Math.PI * corner) / rate);
  const norm = normOf(k);
  const b0 = k * k * norm;
  return [b0, 2 * b0, b0, 2 * (k * k - 1) * norm, (1 - k / Math.SQRT1_2 + k * k) * norm];
}

function normOf(k: number): number {
  return 1 / (1 + k / Math.SQRT1_2 + k * k);
}

/** A section with its constants as wasm/biquad.ts wants them. */
const SECTION_BYTES = 104;

function writeSection(buffer: ArrayBuffer, at: number, section: Section, maxInt: number, neural: number): void {
  const inverse = Number.isInteger(Math.log2(maxInt)) ? 1 / maxInt : 0;
  new Float64Array(buffer, at, 9).set([...section, maxInt, inverse, -maxInt, maxInt - 1]);
  new Int16Array(buffer, at + 72, 8).fill(-1);
  new Int16Array(buffer, at + 88, 8).fill(-1, 0, neural % 8);
}

/** Rows that are copied into the kernel's memory at a time: one cache line of each fits the first-level cache. */
const CHUNK = 256;

export function createBiquad(spec: BiquadSpec, variant: 'best' | 'plain' = 'best'): Biquad {
  const { columns, neural, rate, maxInt } = spec;
  const sections: Section[] = [];
  if (spec.high) sections.push(highPassSection(spec.high, rate));
  if (spec.low) sections.push(lowPassSection(spec.low, rate));

  const padded = Math.ceil(neural / 8) * 8;
  const plan = planMemory({
    samples: CHUNK * columns * 2 + 16,
    sections: sections.length * SECTION_BYTES,
    state: sections.length * padded * 16,
  });
  const { kernels, buffer } = loadKernels(plan.bytes, variant);
  const chunk = new Int16Array(buffer, plan.samples, CHUNK * columns);
  const inner = new Float64Array(buffer, plan.state, sections.length * padded * 2);
  sections.forEach((section, index) => writeSection(buffer, plan.sections + index * SECTION_BYTES, section, maxInt, neural));

  const state = new Float64Array(sections.length * neural * 2);
  // The kernel keeps z1 of eight columns, then z2 of the eight.
  const place = (section: number, column: number) => (section * padded + (column & ~7)) * 2 + (column & 7);
  const eachState = (visit: (outer: number, inner: number) => void) => {
    for (let section = 0; section < sections.length; section++) {
      for (let column = 0; column < neural; column++) visit((section * neural + column) * 2, place(section, column));
    }
  };

  return {
    state,
    run(samples, rows) {
      eachState((outer, at) => {
        inner[at] = state[outer];
        inner[at + 8] = state[outer + 1];
      });
      for (let first = 0; first < rows; first += CHUNK) {
        const count = Math.min(CHUNK, rows - first);
        const part = samples.subarray(first * columns, (first + count) * columns);
        chunk.set(part);
        for (let section = 0; section < sections.length; section++) {
          kernels.biquad(plan.samples, columns * 2, neural, count, plan.sections + section * SECTION_BYTES, plan.state + section * padded * 16);
        }
        part.set(chunk.subarray(0, count * columns));
      }
      eachState((outer, at) => {
        state[outer] = inner[at];
        state[outer + 1] = inner[at + 8];
      });
    },
  };
}
