/** From the files of one stream to contiguous stretches of samples and the gaps between them. */
import { readFileSync } from 'node:fs';
import { readStreamMeta, type StreamMeta } from './meta.ts';

/** Contiguous samples, time-major, or a gap to be filled with `length` samples (perhaps none). */
export type Part =
  | { readonly kind: 'data'; readonly samples: Int16Array; readonly length: number }
  | { readonly kind: 'fill'; readonly length: number };

export interface Joined {
  readonly meta: StreamMeta;
  readonly parts: readonly Part[];
  /** The sample limit was reached within a gap. */
  readonly endsInGap: boolean;
}

export interface JoinOptions {
  readonly trimmedSamples: readonly number[];
  readonly zeroFillMaxMs?: number;
  readonly startSecs?: number;
  readonly maxSecs?: number;
}

/** Samples left to each stream of one gate and trigger once all are cut to the shortest span. */
export function oracleTrim(metaPaths: readonly string[]): number[] {
  const metas = metaPaths.map(readStreamMeta);
  if (metas.some(({ values }) => values.has('svySegStartSecs'))) return metas.map(({ samples }) => samples);
  const shortest = metas.reduce((a, b) => (b.samples / b.rate < a.samples / a.rate ? b : a));
  const span = shortest.samples / shortest.rate;
  return metas.map(({ samples, rate }) => Math.min(samples, Math.round(span * rate)));
}

export function joinFiles(files: readonly { bin: string; meta: string }[], options: JoinOptions): Joined {
  const metas = files.map(({ meta }) => readStreamMeta(meta));
  const { rate, columns } = metas[0];
  const limit = options.maxSecs ? Math.trunc(options.maxSecs * rate) : Infinity;
  const longestFill = options.zeroFillMaxMs === undefined ? Infinity : Math.trunc(0.001 * options.zeroFillMaxMs * rate);
  const pieces: ({ fill: number } | { data: Int16Array })[] = [];
  let total = 0;
  let endsInGap = false;

  for (let f = 0; f < files.length && total < limit; f++) {
    const gap = f === 0 ? 0 : metas[f].firstSample - (metas[f - 1].firstSample + options.trimmedSamples[f - 1]);
    if (gap > 0) {
      const fill = Math.min(gap, longestFill, limit - total);
      pieces.push({ fill });
      total += fill;
      endsInGap = total >= limit;
    }
    const skip = f === 0 ? Math.trunc(Math.max(options.startSecs ?? 0, 0) * rate) : Math.max(-gap, 0);
    const count = Math.min(options.trimmedSamples[f] - skip, limit - total);
    if (count < 1) continue;
    pieces.push({ data: readSamples(files[f].bin, columns, skip, count) });
    total += count;
  }
  return { meta: metas[0], parts: mergeContiguous(pieces, columns), endsInGap };
}

function mergeContiguous(pieces: readonly ({ fill: number } | { data: Int16Array })[], columns: number): Part[] {
  const parts: Part[] = [];
  let run: Int16Array[] = [];
  const endRun = (): void => {
    if (run.length === 0) return;
    const samples = concatenate(run);
    parts.push({ kind: 'data', samples, length: samples.length / columns });
    run = [];
  };
  for (const piece of pieces) {
    if ('data' in piece) {
      run.push(piece.data);
    } else {
      endRun();
      parts.push({ kind: 'fill', length: piece.fill });
    }
  }
  endRun();
  return parts;
}

export function concatenate(arrays: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

function readSamples(path: string, columns: number, skip: number, count: number): Int16Array {
  const bytes = readFileSync(path).subarray(2 * columns * skip, 2 * columns * (skip + count));
  return new Int16Array(Uint8Array.from(bytes).buffer);
}
