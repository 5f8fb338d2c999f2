import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBetweenUnitOverlap, type OverlapRules } from '../../../../core/modules/kilosort_postprocessing/index.ts';

const window = 12;
const rules = (mode: OverlapRules['mode'], compat = false): OverlapRules => ({ mode, window, compat });

/** 100 spikes far from each other, and a second train that follows most of them after `lag` samples. */
function pairOfTrains(lag: number): [Float64Array, Float64Array] {
  const first = Float64Array.from({ length: 100 }, (_, k) => 1000 * (k + 1));
  const shadows = Array.from(first.subarray(0, 60), (time) => time + lag);
  const own = Array.from({ length: 50 }, (_, k) => 1000 * (k + 1) + 500);
  return [first, Float64Array.from([...shadows, ...own]).sort()];
}
const shadowsOf = (second: Float64Array, lag: number) => [...second].flatMap((time, index) => ((time - lag) % 1000 === 0 ? [index] : []));

describe('spikes that two units share', () => {
  it.each([0, 1, 5, 9, 11])('are removed from the smaller unit, lag %d', (lag) => {
    const [first, second] = pairOfTrains(lag);
    expect(findBetweenUnitOverlap(first, second, [2, 1], rules('lowAmpCluster'))).toEqual({ first: [], second: shadowsOf(second, lag) });
    const shared = Array.from({ length: 60 }, (_, index) => index);
    expect(findBetweenUnitOverlap(first, second, [1, 2], rules('lowAmpCluster'))).toEqual({ first: shared, second: [] });
    expect(findBetweenUnitOverlap(first, second, [1, 1], rules('lowAmpCluster'))).toEqual({ first: shared, second: [] });
  });

  it('are left alone when the units do not lag by less than the window, or share few', () => {
    const [first, second] = pairOfTrains(15);
    expect(findBetweenUnitOverlap(first, second, [2, 1], rules('lowAmpCluster'))).toEqual({ first: [], second: [] });
    const [one, other] = pairOfTrains(4);
    expect(findBetweenUnitOverlap(one.subarray(0, 20), other, [2, 1], rules('lowAmpCluster'))).toEqual({ first: [], second: [] });
  });

  it('with compat take all distant neighbours along when they lag by almost the window, as the reference does', () => {
    const [first, second] = pairOfTrains(11);
    const { second: lost } = findBetweenUnitOverlap(first, second, [2, 1], rules('lowAmpCluster', true));
    expect(new Set(lost).size).toBe(second.length);
    expect(lost.length).toBeGreaterThan(second.length); // once for each neighbour
    const nine = pairOfTrains(9);
    expect(findBetweenUnitOverlap(...nine, [2, 1], rules('lowAmpCluster', true)).second).toEqual(shadowsOf(nine[1], 9));
  });

  it('lose the later one with deleteFirst, of equal times the second unit\'s', () => {
    expect(findBetweenUnitOverlap(Float64Array.from([10, 100, 205]), Float64Array.from([10, 92, 200, 300]), [1, 1], rules('deleteFirst'))).toEqual({ first: [1, 2], second: [0] });
    expect(findBetweenUnitOverlap(Float64Array.from([10]), Float64Array.from([22]), [1, 1], rules('deleteFirst'))).toEqual({ first: [], second: [] });
  });

  it('are each named once, and never where nothing is near', () => {
    const train = fc.array(fc.nat(3000), { maxLength: 200 }).map((times) => Float64Array.from(times).sort());
    fc.assert(fc.property(train, train, fc.constantFrom('lowAmpCluster' as const, 'deleteFirst' as const), (first, second, mode) => {
      const lost = findBetweenUnitOverlap(first, second, [1, 2], rules(mode));
      for (const [own, other, indices] of [[first, second, lost.first], [second, first, lost.second]] as const) {
        expect(new Set(indices).size).toBe(indices.length);
        for (const index of indices) expect(other.some((time) => Math.abs(time - own[index]) < window + 4)).toBe(true);
      }
    }));
  });
});
