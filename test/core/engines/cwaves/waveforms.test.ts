import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskFinder, type DiskOptions } from '../../../../core/engines/cwaves/disk.ts';
import { sumClusters } from '../../../../core/engines/cwaves/measure.ts';
import { nthSmallest, signalToNoise } from '../../../../core/engines/cwaves/waveforms.ts';
import type { BinFile, Geometry, Site } from '../../../../core/spikeglx/index.ts';

describe('selection of the median', () => {
  it('finds what sorting finds', () => {
    const values = fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 1, maxLength: 60 });
    const few = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 60 });
    fc.assert(fc.property(fc.oneof(values, few), (list) => {
      const sorted = Int16Array.from(list).sort();
      for (let n = 0; n < list.length; n++) expect(nthSmallest(Int16Array.from(list), n)).toBe(sorted[n]);
    }));
  });
});

/** A file whose every value is `value`. */
function constantFile(value: number, samples: number): BinFile {
  return { path: 'constant.bin', columns: 1, samples, read: (_, count, into) => (into.fill(value), count), close: () => undefined };
}

describe('sums over spikes', () => {
  it('hold more than int32', () => {
    const times = new Float64Array(70_000).fill(10);
    const [{ sums }] = sumClusters(constantFile(-32768, 100), [{ peak: 0, disk: [], times }], { length: 2, before: 1 }, Float64Array.of(1));
    expect(Array.from(sums)).toEqual([-32768 * 70_000, -32768 * 70_000]);
  });

  it('make a ratio that does not overflow where sums exceed 46340', () => {
    const [cluster] = sumClusters(constantFile(30_000, 100), [{ peak: 0, disk: [0], times: new Float64Array(50).fill(20) }], { length: 20, before: 1 }, Float64Array.of(1));
    // No noise at all: undefined, and not the root of an overflowed number.
    expect(signalToNoise(cluster, 50, [0], Float64Array.of(1), { columns: 1, neural: 1, length: 20 }, 'native')).toBe(-1);
    expect(signalToNoise(cluster, 50, [0], Float64Array.of(1), { columns: 1, neural: 1, length: 20 }, 'exact')).toBeNaN();
  });
});

describe('the neighbourhood of a peak channel', () => {
  const site = (shank: number, x: number, y: number, used = true, place?: [number, number]): Site => ({ shank, x, y, used, column: place?.[0], row: place?.[1] });
  const shape: Omit<Geometry, 'source' | 'sites'> = { partNumber: 'NP2010', shanks: 2, shankPitch: 250, shankWidth: 70 };
  const inMicrometers: Geometry = { ...shape, source: 'geomMap', sites: [site(0, 0, 0), site(0, 30, 40), site(0, 0, 60), site(1, 0, 0), site(0, 32, 0, false)] };
  const inRows: Geometry = { ...shape, source: 'shankMap', sites: [[0, 0], [1, 2], [0, 3], [1, 0]].map(([column, row]) => site(0, column * 32, row * 15, true, [column, row])) };
  const disk = (geometry: Geometry, peak: number, options: Partial<DiskOptions>, excluded: number[] = []) =>
    diskFinder(geometry, (column) => excluded.includes(column), { snrRadius: 8, numerics: 'native', ...options }, 'r.meta')(peak);

  it('holds the used sites of the shank within the radius, itself included', () => {
    expect(disk(inMicrometers, 0, { snrRadiusUm: 50 })).toEqual([0, 1]);
    expect(disk(inMicrometers, 0, { snrRadiusUm: 60 })).toEqual([0, 1, 2]);
    expect(disk(inMicrometers, 0, { snrRadiusUm: 60 }, [1])).toEqual([0, 2]);
  });

  it('is empty without a radius or around a site that is not used', () => {
    expect(disk(inMicrometers, 0, { snrRadiusUm: 0 })).toEqual([]);
    expect(disk(inMicrometers, 4, { snrRadiusUm: 50 })).toEqual([]);
    expect(disk(inRows, 0, { snrRadius: 0 })).toEqual([]);
  });

  it('counts rows and columns where no radius in um is given', () => {
    expect(disk(inRows, 0, { snrRadius: 2 })).toEqual([0, 1, 3]);
    expect(() => disk(inMicrometers, 0, { snrRadius: 2 })).toThrow(/r\.meta.*snsShankMap/);
  });

  it('falls back to rows where the meta has no positions, unless numerics are exact', () => {
    expect(disk(inRows, 0, { snrRadius: 2, snrRadiusUm: 33 })).toEqual([0, 1, 3]);
    expect(disk(inRows, 0, { snrRadius: 2, snrRadiusUm: 33, numerics: 'exact' })).toEqual([0, 3]);
  });
});
