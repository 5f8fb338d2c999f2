// Delay and band-pass of a block against a double-precision transform.

import { describe, expect, it } from 'vitest';
import { butterworthGain, createChain, FFT_MARGIN, FFT_POINTS, type ChainSpec } from '../../../core/signal/index.ts';
import { columnOf, differences, drifting, fillBlock, muxRows, noise, railing, specOf } from './blocks.ts';
import { filterColumn, saturate, wrap } from './oracle.ts';

const shift = (columns: number) => ({ rows: muxRows(columns), divisor: 13 });
const apBand = { order: 12, high: 300, low: 9000 };

/** The block by the rules of the specification, column by column. */
function expected(spec: ChainSpec, block: Int16Array, column: number): number[] {
  const values = columnOf(block, spec.columns, column);
  const row = spec.shift?.rows[column] ?? 0;
  if (!spec.band && row === 0) return values;
  const gain = butterworthGain(spec.band, spec.rate);
  const filtered = filterColumn(values, row / (spec.shift?.divisor ?? 1), (bin) => gain[bin]);
  return Array.from(filtered, spec.numerics === 'native' ? wrap : saturate);
}

function worstColumn(spec: ChainSpec, signals: readonly ((t: number) => number)[], variant: 'best' | 'plain' = 'best') {
  const chain = createChain(spec, variant);
  const block = fillBlock(chain, spec, signals);
  chain.transform(0, FFT_POINTS);
  const result = chain.interleave();
  const each = Array.from({ length: spec.neural }, (_, c) => differences(columnOf(result, spec.columns, c), expected(spec, block, c)));
  return { share: Math.max(...each.map((d) => d.share)), worst: Math.max(...each.map((d) => d.worst)) };
}

const fewOff = 0.0003;

describe.each(['best', 'plain'] as const)('the %s kernels', (variant) => {
  it('shift noise and drift like doubles do', () => {
    const signals = [noise(1, 8), noise(2, 20), noise(3, 12, 1500), drifting(4, 300), drifting(5, 300, -900), drifting(6, 800)];
    const { share, worst } = worstColumn(specOf(24, { shift: shift(24) }), signals, variant);
    expect(worst).toBeLessThanOrEqual(1);
    expect(share).toBeLessThan(fewOff);
  });

  it('filter with the advanced row 0 of the native tool', () => {
    const rows = muxRows(24).map((row) => row || -1);
    const signals = [noise(7, 8), drifting(8, 500, 1200), railing(9)];
    const { share, worst } = worstColumn(specOf(24, { shift: { rows, divisor: 13 }, band: apBand }), signals, variant);
    expect(worst).toBeLessThanOrEqual(1);
    expect(share).toBeLessThan(fewOff);
  });
});

describe('filters', () => {
  it('do without shift, without either corner', () => {
    const signals = [drifting(10, 300), noise(11, 9)];
    for (const band of [{ order: 3, high: 0, low: 300 }, { order: 2, high: 500, low: 0 }]) {
      const { share, worst } = worstColumn(specOf(5, { band }), signals);
      expect(worst).toBeLessThanOrEqual(1);
      expect(share).toBeLessThan(fewOff);
    }
  });

  it('round and saturate in exact numerics', () => {
    const spec = specOf(4, { shift: { rows: [6, 6, 6, 6], divisor: 13 }, numerics: 'exact' });
    const steps = (t: number) => (t % 100 < 50 ? 32767 : -32768);
    const { share, worst } = worstColumn(spec, [steps, noise(12, 10)]);
    expect(worst).toBeLessThanOrEqual(1);
    // At 10^5 times the usual power single precision shows.
    expect(share).toBeLessThan(0.01);
  });

  it('wrap beyond int16 in native numerics', () => {
    const spec = specOf(2, { shift: { rows: [6, 6], divisor: 13 } });
    const chain = createChain(spec);
    const block = fillBlock(chain, spec, [(t) => (t % 100 < 50 ? 32767 : -32768)]);
    chain.transform(0, FFT_POINTS);
    const result = columnOf(chain.interleave(), 3, 0);
    const smooth = filterColumn(columnOf(block, 3, 0), 6 / 13, () => 1);
    const overshoot = smooth.findIndex((value) => value > 40000);
    expect(overshoot).toBeGreaterThan(0);
    expect(Math.abs(result[overshoot] - (Math.trunc(smooth[overshoot]) - 65536))).toBeLessThanOrEqual(1);
  });

  it('leave row 0 untouched when only shifting, whatever its values', () => {
    const spec = specOf(24, { shift: shift(24) });
    const chain = createChain(spec);
    const block = fillBlock(chain, spec, [railing(13)]);
    chain.transform(0, FFT_POINTS);
    const result = chain.interleave();
    for (const column of [0, 1]) expect(columnOf(result, 25, column)).toEqual(columnOf(block, 25, column));
  });

  it('keep constant columns constant beside loud partners', () => {
    const spec = specOf(24, { shift: shift(24) });
    const chain = createChain(spec);
    fillBlock(chain, spec, [railing(14), () => 77, () => -513, drifting(15, 2000)]);
    chain.transform(0, FFT_POINTS);
    const result = chain.interleave();
    for (let column = 1; column < 24; column += 4) {
      expect(new Set(columnOf(result, 25, column))).toEqual(new Set([77]));
      expect(new Set(columnOf(result, 25, column + 1))).toEqual(new Set([-513]));
    }
  });

  it('turn constant columns into zeros behind a high-pass', () => {
    const spec = specOf(6, { shift: shift(6), band: apBand });
    const chain = createChain(spec);
    fillBlock(chain, spec, [() => 900, railing(16)]);
    chain.transform(0, FFT_POINTS);
    expect(new Set(columnOf(chain.interleave(), 7, 0))).toEqual(new Set([0]));
  });
});

describe('blocks', () => {
  it('give their working rows in place of the input rows, other columns kept', () => {
    const spec = specOf(13, { columns: 16, shift: shift(13), band: apBand });
    const [chain, whole] = [createChain(spec), createChain(spec)];
    const signals = () => [noise(17, 30), drifting(18, 100)];
    const block = fillBlock(chain, spec, signals());
    fillBlock(whole, spec, signals());
    whole.transform(0, FFT_POINTS);
    const all = whole.interleave();
    chain.transform(FFT_MARGIN, 1003);
    expect(Array.from(chain.workingRow(7))).toEqual(Array.from(all.subarray(507 * 16, 507 * 16 + 13)));
    expect(chain.value(1002, 12)).toBe(all[1502 * 16 + 12]);
    const part = chain.interleave();
    expect(part.length).toBe(1003 * 16);
    expect(part).toEqual(all.subarray(FFT_MARGIN * 16, (FFT_MARGIN + 1003) * 16));
    expect(part[15]).toBe(block[FFT_MARGIN * 16 + 15]);
  });

  it('do not depend on the block before', () => {
    const spec = specOf(10, { shift: shift(10), band: apBand, reference: { kind: 'gblcar', sets: [[0, 1, 2, 3, 5, 8]] } });
    const run = (chain: ReturnType<typeof createChain>, seed: number) => {
      fillBlock(chain, spec, [noise(seed, 25), drifting(seed + 1, 400, 30)]);
      chain.transform(FFT_MARGIN, 20000);
      chain.applyReference();
      return chain.interleave().slice();
    };
    const reused = createChain(spec);
    fillBlock(reused, spec, [railing(20)]);
    reused.transform(0, FFT_POINTS);
    reused.applyReference();
    reused.interleave();
    expect(run(reused, 21)).toEqual(run(createChain(spec), 21));
  });

  it('pass unchanged through a chain without filters', () => {
    const spec = specOf(9);
    const chain = createChain(spec);
    const block = fillBlock(chain, spec, [noise(22, 5000)]);
    chain.transform(3, 77);
    expect(chain.interleave()).toEqual(block.subarray(30, 30 + 770));
  });

  it('without neural columns pass unchanged', () => {
    const spec = specOf(0, { columns: 9 });
    const chain = createChain(spec);
    const block = fillBlock(chain, spec, []);
    chain.transform(FFT_MARGIN, 100);
    expect(chain.loudRows(1).length).toBe(0);
    expect(chain.interleave()).toEqual(block.subarray(FFT_MARGIN * 9, (FFT_MARGIN + 100) * 9));
  });

  it('are refused when rows lie outside', () => {
    expect(() => createChain(specOf(1)).transform(FFT_MARGIN, FFT_POINTS)).toThrow(RangeError);
  });
});

it('plain and relaxed kernels differ by one count at most', () => {
  const spec = specOf(24, { shift: shift(24), band: apBand });
  const [best, plain] = (['best', 'plain'] as const).map((variant) => {
    const chain = createChain(spec, variant);
    fillBlock(chain, spec, [railing(23), drifting(24, 300, 500), noise(25, 10)]);
    chain.transform(0, FFT_POINTS);
    return chain.interleave();
  });
  const { share, worst } = differences(best, plain);
  expect(worst).toBeLessThanOrEqual(1);
  expect(share).toBeLessThan(fewOff);
});
