import { describe, expect, it } from 'vitest';
import { smallMeta, writeSmallFiles } from './fixture.ts';
import { applyEdits, editsOf } from './gfix.ts';
import { oracle } from './oracle.ts';

describe('edits of gfix', () => {
  it('are at least two before and six after their first key, and one wider at each end', () => {
    expect(editsOf([{ key: 1001, left: 1, right: 1 }], 5000)).toEqual([{ left: 998, length: 11 }]);
  });

  it('join artefacts that touch, in order of time', () => {
    const found = [{ key: 1021, left: 5, right: 30 }, { key: 1001, left: 10, right: 15 }, { key: 1101, left: 10, right: 9 }];
    expect(editsOf(found, 5000)).toEqual([{ left: 990, length: 63 }, { left: 1090, length: 22 }]);
  });

  it('stay within the file', () => {
    expect(editsOf([{ key: 121, left: 160, right: 400 }], 300)).toEqual([{ left: 0, length: 300 }]);
  });

  it('draw the line CatGT 5.3 drew from 12 to 1 over 70 samples', () => {
    const meta = smallMeta();
    const samples = new Int16Array(70 * meta.columns).fill(500);
    samples[0] = 12;
    samples[69 * meta.columns] = 1;
    applyEdits(samples, meta, [{ left: 0, length: 70 }], true, 'native');
    const column = Array.from({ length: 70 }, (_, i) => samples[i * meta.columns]);
    const written = [
      12, 11, 11, 11, 11, 11, 11, 10, 10, 10, 10, 10, 10, 9, 9, 9, 9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 7, 7, 7, 7, 7, 7, 6, 6, 6,
      6, 6, 6, 6, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1,
    ];
    expect(column).toEqual(written);
    expect(samples[4]).toBe(500);
  });
});

describe('detection of artefacts', () => {
  const artefact = (t: number): number => (t >= 2000 && t < 2006 ? -400 : 0);
  const job = {
    kind: 'ap', tshift: false, lineFill: true, numerics: 'native', gfix: { amp: 0.4, slope: 0.1, base: 0.02 }, trimmedSamples: [4000],
  } as const;

  it('finds a step on all channels and draws over it', () => {
    const files = writeSmallFiles([{ firstSample: 0, samples: 4000, value: (t, c) => (c < 4 ? artefact(t) : 64) }]);
    const { samples, edits, columns } = oracle({ ...job, files });
    expect(edits).toHaveLength(1);
    expect(edits[0].left).toBeLessThan(2000);
    expect(edits[0].left + edits[0].length).toBeGreaterThan(2006);
    for (let t = 0; t < 4000; t++) expect([...samples.subarray(t * columns, (t + 1) * columns)]).toEqual([0, 0, 0, 0, 64]);
  });

  it('is blind in the first 120 samples and for slow waves', () => {
    const early = (t: number): number => (t >= 50 && t < 56 ? -400 : 0);
    const slow = (t: number): number => Math.round(400 * Math.sin(t / 100));
    const files = writeSmallFiles([{ firstSample: 0, samples: 4000, value: (t, c) => (c < 4 ? early(t) + slow(t) : 64) }]);
    expect(oracle({ ...job, files }).edits).toEqual([]);
  });
});
