import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spikesByCluster } from '../../../../core/formats/phyFolder/index.ts';
import { extremum, shiftSpikes } from '../../../../core/modules/kilosort_postprocessing/align.ts';
import { type DuplicateRules, findDuplicates } from '../../../../core/modules/kilosort_postprocessing/duplicates.ts';
import { isAscending, stableOrder } from '../../../../core/modules/kilosort_postprocessing/timeOrder.ts';

const rules: DuplicateRules = { mode: 'deleteFirst', withinWindow: 5, window: 12, distance: 66, compat: false };
const unit = (id: number, y: number, amplitude = 1) => ({ id, channel: y / 20, x: 0, y, amplitude });

describe('duplicates', () => {
  it('within a unit lose all but the last of a burst', () => {
    const times = Float64Array.from([10, 13, 17, 22, 40]);
    const { removed, matrix, left } = findDuplicates(times, spikesByCluster(new Int32Array(5)), [unit(0, 0)], rules);
    expect([[...removed], [...matrix], [...left]]).toEqual([[1, 1, 0, 0, 0], [2], [3]]);
  });

  it('between units are looked for among those that peak close together, after those within', () => {
    const times = Float64Array.from([100, 103, 104, 200, 204, 300, 310]);
    const clusters = Int32Array.from([0, 0, 1, 0, 7, 1, 7]);
    const { removed, matrix, left } = findDuplicates(times, spikesByCluster(clusters), [unit(0, 0), unit(1, 40), unit(7, 100)], rules);
    expect([...removed]).toEqual([1, 0, 1, 0, 0, 0, 1]);
    expect([...matrix]).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 0]); // unit 7 is too far from unit 0
    expect([...left]).toEqual([2, 1, 1]);
  });

  it('of a unit without spikes, or of an empty sorting, are none', () => {
    expect(findDuplicates(Float64Array.from([1]), spikesByCluster(Int32Array.from([0])), [unit(0, 0), unit(9, 0)], rules).left).toEqual(Float64Array.from([1, 0]));
    expect(findDuplicates(new Float64Array(0), spikesByCluster(new Int32Array(0)), [unit(0, 0)], rules).left).toEqual(Float64Array.from([0]));
  });

  it('are gone when looked for again', () => {
    const spikes = fc.array(fc.record({ time: fc.nat(2000), cluster: fc.nat(3) }), { maxLength: 150 });
    fc.assert(fc.property(spikes, (list) => {
      const sorted = [...list].sort((a, b) => a.time - b.time);
      const search = (rest: typeof sorted) => findDuplicates(Float64Array.from(rest, ({ time }) => time), spikesByCluster(Int32Array.from(rest, ({ cluster }) => cluster)), [0, 1, 2, 3].map((id) => unit(id, 0)), { ...rules, window: 0 });
      const once = search(sorted);
      expect(search(sorted.filter((_, index) => once.removed[index] === 0)).removed).not.toContain(1);
    }));
  });
});

describe('order of time', () => {
  it('is ascending, equal times as they were', () => {
    fc.assert(fc.property(fc.array(fc.nat(50), { maxLength: 300 }), (times) => {
      const expected = times.map((time, index) => ({ time, index })).sort((a, b) => a.time - b.time);
      expect([...stableOrder(Float64Array.from(times))]).toEqual(expected.map(({ index }) => index));
      expect(isAscending(Float64Array.from(expected, ({ time }) => time))).toBe(true);
    }));
  });
});

describe('the point a waveform is aligned to', () => {
  it.each<[string, number[], number]>([
    ['the trough', [0, 5, -20, 10, 0], 2],
    ['the peak where it is larger', [0, -5, 3, 20, 0], 3],
    ['the earlier of two clear ones', [0, 35, -80, 10, 0], 1],
    ['the larger where only one is clear', [0, 25, -80, 10, 0], 2],
  ])('is %s', (_, waveform, sample) => expect(extremum(Float64Array.from(waveform))).toBe(sample));

  it('shifts the times of its unit, not before the start', () => {
    expect([...shiftSpikes(Float64Array.from([1, 50, 60]), Int32Array.from([0, 1, 0]), Int32Array.from([3, -4]))]).toEqual([0, 54, 57]);
  });
});
