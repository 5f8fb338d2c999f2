import { describe, expect, it } from 'vitest';
import { anchorMap } from '../../../../core/engines/tprime/anchorMap.ts';
import { exactAnchors } from '../../../../core/engines/tprime/exactMap.ts';
import { matchEdges, syncReport, type MatchInput } from '../../../../core/engines/tprime/index.ts';

const edges = (...times: number[]) => Float64Array.from(times);
const pulses = (count: number, rate: number, start = 0.3) => Float64Array.from({ length: count }, (_, pulse) => start + pulse * rate);

function map(input: MatchInput, times: number[]): number[] {
  const mapped = Float64Array.from(times);
  anchorMap(exactAnchors(matchEdges(input), input.starts))(mapped);
  return Array.from(mapped);
}

describe('pairs of edges', () => {
  it('follow a clock that drifts by more than half a period in all', () => {
    const [from, to] = [pulses(20_000, 1 + 50e-6), pulses(20_000, 1)];
    const match = matchEdges({ period: 1, from, to });
    expect(match.from).toEqual(from);
    expect(match.to).toEqual(to);
  });

  it('leave out what only one of the streams has', () => {
    const all = pulses(100, 1);
    const from = [...all].filter((_, pulse) => pulse !== 40).concat(50.77).sort((a, b) => a - b);
    const to = all.filter((_, pulse) => pulse !== 60);
    const match = matchEdges({ period: 1, from: Float64Array.from(from), to });
    expect(match.from.length).toBe(98);
    expect(match.from).toEqual(match.to);
    expect([...match.missing]).toEqual([all[40]]);
    expect([...match.extra]).toEqual([50.77, all[60]]);
  });

  it('are found though the first edges are noise', () => {
    const to = pulses(50, 1);
    const from = Float64Array.from([0.01, 0.02, 0.11, ...to]);
    expect(matchEdges({ period: 1, from, to }).from).toEqual(to);
  });

  it('are found again behind a jump of one clock', () => {
    const to = pulses(100, 1);
    const from = to.map((time, pulse) => (pulse < 50 ? time : time + 0.2));
    const match = matchEdges({ period: 1, from, to });
    expect(match.from.length).toBe(95); // five misses in a row, then the lag is estimated anew
  });

  it('do not exist between streams that share no pulse', () => {
    expect(matchEdges({ period: 1, from: edges(0.1), to: edges(100) }).from.length).toBe(0);
  });
});

describe('the exact mapping', () => {
  it('uses the pulse itself where the native tool would use the one before and a nominal period', () => {
    // At 1.55 the other stream has not seen the pulse of 1.5 yet: it comes at 1.604 there.
    expect(map({ period: 1, from: edges(0.5, 1.5), to: edges(0.6, 1.604) }, [1.55])).toEqual([1.604 + (1.55 - 1.5)]);
  });

  it('does not depend on the order of events', () => {
    const input = { period: 1, from: pulses(50, 1.0001), to: pulses(50, 1) };
    const times = Array.from({ length: 200 }, (_, i) => (i * 7919 % 200) / 4);
    const sorted = [...times].sort((a, b) => a - b);
    const bySorted = new Map(map(input, sorted).map((mapped, i) => [sorted[i], mapped]));
    expect(map(input, times)).toEqual(times.map((time) => bySorted.get(time)));
  });

  it('is wrong by the clock difference over the time since the edge', () => {
    const input = { period: 1, from: pulses(100, 1 + 20e-6), to: pulses(100, 1) };
    const truth = (time: number) => 0.3 + (time - 0.3) / (1 + 20e-6);
    const times = [10.2, 50.9, 90.3];
    const errors = map(input, times).map((mapped, i) => Math.abs(mapped - truth(times[i])));
    expect(Math.max(...errors)).toBeLessThan(20.1e-6);
    expect(Math.max(...errors)).toBeGreaterThan(5e-6);
  });

  it('keeps the components of a joined file apart', () => {
    const input = {
      period: 1,
      from: edges(8.5, 9.5, 10.9, 11.9),
      to: edges(8.6, 9.6, 11.0, 12.0),
      starts: { from: edges(0, 10.2), to: edges(0, 10.3) },
    };
    const [before, early, late] = map(input, [9.7, 10.3, 11.2]);
    expect([before, early, late]).toEqual([9.6 + (9.7 - 9.5), 11 + (10.3 - 10.9), 11 + (11.2 - 10.9)]);
  });

  it('falls back to the start of a component that has no edges', () => {
    const input = { period: 1, from: edges(8.5, 9.5), to: edges(8.6, 9.6), starts: { from: edges(0, 10.2), to: edges(0, 10.3) } };
    expect(map(input, [10.5])).toEqual([10.3 + (10.5 - 10.2)]);
  });
});

describe('the sync report', () => {
  it('tells the difference of the clocks and the error at each edge', () => {
    const match = matchEdges({ period: 1, from: pulses(1000, 1 + 20e-6), to: pulses(1000, 1) });
    const report = syncReport(match);
    expect(report.used).toBe(1000);
    expect(report.ppm).toBeCloseTo(20, 6);
    expect(report.residuals.length).toBe(999);
    expect(report.mean).toBeCloseTo(20e-6, 12);
    expect(report.max).toBeCloseTo(20e-6, 12);
    expect(report.sd).toBeLessThan(1e-12);
    expect(report.times[0]).toBe(1.3);
    expect(report).not.toHaveProperty('interpolation');
  });

  it('is undefined, not zero, where there is nothing to tell it from', () => {
    const report = syncReport(matchEdges({ period: 1, from: edges(1), to: edges(1) }));
    expect(report).toMatchObject({ used: 1, ppm: Number.NaN, mean: Number.NaN, sd: Number.NaN, max: Number.NaN });
  });
});
