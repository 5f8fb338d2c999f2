// The filter and reference that are computed while looking at raw data: CatGT's alignment of the converters, its usual
// band (butter,12,300,10000), and the median over all used sites (gblcar).

import { FFT_MARGIN, FFT_MIDDLE, FFT_POINTS, type Chain, type ChainSpec, createChain } from '../../signal/index.ts';
import { findProbeFacts, geometry, type Meta, muxRow, openBin, type StreamFacts, tshiftDivisor } from '../../spikeglx/index.ts';

export type LiveSpec = ChainSpec;

const usualBand = { order: 12, high: 300, low: 10000 };

/** Of a probe that is not in the table the converters' order is unknown: its channels are not aligned. */
export function liveSpec(meta: Meta, facts: StreamFacts, car: boolean): LiveSpec {
  const { columns, neural, rate, channels } = facts;
  const probe = findProbeFacts(meta);
  const used = usedSites(meta, neural);
  const sets = [Array.from(used.keys()).filter((column) => used[column])];
  return {
    columns, neural, rate, used, numerics: 'exact',
    shift: probe ? { rows: channels.slice(0, neural).map((channel) => muxRow(probe, channel)), divisor: tshiftDivisor(probe, 'ap') } : null,
    band: usualBand,
    reference: car ? { kind: 'gblcar', sets } : null,
  };
}

function usedSites(meta: Meta, neural: number): boolean[] {
  try {
    return geometry(meta).sites.map((site) => site.used);
  } catch {
    return Array<boolean>(neural).fill(true);
  }
}

/** A thread keeps the last chain it made: making one costs as much as using it for a second of data. */
let kept: { readonly key: string; readonly chain: Chain } | undefined;

function chainFor(key: string, spec: LiveSpec): Chain {
  if (kept?.key !== key) {
    kept = undefined;
    kept = { key, chain: createChain(spec) };
  }
  return kept.chain;
}

/** Hands on the rows [from, to) of a file, filtered, block by block: `take(rows, first row)`. */
export function filteredRows(key: string, spec: LiveSpec, file: string, from: number, to: number, take: (rows: Int16Array, first: number) => void): void {
  const { columns } = spec;
  const chain = chainFor(key, spec);
  const bin = openBin(file, columns);
  try {
    for (let first = from; first < to; first += FFT_MIDDLE) {
      const count = Math.min(FFT_MIDDLE, to - first);
      const start = Math.max(0, first - FFT_MARGIN);
      const before = FFT_MARGIN - (first - start);
      const got = bin.read(start, FFT_POINTS - before, chain.input.subarray(before * columns));
      repeat(chain.input, columns, before, 0, before);
      repeat(chain.input, columns, before + got - 1, before + got, FFT_POINTS);
      chain.transform(FFT_MARGIN, count);
      chain.applyReference();
      take(chain.interleave(), first);
    }
  } finally {
    bin.close();
  }
}

/** What lies beyond the ends of a file is its first and last sample. */
function repeat(samples: Int16Array, columns: number, row: number, from: number, to: number): void {
  for (let at = from; at < to; at++) samples.copyWithin(at * columns, row * columns, (row + 1) * columns);
}
