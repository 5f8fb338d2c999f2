// How fast the signal path is on this machine, one thread: for `aftergate bench`. The best of several runs counts, in
// processor time, because other programs may be running.

import { loadKernels } from '../kernels/index.ts';
import { createBiquad } from './biquad.ts';
import { createChain, FFT_MARGIN, FFT_MIDDLE, FFT_POINTS, type Chain, type ChainSpec } from './chain.ts';
import type { Reference } from './reference.ts';

export interface BenchRow {
  readonly name: string;
  /** Processor seconds of the best run. */
  readonly seconds: number;
  /** For a probe of 384 channels (and SY) at 30 kHz; undefined for the calibration. */
  readonly timesRealTime?: number;
  /** int16 data in, 10^6 bytes; undefined for the calibration. */
  readonly megabytesPerSecond?: number;
  /** 10^9 floating-point operations; calibration only. */
  readonly gigaflops?: number;
}

const COLUMNS = 385;
const NEURAL = 384;
const RATE = 30000;
/** Column 191 is a reference site, as on real 1.0 probes. */
const USED = Array.from({ length: NEURAL }, (_, column) => column !== 191);
const USED_COLUMNS = [...USED.keys()].filter((column) => USED[column]);

const muxRow = (column: number) => (column >> 1) % 12;
const shift = { rows: Array.from({ length: NEURAL }, (_, column) => muxRow(column) || -1), divisor: 13 };
const band = { order: 12, high: 300, low: 9000 };

/** Sites of a 1.0 probe in um. */
const site = (column: number) => ({ x: (column & 1) * 32 + ((column >> 1) & 1) * 16, z: (column >> 1) * 20 });
const distance = (a: number, b: number) => Math.hypot(site(a).x - site(b).x, site(a).z - site(b).z);

const references: Record<'gblcar' | 'gbldmx' | 'loccar', Reference> = {
  gblcar: { kind: 'gblcar', sets: [USED_COLUMNS] },
  gbldmx: { kind: 'gbldmx', sets: Array.from({ length: 12 }, (_, row) => USED_COLUMNS.filter((column) => muxRow(column) === row)) },
  loccar: {
    kind: 'loccar',
    neighbours: USED.map((used, column) => (used ? USED_COLUMNS.filter((other) => distance(other, column) > 40 && distance(other, column) <= 160) : [])),
  },
};

/** Noise of about 9 counts rms with some common to all columns. */
function recording(): Int16Array {
  const samples = new Int16Array(FFT_POINTS * COLUMNS);
  let state = 1;
  for (let row = 0, i = 0; row < FFT_POINTS; row++) {
    const common = Math.round(10 * Math.sin(row / 3));
    for (let column = 0; column < COLUMNS; column++, i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      samples[i] = common + (state >> 27);
    }
  }
  return samples;
}

/** Processor seconds of the best of `runs` runs; `prepare` is not counted. */
function best(runs: number, run: () => void, prepare: () => void = () => undefined): number {
  let least = Infinity;
  for (let i = 0; i < runs; i++) {
    prepare();
    const before = process.cpuUsage();
    run();
    const used = process.cpuUsage(before);
    least = Math.min(least, (used.user + used.system) / 1e6);
  }
  return least;
}

/** Runs every kernel for about ten seconds in all. */
export function benchKernels(runs = 12): BenchRow[] {
  const samples = recording();
  const rows: BenchRow[] = [calibration(runs)];
  const measure = (name: string, sampleRows: number, run: () => void, prepare?: () => void) => {
    const seconds = best(runs, run, prepare);
    rows.push({ name, seconds, timesRealTime: sampleRows / RATE / seconds, megabytesPerSecond: (sampleRows * COLUMNS * 2) / 1e6 / seconds });
  };
  const chainOf = (changes: Partial<ChainSpec>): Chain => createChain({
    columns: COLUMNS, neural: NEURAL, rate: RATE, shift: null, band: null, reference: null, used: USED, numerics: 'native', ...changes,
  });

  const still = chainOf({});
  const fill = (chain: Chain) => () => chain.input.set(samples);
  fill(still)();
  measure('regroup', FFT_POINTS, () => still.transform(FFT_MARGIN, FFT_MIDDLE));
  measure('detection scan', FFT_MIDDLE, () => still.loudRows(170));
  measure('interleave', FFT_MIDDLE, () => still.interleave());
  for (const [name, reference] of Object.entries(references)) {
    const chain = chainOf({ reference });
    measure(`${name} and interleave`, FFT_MIDDLE, () => { chain.applyReference(); chain.interleave(); }, () => {
      fill(chain)();
      chain.transform(FFT_MARGIN, FFT_MIDDLE);
    });
  }

  const filtering = chainOf({ shift, band });
  measure('tshift, Butterworth', FFT_MIDDLE, () => { filtering.transform(FFT_MARGIN, FFT_MIDDLE); filtering.interleave(); }, fill(filtering));
  const whole = chainOf({ shift, band, reference: references.gblcar });
  measure('tshift, Butterworth, scan, gblcar', FFT_MIDDLE, () => {
    whole.transform(FFT_MARGIN, FFT_MIDDLE);
    whole.loudRows(170);
    whole.applyReference();
    whole.interleave();
  }, fill(whole));

  const biquad = createBiquad({ columns: COLUMNS, neural: NEURAL, rate: RATE, maxInt: 512, high: 300, low: 9000 });
  const copy = samples.slice();
  measure('biquad, two sections', FFT_POINTS, () => biquad.run(copy, FFT_POINTS), () => copy.set(samples));
  return rows;
}

function calibration(runs: number): BenchRow {
  const { kernels } = loadKernels(0);
  const rounds = 1e6;
  const operationsPerRound = 128;
  const seconds = best(runs, () => kernels.calibrate(rounds));
  return { name: 'calibration', seconds, gigaflops: (rounds * operationsPerRound) / 1e9 / seconds };
}
