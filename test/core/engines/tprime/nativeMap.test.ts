import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeMap, type NativeMapInput } from '../../../../core/engines/tprime/nativeMap.ts';

function map(input: NativeMapInput, ...times: number[]): number[] {
  const mapped = Float64Array.from(times);
  nativeMap(input)(mapped);
  return Array.from(mapped);
}

/** The rule written down naively, for ascending times. */
function byTheRule({ period, from, to }: NativeMapInput, time: number): number {
  const before = (edges: Float64Array) => Array.from(edges).findLast((edge) => edge <= time) ?? edges[0];
  const base = before(from);
  let other = before(to);
  while (other - base > period / 2) other -= period;
  while (base - other > period / 2) other += period;
  return other + (time - base);
}

const edges = (...times: number[]) => Float64Array.from(times);

describe('the native mapping', () => {
  it('keeps the distance from the preceding edge', () => {
    const input = { period: 1, from: edges(0.5, 1.5, 2.5), to: edges(0.6, 1.61, 2.62) };
    expect(map(input, 0.7, 1.7, 2.7)).toEqual([0.6 + (0.7 - 0.5), 1.61 + (1.7 - 1.5), 2.62 + (2.7 - 2.5)]);
  });

  it('extrapolates with slope 1 before the first and behind the last edge', () => {
    const input = { period: 1, from: edges(0.5, 1.5), to: edges(0.6, 1.61) };
    expect(map(input, 0.1, 5.5)).toEqual([0.6 + (0.1 - 0.5), 1.61 + (5.5 - 1.5)]);
  });

  it('moves by a nominal period where the other stream has seen the pulse later or earlier than the event', () => {
    // The event at 1.55 follows the edges at 1.5 and, in the other stream, at 0.6: the one at 1.61 lies behind it.
    expect(map({ period: 1, from: edges(0.5, 1.5), to: edges(0.6, 1.61) }, 1.55)).toEqual([0.6 + 1 + (1.55 - 1.5)]);
  });

  it('never goes back: an early event uses the edges of the one before it', () => {
    const input = { period: 1, from: edges(0.5, 1.5, 2.5), to: edges(0.6, 1.61, 2.62) };
    expect(map(input, 2.7, 0.7)).toEqual([2.62 + (2.7 - 2.5), 2.62 + (0.7 - 2.5)]);
  });

  it('remembers where it was from block to block', () => {
    const input = { period: 1, from: edges(0.5, 1.5, 2.5), to: edges(0.6, 1.61, 2.62) };
    const mapTimes = nativeMap(input);
    const [first, second] = [edges(0.7, 1.7), edges(2.7)];
    mapTimes(first);
    mapTimes(second);
    expect([...first, ...second]).toEqual(map(input, 0.7, 1.7, 2.7));
  });

  it('gives what the rule gives, to the last bit, for clocks that drift and miss pulses', () => {
    const clock = fc.record({ start: fc.double({ min: 0, max: 1, noNaN: true }), rate: fc.double({ min: 0.9998, max: 1.0002, noNaN: true }), kept: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1 }) })
      .map(({ start, rate, kept }) => Float64Array.from(kept.sort((a, b) => a - b), (pulse) => start + pulse * rate));
    const times = fc.array(fc.double({ min: -2, max: 45, noNaN: true })).map((list) => list.sort((a, b) => a - b));
    fc.assert(fc.property(clock, clock, times, (from, to, list) => {
      const input = { period: 1, from, to };
      expect(map(input, ...list)).toEqual(list.map((time) => byTheRule(input, time)));
    }));
  });

  it('ends even if the edges lie absurdly far apart', () => {
    const [mapped] = map({ period: 0.001, from: edges(1e12), to: edges(0) }, 1e12);
    expect(Math.abs(mapped - 1e12)).toBeLessThan(0.001);
  });

  // NI edges mapped to imec0 by TPrime 1.9.
  it('gives the numbers of the native tool', () => {
    const input = { period: 1, from: edges(0.313718, 1.313673, 2.313668), to: edges(0.313733, 1.31373, 2.313728) };
    expect(map(input, 0.042395, 0.08793, 0.247309).map((time) => time.toFixed(6))).toEqual(['0.042410', '0.087945', '0.247324']);
  });
});

describe('the native mapping of joined files', () => {
  // Two components; the second starts at 10.2 s in one stream and at 10.3 s in the other, and its pulses have another phase.
  const joined = {
    period: 1,
    from: edges(8.5, 9.5, 10.9, 11.9),
    to: edges(8.6, 9.6, 11.0, 12.0),
    starts: { from: edges(0, 10.2), to: edges(0, 10.3) },
  };

  it('uses the next edge of the same component, moved back, instead of one of the component before', () => {
    const base = 10.9 - 1;
    const other = 11.0 - 1;
    expect(map(joined, 10.5)).toEqual([other + (10.5 - base)]);
  });

  it('needs that for no other event', () => {
    expect(map(joined, 9.7, 11.2)).toEqual(map({ ...joined, starts: undefined }, 9.7, 11.2));
  });

  it('keeps the old edge where the component has none', () => {
    const input = { ...joined, from: edges(8.5, 9.5), to: edges(8.6, 9.6) };
    expect(map(input, 10.5)).toEqual(map({ ...input, starts: undefined }, 10.5));
  });
});
