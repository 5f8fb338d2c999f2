import { describe, expect, it } from 'vitest';
import { columns, neural, writeSmallFiles, type SmallFile } from './fixture.ts';
import { oracle, oracleSegments, type OracleJob } from './oracle.ts';
import { oracleTrim } from './join.ts';

/** Column 0 counts recorded samples, so a join can be read off it. */
const counting = (firstSample: number, samples: number): SmallFile => ({
  firstSample, samples, value: (t, column) => (column < neural ? firstSample + t : 64),
});

function join(files: readonly SmallFile[], options: Partial<OracleJob> = {}): { column: number[]; sy: number[]; fills: object[] } {
  const { samples, fills } = oracle({
    kind: 'ap', tshift: false, lineFill: true, numerics: 'native',
    files: writeSmallFiles(files), trimmedSamples: files.map((file) => file.samples), ...options,
  });
  const pick = (c: number): number[] => Array.from({ length: samples.length / columns }, (_, i) => samples[i * columns + c]);
  return { column: pick(0), sy: pick(neural), fills };
}

describe('joining files', () => {
  it('skips what overlaps', () => {
    expect(join([counting(0, 6), counting(4, 4)]).column).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('skips a file that lies wholly in the overlap, and measures the next from its end', () => {
    expect(join([counting(0, 8), counting(2, 3), counting(5, 6)]).column).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 5, 6, 7, 8, 9, 10]);
  });

  it('fills a gap with a line: native starts with the left value itself, exact does not; SY stays zero', () => {
    const files = [counting(0, 3), counting(6, 2)];
    const native = join(files);
    expect(native.column).toEqual([0, 1, 2, 2, 3, 4, 6, 7]);
    expect(native.sy).toEqual([64, 64, 64, 0, 0, 0, 64, 64]);
    expect(native.fills).toEqual([{ start: 3, length: 3 }]);
    expect(join(files, { numerics: 'exact' }).column).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(join(files, { lineFill: false }).column).toEqual([0, 1, 2, 0, 0, 0, 6, 7]);
  });

  it('draws the line CatGT 5.3 drew from 21 to 40 over 50 samples', () => {
    const left = { firstSample: 0, samples: 1, value: () => 21 };
    const right = { firstSample: 51, samples: 1, value: () => 40 };
    expect(join([left, right]).column).toEqual([
      21, 21, 21, 21, 22, 22, 22, 23, 23, 23, 24, 24, 25, 25, 25, 26, 26, 26, 27, 27, 28, 28, 28, 29, 29, 29, 30, 30, 31, 31, 31, 32,
      32, 32, 33, 33, 34, 34, 34, 35, 35, 35, 36, 36, 37, 37, 37, 38, 38, 38, 39, 40,
    ]);
  });

  it('caps fills, and goes on from the recorded time all the same', () => {
    const files = [counting(0, 2), counting(602, 2), counting(604, 1)];
    const { column, fills } = join(files, { zeroFillMaxMs: 0.1 });
    expect(fills).toEqual([{ start: 2, length: 3 }]);
    expect(column.slice(-3)).toEqual([602, 603, 604]);
    expect(join(files, { zeroFillMaxMs: 0 }).column).toEqual([0, 1, 602, 603, 604]);
  });

  it('starts and ends where it is told, fills included', () => {
    const files = [counting(0, 30), counting(36, 30)];
    expect(join(files, { startSecs: 20 / 30000, maxSecs: 20 / 30000 }).column).toEqual([
      20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 29, 30, 31, 32, 33, 34, 36, 37, 38, 39,
    ]);
  });

  it('that ends within a gap draws no line in native and holds the last value in exact', () => {
    const files = [counting(1, 3), counting(10, 3)];
    expect(join(files, { maxSecs: 5 / 30000 }).column).toEqual([1, 2, 3, 0, 0]);
    expect(join(files, { maxSecs: 5 / 30000, numerics: 'exact' }).column).toEqual([1, 2, 3, 3, 3]);
  });
});

describe('what else depends on the joins', () => {
  it('extractors see each stretch at its place in the output', () => {
    const files = writeSmallFiles([counting(0, 3), counting(5, 2)]);
    expect(oracleSegments({ files, trimmedSamples: [3, 2] }, 1)).toEqual([
      { start: 0, values: Int16Array.of(0, 1, 2) },
      { start: 5, values: Int16Array.of(5, 6) },
    ]);
  });

  it('AP to LF keeps every 12th sample of each stretch, counted from its first', () => {
    const { column, fills } = join([counting(0, 30), counting(60, 20)], { kind: 'ap2lf', lineFill: false });
    expect(column).toEqual([0, 12, 24, 0, 0, 60, 72]);
    expect(fills).toEqual([{ start: 3, length: 2 }]);
  });

  it('streams are trimmed to the shortest of them', () => {
    const files = writeSmallFiles([counting(0, 100), counting(0, 90)]);
    expect(oracleTrim(files.map(({ meta }) => meta))).toEqual([90, 90]);
  });
});
