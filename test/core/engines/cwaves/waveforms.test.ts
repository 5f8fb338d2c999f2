import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskFinder, type DiskOptions } from '../../../../core/engines/cwaves/disk.ts';
import { sumClusters, type Cluster } from '../../../../core/engines/cwaves/measure.ts';
import { countPeaks, finishPeakCounts, medianOf, startPeakCounts } from '../../../../core/engines/cwaves/peakCounts.ts';
import { medianWaveform, signalToNoise, totalsOf, type Shape } from '../../../../core/engines/cwaves/waveforms.ts';
import type { BinFile, Geometry, Site } from '../../../../core/spikeglx/index.ts';

describe('counts of a peak channel', () => {
  const value = fc.oneof(fc.integer({ min: -32768, max: 32767 }), fc.integer({ min: -3, max: 3 }));

  it('give the median that sorting gives, shared out among threads or not, zeros for what is missing', () => {
    fc.assert(fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 300 }), fc.nat(3), (waveforms, missing) => {
      const counters = startPeakCounts(2, 2);
      for (const k of [0, 1]) countPeaks(counters[k], Int16Array.from(waveforms.filter((_, i) => i % 2 === k).flat()), 2);
      const parts = counters.map((counter) => finishPeakCounts(counter, 2));
      const n = waveforms.length + missing;
      for (const t of [0, 1]) {
        const sorted = [...waveforms.map((waveform) => waveform[t]), ...new Array<number>(missing).fill(0)].sort((a, b) => a - b);
        expect(medianOf(parts, t, n)).toBe(sorted[n >> 1]);
      }
    }));
  });
});

/** A file of one column, or of several; `reads` notes what is asked of it. */
function fileOf(values: Int16Array, reads: [number, number][] = [], columns = 1): BinFile {
  const samples = values.length / columns;
  const read: BinFile['read'] = (start, count, into) => {
    reads.push([start, count]);
    into.set(values.subarray(start * columns, (start + count) * columns));
    return Math.min(count, samples - start);
  };
  return { path: 'one.bin', columns, samples, close: () => undefined, read, readAside: async (...given) => read(...given) };
}

const shape: Shape = { columns: 1, neural: 1, length: 20 };
const window = { length: 20, before: 5 };
const cluster = (spikes: number, disk: number[] = [0]): Cluster => ({ peak: 0, disk, spikes, onlyPeak: Number.NaN });
const listOf = (times: number[], clusters: number[] = times.map(() => 0)) => ({ times: Float64Array.from(times), clusters: Uint32Array.from(clusters), first: 0 });

describe('sums over spikes', () => {
  it.each([[100, 'small'], [8192, 'the largest'], [32768, 'all'], [8193, 'too large']])('are exact for values below %i (%s)', async (limit) => {
    const values = Int16Array.from({ length: 400 }, (_, i) => Math.round(Math.sin(i * i) * (limit - 1)) - 1);
    const times = Array.from({ length: 43 }, (_, i) => 5 + 8 * i);
    const owners = times.map((_, i) => i % 2);
    const parts = [await sumClusters(fileOf(values), 1, [cluster(22), cluster(21)], listOf(times, owners), window)];
    for (const k of [0, 1]) {
      const mine = times.filter((_, i) => owners[i] === k);
      const { sums, squares } = totalsOf(parts, k, shape, new Float64Array(20));
      expect([...sums]).toEqual(Array.from({ length: 20 }, (_, t) => mine.reduce((sum, time) => sum + values[time - 5 + t], 0)));
      expect(squares[0]).toBe(mine.reduce((sum, time) => sum + values.subarray(time - 5, time + 10).reduce((inner, v) => inner + v * v, 0), 0));
    }
  });

  it('hold for every column of a wide file that is gone through in several parts', async () => {
    const [columns, neural, samples] = [45, 43, 40_000];
    const values = Int16Array.from({ length: columns * samples }, (_, i) => (Math.imul(i, 2654435761) >> 20) + (i % 5));
    const times = Array.from({ length: 1900 }, (_, i) => 5 + 21 * i);
    const owners = times.map((_, i) => i % 3);
    const reads: [number, number][] = [];
    const clusters = [0, 1, 2].map((k) => ({ ...cluster(owners.filter((owner) => owner === k).length, [3, 20, 42]), peak: 42 - k }));
    const parts = [await sumClusters(fileOf(values, reads, columns), neural, clusters, listOf(times, owners), window)];
    expect(reads.length).toBeGreaterThan(1);
    clusters.forEach(({ spikes, peak }, k) => {
      const mine = times.filter((_, i) => owners[i] === k);
      const at = (column: number, t: number) => mine.map((time) => values[(time - 5 + t) * columns + column]);
      const { sums, squares } = totalsOf(parts, k, { columns, neural, length: 20 }, new Float64Array(columns * 20));
      for (let i = 0; i < neural * 20; i++) expect(sums[i]).toBe(at(Math.floor(i / 20), i % 20).reduce((sum, value) => sum + value, 0));
      for (const column of [3, 20, 42]) expect(squares[column]).toBe(Array.from({ length: 15 }, (_, t) => at(column, t)).flat().reduce((sum, value) => sum + value ** 2, 0));
      const median = medianWaveform(parts.map((part) => part.peaks[k]), spikes, 1, 20);
      expect([...median]).toEqual(Array.from({ length: 20 }, (_, t) => at(peak, t).sort((a, b) => a - b)[spikes >> 1]));
    });
  });

  it('are not made of a file that cannot be read', async () => {
    const file = { ...fileOf(new Int16Array(100)), readAside: () => Promise.reject(new Error('the drive is gone')) };
    await expect(sumClusters(file, 1, [cluster(1)], listOf([10]), window)).rejects.toThrow('the drive is gone');
  });

  it('hold more than int32', async () => {
    const parts = [await sumClusters(fileOf(new Int16Array(100).fill(-32768)), 1, [cluster(70_000)], listOf(new Array<number>(70_000).fill(10)), window)];
    expect(totalsOf(parts, 0, shape, new Float64Array(20)).sums).toEqual(new Float64Array(20).fill(-32768 * 70_000));
  });

  it('need each part of the file once, and only what holds spikes', async () => {
    const reads: [number, number][] = [];
    const values = Int16Array.from({ length: 1000 }, (_, i) => i);
    const { cut } = await sumClusters(fileOf(values, reads), 1, [cluster(6)], listOf([4, 10, 20, 500, 505, 986]), window);
    expect(reads).toEqual([[5, 30], [495, 25]]);
    expect(cut).toBe(2);
  });

  it('are the same when threads share the spikes out', async () => {
    const values = Int16Array.from({ length: 3000 }, (_, i) => Math.round(900 * Math.sin(i * i)));
    const times = Array.from({ length: 280 }, (_, i) => 5 + 10 * i);
    const clusters = [cluster(140), { ...cluster(140), onlyPeak: times[201] }];
    const partOf = (from: number, to: number) => sumClusters(fileOf(values), 1, clusters, listOf(times.slice(from, to), times.map((_, i) => i % 2).slice(from, to)), window);
    const results = [[await partOf(0, 280)], [await partOf(0, 90), await partOf(90, 91), await partOf(91, 280)]].map((parts) => [0, 1].map((k) => ({
      ...totalsOf(parts, k, shape, new Float64Array(20)),
      median: medianWaveform(parts.map((part) => part.peaks[k]), k === 0 ? 140 : 1, 1, 20),
    })));
    expect(results[1]).toEqual(results[0]);
    expect([...results[0][1].median]).toEqual([...values.subarray(times[201] - 5, times[201] + 15)]);
  });

  it('pass over spikes of other clusters', async () => {
    const values = Int16Array.from({ length: 100 }, (_, i) => i);
    const parts = [await sumClusters(fileOf(values), 1, [cluster(1)], { ...listOf([10, 20, 30], [0, 1, 2]), first: 1 }, window)];
    expect(totalsOf(parts, 0, shape, new Float64Array(20)).sums[0]).toBe(15);
  });

  it('make a ratio that does not overflow where sums exceed 46340', async () => {
    const parts = [await sumClusters(fileOf(new Int16Array(100).fill(30_000)), 1, [cluster(50)], listOf(new Array<number>(50).fill(20)), window)];
    const totals = totalsOf(parts, 0, shape, new Float64Array(20));
    // No noise at all: undefined, and not the root of an overflowed number.
    expect(signalToNoise(totals, 50, [0], Float64Array.of(1), shape, 'native')).toBe(-1);
    expect(signalToNoise(totals, 50, [0], Float64Array.of(1), shape, 'exact')).toBeNaN();
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
