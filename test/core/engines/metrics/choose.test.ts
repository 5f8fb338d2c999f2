import { describe, expect, it } from 'vitest';
import { chooseSpikes, fairShare } from '../../../../core/engines/metrics/features/choose.ts';
import { drawInOrder, drawSorted, randomNumbers } from '../../../../core/engines/metrics/random.ts';
import { groupByUnit } from '../../../../core/engines/metrics/spikes.ts';

describe('drawing', () => {
  it('depends on seed and purpose only', () => {
    const draw = (seed: number, purpose: number) => [...drawInOrder(1000, 20, randomNumbers(seed, purpose))];
    expect(draw(0, 5)).toEqual(draw(0, 5));
    expect(draw(0, 5)).not.toEqual(draw(0, 6));
    expect(draw(0, 5)).not.toEqual(draw(1, 5));
    expect(new Set(draw(0, 5)).size).toBe(20);
  });

  it('takes ascending positions evenly from everywhere, or all', () => {
    const drawn = drawSorted(10000, 1000, randomNumbers(0, 1));
    expect(drawn.length).toBe(1000);
    expect([...drawn]).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    expect(drawn.filter((position) => position < 5000).length).toBeGreaterThan(400);
    expect([...drawSorted(5, 10, randomNumbers(0, 1))]).toEqual([0, 1, 2, 3, 4]);
  });

  it('shares room fairly: small units keep all', () => {
    expect(fairShare([10, 100, 1000], 2000)).toBe(1000);
    expect(fairShare([10, 100, 1000, 1000], 710)).toBe(300);
    expect(fairShare([1000, 1000], 1)).toBe(1);
  });
});

describe('grouping spikes', () => {
  // unit 7 is not in order of time; its templates are 3, 3, 1
  const spikes = {
    times: Float64Array.from([50, 10, 20, 30, 40]), clusters: Int32Array.from([7, 2, 7, 2, 7]),
    templates: Int32Array.from([3, 0, 1, 5, 3]), amplitudes: new Float64Array(5),
  };
  const units = groupByUnit(spikes);

  it('puts units in order of id and their spikes in order of time', () => {
    expect([...units.ids]).toEqual([2, 7]);
    expect([...units.order]).toEqual([1, 3, 2, 4, 0]);
    expect([...units.templates]).toEqual([0, 3]); // the lowest of equals, the most frequent
    expect([units.first, units.last]).toEqual([10, 50]);
  });

  it('keeps rows unit by unit, and finds them by position', () => {
    const chosen = chooseSpikes(spikes.clusters, units, { mostRows: 4, silhouetteSpikes: 5, seed: 0 });
    expect([...chosen.drawn]).toEqual([2, 2]);
    expect([...chosen.starts]).toEqual([0, 2, 5]); // the silhouette keeps the fifth
    expect([...chosen.spikes]).toEqual([1, 3, 0, 2, 4]);
    expect(Array.from(chosen.byPosition, (row) => chosen.spikes[row])).toEqual([0, 1, 2, 3, 4]);
    expect(Array.from(chosen.silhouetteRows, (row) => chosen.spikes[row])).toEqual([0, 1, 2, 3, 4]);
    expect([...chosen.ranks].filter((rank) => rank < 2).length).toBe(4);
  });
});
