/** Pass 1 for one stream, from files to the samples, fills and edits of the output. */
import { biquad } from './biquad.ts';
import { filterColumn, type Butterworth, type ColumnFilter } from './blocks.ts';
import { subtractReference, type CarOptions } from './car.ts';
import { toCount, type Numerics } from './count.ts';
import { applyEdits, editsOf, gfixDetector, type Edit, type GfixOptions } from './gfix.ts';
import { concatenate, joinFiles, type Joined, type JoinOptions } from './join.ts';
import { usedFlags, type StreamMeta } from './meta.ts';
import { isInverted, muxRow, probeOf, tshiftDivisor, type Probe } from './probe.ts';
import type { Segment } from './pulses.ts';

export interface OracleJob extends JoinOptions {
  /** Existing files of one stream, in order of gate and trigger. */
  readonly files: readonly { bin: string; meta: string }[];
  /** Samples of each file left after trimming across streams: see oracleTrim. */
  readonly trimmedSamples: readonly number[];
  /** ap2lf: AP files in, LF samples out. */
  readonly kind: 'ap' | 'lf' | 'ap2lf';
  readonly tshift: boolean;
  readonly filter?: Butterworth & { readonly type: 'butter' | 'biquad' };
  readonly car?: CarOptions;
  readonly gfix?: GfixOptions;
  readonly lineFill: boolean;
  /** Acquisition channels kept out of references. */
  readonly exclude?: readonly number[];
  /** ap2lf: one sample in so many is kept; 12 when absent. */
  readonly downsample?: number;
  readonly numerics: Numerics;
}

export interface Fill {
  readonly start: number;
  readonly length: number;
}

export interface OracleResult {
  /** Time-major, [n][columns]. */
  readonly samples: Int16Array;
  readonly columns: number;
  readonly fills: Fill[];
  readonly edits: Edit[];
}

export function oracle(job: OracleJob): OracleResult {
  const joined = joinFiles(job.files, job);
  const { meta } = joined;
  const probe = probeOf(meta.values);
  const used = job.car || job.gfix ? usedFlags(meta, job.exclude ?? []) : [];
  const sign = isInverted(meta.values) ? -1 : 1;
  const timeDomain = timeDomainFilters(job, meta, probe, sign);
  const filters = columnFilters(job, meta, probe);
  const highPassed = job.filter?.type === 'biquad' && job.filter.high !== 0;
  const detector = job.gfix && gfixDetector(job.gfix, { meta, probe, used, tshift: job.tshift, highPassed });
  const step = job.kind === 'ap2lf' ? (job.downsample ?? 12) : 1;
  const pieces: Int16Array[] = [];
  const fills: Fill[] = [];
  let total = 0;
  let untilKept = 0;

  for (const part of joined.parts) {
    let piece: Int16Array;
    if (part.kind === 'fill') {
      const length = Math.floor((step - 1 - untilKept + part.length) / step);
      piece = new Int16Array(length * meta.columns);
      if (length > 0) fills.push({ start: total, length });
    } else {
      const input = columnsOf(part.samples, meta).map((read, c) => {
        const values = read.map(timeDomain[c]);
        // Natively the margin before a stretch holds the first sample as it was before any biquad.
        return { before: job.numerics === 'native' ? sign * read[0] : values[0], values };
      });
      const output = input.map((column, c) => filterColumn(column, filters[c], meta.rate, job.numerics));
      detector?.scan({ input, output, outStart: total });
      piece = interleave(part.samples, output, meta);
      if (job.car) subtractReference(piece, meta, probe, used, job.car, job.numerics);
      piece = everyNth(piece, meta.columns, step);
      untilKept = (step - (part.length % step)) % step;
    }
    pieces.push(piece);
    total += piece.length / meta.columns;
  }

  const samples = concatenate(pieces);
  if (job.lineFill && !(joined.endsInGap && job.numerics === 'native')) drawFills(samples, meta, fills, job.numerics);
  const edits = detector ? editsOf(detector.found.values(), total) : [];
  applyEdits(samples, meta, edits, job.lineFill, job.numerics);
  return { samples, columns: meta.columns, fills, edits };
}

/** One column as extractors see it: unfiltered, at its place in the output, without the fills. */
export function oracleSegments(job: Pick<OracleJob, 'files'> & JoinOptions, column: number): Segment[] {
  const joined: Joined = joinFiles(job.files, job);
  const segments: Segment[] = [];
  let start = 0;
  for (const part of joined.parts) {
    if (part.kind === 'data') {
      segments.push({ start, values: Int16Array.from({ length: part.length }, (_, i) => part.samples[i * joined.meta.columns + column]) });
    }
    start += part.length;
  }
  return segments;
}

/** Per neural column, what happens to a count before the Fourier stage; remembers over the whole stream. */
function timeDomainFilters(job: OracleJob, meta: StreamMeta, probe: Probe, sign: number): ((value: number) => number)[] {
  const { type, high = 0, low = 0 } = job.filter ?? {};
  return Array.from({ length: meta.neural }, () => {
    const highPass = type === 'biquad' && high !== 0 ? biquad('high', high, meta.rate, probe.maxInt) : undefined;
    const lowPass = type === 'biquad' && low !== 0 ? biquad('low', low, meta.rate, probe.maxInt) : undefined;
    return (value: number) => {
      const upright = sign * value;
      const high = highPass ? highPass.next(upright) : upright;
      return lowPass ? lowPass.next(high) : high;
    };
  });
}

/** native: with a Butterworth filter, multiplex row 0 is advanced by one step instead of left where it is. */
function columnFilters(job: OracleJob, meta: StreamMeta, probe: Probe): ColumnFilter[] {
  const band = job.filter?.type === 'butter' ? job.filter : undefined;
  const divisor = tshiftDivisor(probe, job.kind);
  return Array.from({ length: meta.neural }, (_, column) => {
    const row = muxRow(probe, meta.channels[column]);
    const steps = row === 0 && band && job.numerics === 'native' ? -1 : row;
    return { delay: job.tshift ? steps / divisor : 0, band };
  });
}

/** The fill draws a line from the sample before it to the sample after it; where nothing follows, it holds the former. */
function drawFills(samples: Int16Array, meta: StreamMeta, fills: readonly Fill[], numerics: Numerics): void {
  const first = numerics === 'native' ? 0 : 1;
  const valueAt = (sample: number, c: number): number | undefined => samples[sample * meta.columns + c];
  for (const { start, length } of fills) {
    for (let c = 0; c < meta.neural; c++) {
      const a = valueAt(start - 1, c) ?? 0;
      const b = valueAt(start + length, c) ?? a;
      for (let i = 0; i < length; i++) {
        samples[(start + i) * meta.columns + c] = toCount(a + ((i + first) / (length + 1)) * (b - a), numerics);
      }
    }
  }
}

function columnsOf(samples: Int16Array, meta: StreamMeta): Int16Array[] {
  return Array.from({ length: meta.neural }, (_, c) =>
    Int16Array.from({ length: samples.length / meta.columns }, (_, i) => samples[i * meta.columns + c]));
}

/** The samples with their neural columns replaced. */
function interleave(samples: Int16Array, neural: readonly Int16Array[], meta: StreamMeta): Int16Array {
  return samples.map((value, i) => (i % meta.columns < meta.neural ? neural[i % meta.columns][Math.floor(i / meta.columns)] : value));
}

function everyNth(samples: Int16Array, columns: number, step: number): Int16Array {
  return samples.filter((_, i) => Math.floor(i / columns) % step === 0);
}
