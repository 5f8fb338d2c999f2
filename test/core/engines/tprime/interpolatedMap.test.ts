import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorMap } from '../../../../core/engines/tprime/anchorMap.ts';
import { clockLines, type ClockLines } from '../../../../core/engines/tprime/clockLines.ts';
import { matchEdges, syncReport, type MatchInput } from '../../../../core/engines/tprime/index.ts';
import { interpolatedAnchors } from '../../../../core/engines/tprime/interpolatedMap.ts';
import { nativeMap } from '../../../../core/engines/tprime/nativeMap.ts';
import { type Clock, type ClockErrors, firstSampleFrom, makeClock } from '../../../../core/simulate/clock.ts';
import { oracleInterpolated } from '../../../oracle/index.ts';

const edges = (...times: number[]) => Float64Array.from(times);
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

const RATE = 30000;
const clock = (errors: Partial<ClockErrors>) => makeClock(RATE, { ppm: 0, wanderPpm: 0, wanderPeriodS: 600, startS: 0, ...errors });
/** What a file says when it takes the nominal rate for true. */
const toldBy = (own: Clock, time: number) => own.positionAt(time) / RATE;
const sampledBy = (own: Clock, time: number) => firstSampleFrom(own, time) / RATE;
const pulses = (count: number) => range(count).map((pulse) => 0.3 + pulse);

function interpolation(input: MatchInput): ClockLines {
  return clockLines(matchEdges(input));
}

function map(input: MatchInput, times: readonly number[]): number[] {
  const mapped = Float64Array.from(times);
  anchorMap(interpolatedAnchors(interpolation(input), input.starts))(mapped);
  return Array.from(mapped);
}

function native(input: MatchInput, times: readonly number[]): number[] {
  const mapped = Float64Array.from(times);
  nativeMap(input)(mapped);
  return Array.from(mapped);
}

/** Largest error of a mapping at true times, s. */
function worst(mapped: readonly number[], to: Clock, truth: readonly number[]): number {
  return Math.max(...mapped.map((time, i) => Math.abs(time - toldBy(to, truth[i]))));
}

describe('interpolation between edges', () => {
  const [from, to] = [clock({ ppm: 40, wanderPpm: 3 }), clock({ ppm: -15 })];
  const truth = range(2000).map((event) => 1 + event * 0.297);
  const events = truth.map((time) => toldBy(from, time));

  it('is wrong by less than a tenth of what the nearest edge gives, whether clocks drift or wander', () => {
    const input = { period: 1, from: Float64Array.from(pulses(600), (time) => toldBy(from, time)), to: Float64Array.from(pulses(600), (time) => toldBy(to, time)) };
    const nearest = worst(native(input, events), to, truth);
    expect(nearest).toBeGreaterThan(40e-6);
    expect(worst(map(input, events), to, truth)).toBeLessThan(nearest / 10);
  });

  it('is wrong by no more than a sample where the edges were sampled, and edges of a minute may be missing', () => {
    const seen = pulses(600).filter((time) => time < 200 || time > 260);
    const input = { period: 1, from: Float64Array.from(seen, (time) => sampledBy(from, time)), to: Float64Array.from(pulses(600), (time) => sampledBy(to, time)) };
    expect(worst(native(input, events), to, truth)).toBeGreaterThan(1e-3);
    // Over a minute a clock that wanders by 3 ppm leaves the line by some tens of microseconds.
    expect(worst(map(input, events), to, truth)).toBeLessThan(1 / RATE + 50e-6);
  });

  it('bridges edges that only one stream has, and goes by no stray ones', () => {
    const all = pulses(100);
    const fromEdges = [...all.filter((_, pulse) => pulse % 10 !== 3), 50.77].sort((a, b) => a - b);
    const input = { period: 1, from: Float64Array.from(fromEdges), to: Float64Array.from(all.filter((_, pulse) => pulse % 10 !== 6), (time) => time * (1 + 80e-6)) };
    range(400).map((event) => event / 4).forEach((time) => expect(map(input, [time])[0]).toBeCloseTo(time * (1 + 80e-6), 9));
  });

  it('leaves out an edge that lies off the line through the others', () => {
    const input = { period: 1, from: Float64Array.from(pulses(50), (time, pulse) => (pulse === 20 ? time - 0.003 : time)), to: Float64Array.from(pulses(50)) };
    const lines = interpolation(input);
    expect(Array.from(lines.offLine)).toEqual([20.3]);
    expect(lines.jumps).toEqual([]);
    expect(map(input, [20, 20.3, 20.6])).toEqual([20, 20.3, 20.6].map((time) => expect.closeTo(time, 12)));
  });

  it('goes on beyond the ends with the rate found there', () => {
    const own = clock({ wanderPpm: 20, wanderPeriodS: 4000 });
    const input = { period: 1, from: Float64Array.from(pulses(900), (time) => sampledBy(own, time)), to: Float64Array.from(pulses(900)) };
    const late = 960;
    // A minute past the last edge: by slope 1 the error is that of the clock then, 20 ppm of a minute.
    const [mapped] = map(input, [toldBy(own, late)]);
    expect(Math.abs(native(input, [toldBy(own, late)])[0] - late)).toBeGreaterThan(1e-3);
    expect(Math.abs(mapped - late)).toBeLessThan(1e-4);
  });

  it('bridges a gap that was filled with zeros as long as it lasted', () => {
    const kept = pulses(400).filter((time) => time < 100 || time > 300);
    const input = { period: 1, from: Float64Array.from(kept, (time) => sampledBy(from, time)), to: Float64Array.from(kept, (time) => sampledBy(to, time)) };
    expect(interpolation(input).jumps).toEqual([]);
    const inGap = [120, 200, 280];
    expect(worst(map(input, inGap.map((time) => toldBy(from, time))), to, inGap)).toBeLessThan(1e-3);
  });

  it('never bends across a jump of a clock', () => {
    // The from-stream has lost 40 ms at 100.5 s, within a gap without edges.
    const kept = pulses(200).filter((time) => time < 80 || time > 120);
    const input = { period: 1, from: Float64Array.from(kept, (time) => (time < 100.5 ? time : time - 0.04)), to: Float64Array.from(kept) };
    const { jumps } = interpolation(input);
    expect(jumps).toHaveLength(1);
    expect(jumps[0]).toMatchObject({ after: 79.3, seconds: expect.closeTo(0.04, 9) });
    expect(map(input, [79.9, 100.4])).toEqual([79.9, 100.4].map((time) => expect.closeTo(time, 9)));
    expect(map(input, [150])[0]).toBeCloseTo(150.04, 9);
  });
});

describe('few edges', () => {
  it('two give a line, one a distance', () => {
    expect(map({ period: 1, from: edges(0.5, 1.5), to: edges(0.75, 1.751) }, [0.25, 1, 2.5])).toEqual([0.49975, 1.2505, 2.752].map((time) => expect.closeTo(time, 9)));
    expect(map({ period: 1, from: edges(0.5), to: edges(0.75) }, [0.25, 2.5])).toEqual([0.5, 2.75]);
  });

  /** By two pairs of edges, whatever the matching would make of them. */
  function mapByTwo(from: Float64Array, to: Float64Array, times: readonly number[]): number[] {
    const mapped = Float64Array.from(times);
    anchorMap(interpolatedAnchors(clockLines({ from, to, component: new Uint32Array(2), extra: edges(), missing: edges() })))(mapped);
    return Array.from(mapped);
  }

  it('at one and the same time give no line', () => {
    expect(mapByTwo(edges(0.5, 0.5), edges(0.5, 0.502), [0.2, 0.5, 0.7])).toEqual([0.2, 0.502, 0.702].map((time) => expect.closeTo(time, 9)));
  });

  it('are not overtaken by the event just before them, which rounding would do', () => {
    const [first, second] = [0.10690590889002693, 1.8506907402277282];
    expect(mapByTwo(edges(first, second), edges(0.16076920829816255, 1.9054239903811196), [second - 2 ** -52])[0]).toBeLessThanOrEqual(1.9054239903811196);
  });
});

describe('joined files', () => {
  const joined = {
    period: 1,
    from: edges(8.5, 9.5, 10.9, 11.9),
    to: edges(8.6, 9.601, 11.0, 12.001),
    starts: { from: edges(0, 10.2), to: edges(0, 10.3) },
  };

  it('are interpolated by themselves: up to its start a part follows the edges before, from there on those behind', () => {
    const rate = 1.001;
    expect(map(joined, [9, 10.1, 10.3, 11.4])).toEqual([9.1005, 9.601 + 0.6 * rate, 11 - 0.6 * rate, 11.5005].map((time) => expect.closeTo(time, 9)));
    expect(interpolation(joined).jumps).toEqual([]);
  });

  it('fall back to the start of a part that has no edges, with the rate of the others', () => {
    const input = { ...joined, from: edges(8.5, 9.5), to: edges(8.6, 9.601) };
    expect(map(input, [11.2])[0]).toBeCloseTo(10.3 + 1.001, 9);
  });
});

describe('whatever the clocks and the edges', () => {
  const seen = fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }).map((list) => list.map((isSeen, pulse) => isSeen || pulse % 3 === 0));
  const jitter = fc.array(fc.double({ min: -5e-5, max: 5e-5, noNaN: true }), { minLength: 200, maxLength: 200 });
  const streams = fc.record({ rate: fc.double({ min: 0.9998, max: 1.0002, noNaN: true }), seen: fc.tuple(seen, seen), jitter });
  const events = fc.array(fc.double({ min: -20, max: 230, noNaN: true }), { maxLength: 100 });

  type Streams = typeof streams extends fc.Arbitrary<infer Made> ? Made : never;
  const inputOf = ({ rate, seen: [ofFrom, ofTo], jitter: noise }: Streams) => {
    const [from, to] = [pulses(200).map((time, pulse) => time * rate + noise[pulse]), pulses(200)];
    const moments = range(200).filter((pulse) => ofFrom[pulse] && ofTo[pulse]).map((pulse) => ({ from: from[pulse], to: to[pulse] }));
    const kept = (times: number[], which: boolean[]) => Float64Array.from(times.filter((_, pulse) => which[pulse]));
    return { input: { period: 1, from: kept(from, ofFrom), to: kept(to, ofTo) }, moments };
  };

  it('gives what the school way gives', () => {
    fc.assert(fc.property(streams, events, (made, times) => {
      const { input, moments } = inputOf(made);
      map(input, times).forEach((mapped, i) => expect(Math.abs(mapped - oracleInterpolated(moments, times[i]))).toBeLessThan(1e-9));
    }), { numRuns: 50 });
  });

  it('puts edges on edges, to the last bit, and never turns the order of events round', () => {
    fc.assert(fc.property(streams, events, (made, times) => {
      const { input, moments } = inputOf(made);
      expect(map(input, moments.map(({ from }) => from))).toEqual(moments.map(({ to }) => to));
      const around = moments.flatMap(({ from }) => [from * (1 - 2 ** -52), from, from * (1 + 2 ** -52)]);
      const mapped = map(input, [...times, ...around].sort((a, b) => a - b));
      mapped.forEach((time, i) => expect(time).toBeGreaterThanOrEqual(mapped[i - 1] ?? -Infinity));
    }), { numRuns: 50 });
  });

  it('does not depend on the order of events or on how they come in blocks', () => {
    fc.assert(fc.property(streams, events, fc.nat(), (made, times, cut) => {
      const { input } = inputOf(made);
      const mapTimes = anchorMap(interpolatedAnchors(interpolation(input)));
      const blocks = [times.slice(0, cut % 50), times.slice(cut % 50)].map((block) => Float64Array.from(block));
      blocks.forEach(mapTimes);
      expect(blocks.flatMap((block) => [...block])).toEqual(times.map((time) => map(input, [time])[0]));
    }), { numRuns: 20 });
  });
});

describe('the report of an interpolation', () => {
  const report = (input: MatchInput) => {
    const match = matchEdges(input);
    return syncReport(match, clockLines(match)).interpolation!;
  };

  it('holds the error at each edge if it were missing: the sampling, but not the difference of the clocks', () => {
    const steady = { period: 1, from: Float64Array.from(pulses(1000), (time) => time * (1 + 50e-6)), to: Float64Array.from(pulses(1000)) };
    expect(report(steady)).toMatchObject({ count: 998, jumps: [], offLine: edges() });
    expect(report(steady).max).toBeLessThan(1e-9);
    // One edge is 90 us late in the to-stream: the line between its neighbours has it 90 us earlier, and it moves theirs by half.
    const late = { ...steady, to: steady.to.map((time, pulse) => (pulse === 500 ? time + 90e-6 : time)) };
    expect(report(late).max).toBeCloseTo(90e-6, 8);
    expect(report(late).sd).toBeCloseTo(90e-6 * Math.sqrt(1.5 / 998), 8);
    expect(report(late).median).toBeLessThan(1e-9);
  });

  it('is what the interpolation does when the edge is missing', () => {
    const own = clock({ ppm: 30 });
    const input = { period: 1, from: Float64Array.from(pulses(300), (time) => sampledBy(own, time)), to: Float64Array.from(pulses(300)) };
    const errors = range(300).slice(1, -1).map((pulse) => map({ ...input, from: input.from.filter((_, i) => i !== pulse) }, [input.from[pulse]])[0] - input.to[pulse]);
    expect(report(input).max).toBeCloseTo(Math.max(...errors.map(Math.abs)), 10);
  });

  it('is undefined, not zero, where there is nothing to tell it from', () => {
    expect(report({ period: 1, from: edges(1, 2), to: edges(1, 2) })).toMatchObject({ count: 0, sd: Number.NaN, median: Number.NaN, max: Number.NaN });
  });
});
