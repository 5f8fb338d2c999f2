import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileLength, openBin } from '../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { apValues, metaOf } from './recording.ts';

const folder = temporaryFolder();

/** A sparse file of `samples` with values at some samples. */
function sparse(columns: number, samples: number, at: Record<number, number[]> = {}, extraBytes = 0): string {
  const file = path.join(folder, 'x_g0_t0.imec0.ap.bin');
  const descriptor = fs.openSync(file, 'w');
  fs.ftruncateSync(descriptor, samples * 2 * columns + extraBytes);
  for (const [sample, values] of Object.entries(at)) fs.writeSync(descriptor, Int16Array.from(values), 0, 2 * values.length, Number(sample) * 2 * columns);
  fs.closeSync(descriptor);
  return file;
}

describe('windows of a binary', () => {
  it('are read time-major, into the beginning of the given array', () => {
    const bin = openBin(sparse(3, 10, { 4: [1, -2, 3, 4, 5, -32768] }), 3);
    const into = new Int16Array(12).fill(9);
    expect(bin.samples).toBe(10);
    expect(bin.read(4, 2, into)).toBe(2);
    expect([...into]).toEqual([1, -2, 3, 4, 5, -32768, 9, 9, 9, 9, 9, 9]);
    bin.close();
    bin.close();
  });

  it('are read several at a time while this thread goes on', async () => {
    const bin = openBin(sparse(3, 10, { 0: [7, 8, 9], 8: [1, -2, 3, 4, 5, -32768] }), 3);
    const [first, last] = [new Int16Array(3), new Int16Array(12).fill(9)];
    expect(await Promise.all([bin.readAside(0, 1, first), bin.readAside(8, 4, last)])).toEqual([1, 2]);
    expect([...first]).toEqual([7, 8, 9]);
    expect([...last]).toEqual([1, -2, 3, 4, 5, -32768, 9, 9, 9, 9, 9, 9]);
    await expect(bin.readAside(0, 5, last)).rejects.toThrow('do not fit');
    bin.close();
  });

  it('end with the file, and count whole samples only', () => {
    const bin = openBin(sparse(3, 10, {}, 4), 3);
    expect(bin.samples).toBe(10);
    expect(bin.read(8, 4, new Int16Array(12))).toBe(2);
    expect(bin.read(10, 1, new Int16Array(3))).toBe(0);
    bin.close();
  });

  it.skipIf(process.platform === 'win32')('reach beyond 2^31 samples and hundreds of gigabytes', () => {
    const columns = 65;
    const samples = 2 ** 31 + 1000; // 260 GiB, all but two samples of it holes (Windows would not leave them out)
    const bin = openBin(sparse(columns, samples, { [samples - 2]: [11, 12], [samples - 1]: [21, 22] }), columns);
    const into = new Int16Array(4 * columns);
    expect(bin.samples).toBe(samples);
    expect(bin.read(samples - 3, 4, into)).toBe(3);
    expect([0, 1, 2].map((row) => into[row * columns + 1])).toEqual([0, 12, 22]);
    bin.close();
  });

  it('need room, a place in the file, and a file', () => {
    const bin = openBin(sparse(3, 10), 3);
    expect(() => bin.read(0, 5, new Int16Array(12))).toThrow(RangeError);
    expect(() => bin.read(-1, 1, new Int16Array(3))).toThrow(RangeError);
    bin.close();
    expect(() => openBin(path.join(folder, 'none.bin'), 3)).toThrow('none.bin: no such file');
    expect(() => openBin(folder, 3)).toThrow(folder);
  });
});

describe('the length of a file', () => {
  it.each([
    ['complete', 100, '1000'],
    ['unfinished', 100, '0'],
    ['unfinished', 100, '900'],
    ['truncated', 100, '1010'],
  ])('is %s with %i samples and fileSizeBytes=%s', async (state, samples, fileSizeBytes) => {
    const file = sparse(5, samples);
    expect(await fileLength(file, metaOf({ ...apValues, fileSizeBytes }))).toMatchObject({ samples, state, metaSamples: Number(fileSizeBytes) / 10 });
  });

  it('is unfinished when the meta tells no size, and an error without a file', async () => {
    expect(await fileLength(sparse(5, 7), metaOf(apValues))).toEqual({ samples: 7, state: 'unfinished', metaSamples: undefined });
    await expect(fileLength(path.join(folder, 'none.bin'), metaOf(apValues))).rejects.toThrow('no such file');
  });
});
