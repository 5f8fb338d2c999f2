// Detection pre-scan and common average references against the obvious loops.

import { describe, expect, it } from 'vitest';
import { createChain, FFT_POINTS, type ChainSpec, type Reference } from '../../../core/signal/index.ts';
import { fillBlock, noise, railing, specOf } from './blocks.ts';
import { randomNumbers } from './oracle.ts';

const wrap16 = (value: number) => (value << 16) >> 16;
const clip16 = (value: number) => Math.max(-32768, Math.min(32767, value));

/** One row of `neural` values with the reference taken the slow way. */
function referenced(row: readonly number[], reference: Reference, numerics: 'native' | 'exact'): number[] {
  const fit = numerics === 'native' ? wrap16 : clip16;
  const result = [...row];
  const subtract = (column: number, what: number) => { result[column] = fit(row[column] - what); };
  const mean = (columns: readonly number[]) => Math.trunc(columns.reduce((sum, column) => sum + row[column], 0) / columns.length);
  if (reference.kind === 'loccar') {
    reference.neighbours.forEach((near, column) => { if (near.length) subtract(column, mean(near)); });
    return result;
  }
  for (const set of reference.sets) {
    if (set.length === 0 || (reference.kind === 'gbldmx' && set.length === 1)) continue;
    const sorted = set.map((column) => row[column]).sort((a, b) => a - b);
    const what = reference.kind === 'gblcar' ? sorted[set.length >> 1] : mean(set);
    for (const column of set) subtract(column, what);
  }
  return result;
}

function expectLikeLoops(spec: ChainSpec, signals: readonly ((t: number) => number)[], rows: number): void {
  const reference = spec.reference!;
  const chain = createChain(spec);
  const block = fillBlock(chain, spec, signals, 100 + rows);
  chain.transform(100, rows);
  chain.applyReference();
  const result = chain.interleave();
  for (let t = 0; t < rows; t++) {
    const input = Array.from(block.subarray((100 + t) * spec.columns, (101 + t) * spec.columns));
    const wanted = [...referenced(input.slice(0, spec.neural), reference, spec.numerics), ...input.slice(spec.neural)];
    const row = Array.from(result.subarray(t * spec.columns, (t + 1) * spec.columns));
    if (row.some((value, column) => value !== wanted[column])) expect({ t, row }).toEqual({ t, row: wanted });
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const common = (t: number) => 40 * Math.sin(t / 3) + (t % 700 === 0 ? 3000 : 0);
const withCommon = (seed: number, rms: number) => {
  const own = noise(seed, rms);
  return (t: number) => own() + common(t);
};
const wild = (seed: number) => {
  const random = randomNumbers(seed);
  return () => Math.floor(random() * 65536) - 32768;
};

const references: Record<string, (neural: number) => Reference> = {
  'one median': (n) => ({ kind: 'gblcar', sets: [range(0, n).filter((c) => c !== 7)] }),
  'a median a shank': (n) => ({ kind: 'gblcar', sets: [range(0, n >> 1), [], range(n >> 1, n - 1), [n - 1]] }),
  'means over mux rows': (n) => ({ kind: 'gbldmx', sets: [...range(0, 12).map((g) => range(0, n - 1).filter((c) => (c >> 1) % 12 === g)), [n - 1]] }),
  'means of neighbours': (n) => ({
    kind: 'loccar',
    neighbours: range(0, n).map((c) => (c === 3 ? [] : range(0, n).filter((o) => o !== 3 && Math.abs(o - c) > 1 && Math.abs(o - c) <= 5 + (c % 3)))),
  }),
};

describe.each(Object.keys(references))('%s', (name) => {
  it.each([[41, 'native'], [41, 'exact'], [6, 'native'], [64, 'native']] as const)('of %i columns, %s', (neural, numerics) => {
    const reference = references[name](neural);
    const spec = specOf(neural, { columns: neural + 2, reference, numerics });
    expectLikeLoops(spec, range(0, 16).map((c) => withCommon(c, 10)), 701);
  });

  it.each(['native', 'exact'] as const)('of values all over int16, %s', (numerics) => {
    const spec = specOf(50, { reference: references[name](50), numerics });
    expectLikeLoops(spec, [wild(1)], 400);
  });

  it('of values at the ends of int16', () => {
    const spec = specOf(20, { reference: references[name](20) });
    expectLikeLoops(spec, [(t) => (t % 16 < 8 ? -32768 : 32767), () => -32768, (t) => (t % 32 < 8 ? 32767 : -32767)], 64);
  });
});

it('means over more than 511 columns are exact too', () => {
  const neural = 600;
  const spec = specOf(neural, { reference: { kind: 'gbldmx', sets: [range(0, neural)] } });
  expectLikeLoops(spec, [() => 32767, wild(2), () => 32766], 40);
});

it('taking the reference is optional', () => {
  const spec = specOf(8, { reference: { kind: 'gblcar', sets: [range(0, 8)] } });
  const chain = createChain(spec);
  const block = fillBlock(chain, spec, [noise(3, 100)]);
  chain.transform(0, 50);
  expect(chain.interleave()).toEqual(block.subarray(0, 50 * 9));
});

describe('loud rows', () => {
  const spec = specOf(19, { used: range(0, 19).map((c) => c !== 4) });
  const chain = createChain(spec);
  const block = fillBlock(chain, spec, [...range(0, 18).map((c) => noise(c, 40)), railing(5)], 3200);
  const sizes = range(0, 3000).map((t) => Math.max(...range(0, 19).map((c) => (c === 4 ? 0 : Math.abs(block[(200 + t) * 20 + c])))));

  it.each([1, 150, 150.5, 8192, 8193, 40000, 0])('reach a threshold of %d', (threshold) => {
    chain.transform(200, 3000);
    const wanted = range(0, 3000).filter((t) => sizes[t] >= threshold);
    expect(Array.from(chain.loudRows(threshold))).toEqual(wanted);
  });

  it('see -32768', () => {
    chain.input.fill(0);
    chain.input[10 * 20 + 3] = -32768;
    chain.transform(0, FFT_POINTS);
    expect(Array.from(chain.loudRows(32768))).toEqual([10]);
  });
});
