import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runOverStrike, undoPath, type EditOptions } from '../../../../core/engines/overstrike/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { columns, readColumns, samples, untouched, valueAt, writeRecording } from './recording.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = temporaryFolder();
  file = await writeRecording(folder);
});

const strike = (start: number, end: number, changes: Partial<EditOptions> = {}) =>
  runOverStrike({ undo: false, file, range: { unit: 'samples', start, end }, lineFill: false, ...changes }, {});
const undo = () => runOverStrike({ undo: true, file }, {});

/** The recording with samples [start, end) of some columns replaced. */
function changed(start: number, end: number, targets: readonly number[], value: (t: number, column: number) => number): number[][] {
  return untouched().map((values, column) => values.map((old, t) => (t >= start && t < end && targets.includes(column) ? value(t, column) : old)));
}

const all = [0, 1, 2, 3];

describe('overstriking', () => {
  it('zeros all AP and LF channels of the range, and keeps SY', async () => {
    expect(await strike(10, 20)).toEqual({ first: 10, end: 20, columns: 4, undoable: 1 });
    expect(await readColumns(file)).toEqual(changed(10, 20, all, () => 0));
  });

  it('takes seconds, and cuts the range to the file', async () => {
    expect(await strike(0, 0, { range: { unit: 'seconds', start: 0.5, end: 99 } })).toMatchObject({ first: 50, end: samples });
    expect(await readColumns(file)).toEqual(changed(50, samples, all, () => 0));
  });

  it('takes acquisition channels, of which SY is never changed', async () => {
    await strike(10, 20, { channels: [7, 8, 384, 768] });
    expect(await readColumns(file)).toEqual(changed(10, 20, [2, 3], () => 0));
  });

  it('draws a line from the sample before to the sample behind, the first value being the left one', async () => {
    // Straight columns stay what they are, one sample late: the line has n + 1 steps and starts at its left end.
    await strike(10, 20, { lineFill: true });
    expect(await readColumns(file)).toEqual(changed(10, 20, all, (t, column) => Math.trunc(valueAt(9, column) + ((t - 10) / 11) * 11)));
  });

  it('draws the line from and to the range itself at the ends of the file', async () => {
    await strike(0, 10, { lineFill: true });
    expect(await readColumns(file)).toEqual(changed(0, 10, all, (t, column) => Math.trunc(valueAt(0, column) + (t / 10) * 10)));
    await undo();
    await strike(50, samples, { lineFill: true });
    expect(await readColumns(file)).toEqual(changed(50, samples, all, (t, column) => Math.trunc(valueAt(49, column) + ((t - 50) / 10) * 10)));
  });

  it('leaves the meta alone', async () => {
    const meta = file.replace(/bin$/, 'meta');
    const before = await fs.readFile(meta);
    await strike(10, 20);
    expect(await fs.readFile(meta)).toEqual(before);
  });
});

describe('taking back', () => {
  it('restores overlapping edits in reverse order, and removes the record with the last', async () => {
    await strike(10, 30);
    const once = await readColumns(file);
    await strike(20, 40, { lineFill: true, channels: [0] });
    expect(await undo()).toEqual({ first: 20, end: 40, columns, undoable: 1 });
    expect(await readColumns(file)).toEqual(once);
    expect(await undo()).toMatchObject({ undoable: 0 });
    expect(await readColumns(file)).toEqual(untouched());
    expect((await fs.readdir(folder)).sort()).toEqual(['r_g0_t0.imec0.ap.bin', 'r_g0_t0.imec0.ap.meta']);
  });

  it('says when there is nothing to take back', async () => {
    await expect(undo()).rejects.toThrow(/ap\.bin: was not edited/);
  });

  it('ignores an entry whose edit never began, because it was cut off while it was written', async () => {
    await strike(10, 20);
    const record = await fs.readFile(undoPath(file));
    for (const kept of [5, 150, record.length - 1]) {
      await fs.writeFile(undoPath(file), Buffer.concat([record, record.subarray(0, kept)]));
      const edited = await readColumns(file);
      expect(await strike(30, 40)).toMatchObject({ undoable: 2 });
      await undo();
      expect(await readColumns(file)).toEqual(edited);
    }
    await undo();
    expect(await readColumns(file)).toEqual(untouched());
  });

  it('repairs an edit that was cut off halfway', async () => {
    await strike(10, 20);
    const handle = await fs.open(file, 'r+'); // as if the second half had not been written
    await handle.write(new Uint8Array(Int16Array.from({ length: 5 * columns }, (_, i) => valueAt(15 + Math.floor(i / columns), i % columns)).buffer), 0, undefined, 15 * columns * 2);
    await handle.close();
    await undo();
    expect(await readColumns(file)).toEqual(untouched());
  });

  it('keeps the original samples of ranges longer than a block', async () => {
    const long = Int16Array.from({ length: 500_000 * columns }, (_, i) => (i * 7919) % 1000);
    await fs.writeFile(file, new Uint8Array(long.buffer));
    await fs.appendFile(file.replace(/bin$/, 'meta'), `fileSizeBytes=${long.byteLength}\n`);
    const before = await fs.readFile(file);
    await strike(1, 499_999, { lineFill: true });
    const after = await fs.readFile(file);
    expect(after.equals(before)).toBe(false);
    expect(after.readInt16LE(400_000 * columns * 2)).toBe(Math.trunc(long[0] + (399_999 / 499_999) * (long[499_999 * columns] - long[0])));
    await undo();
    expect((await fs.readFile(file)).equals(before)).toBe(true);
  });

  it('refuses a record of another file', async () => {
    await strike(10, 20);
    await fs.writeFile(file, new Uint8Array(100 * columns * 2));
    await writeMeta({ fileSizeBytes: 100 * columns * 2 });
    await expect(undo()).rejects.toThrow(/overstrike-undo: belongs to a file of 600 bytes/);
    await expect(strike(1, 2)).rejects.toThrow(/overstrike-undo: belongs to/);
    await fs.writeFile(undoPath(file), 'something else\n');
    await expect(strike(1, 2)).rejects.toThrow(/overstrike-undo: is not a record/);
    expect((await fs.readFile(file)).every((byte) => byte === 0)).toBe(true);
  });
});

async function writeMeta(changes: Record<string, string | number | undefined>): Promise<void> {
  const binary = await fs.readFile(file);
  await writeRecording(folder, changes);
  await fs.writeFile(file, binary);
}

describe('a recording that must not be touched', () => {
  const refused = async (message: RegExp, start = 10, end = 20, changes: Partial<EditOptions> = {}) => {
    const before = await fs.readFile(file);
    await expect(strike(start, end, changes)).rejects.toThrow(message);
    expect((await fs.readFile(file)).equals(before)).toBe(true);
    expect(await fs.readdir(folder)).not.toContain(path.basename(undoPath(file)));
  };

  it('is shorter than its meta says', async () => {
    await writeMeta({ fileSizeBytes: samples * columns * 2 + 10 });
    await refused(/ap\.bin: is shorter than its meta says/);
  });

  it('is still being written', async () => {
    await writeMeta({ fileSizeBytes: undefined });
    await refused(/ap\.bin: is still being written/);
    await writeMeta({ fileSizeBytes: 100 });
    await refused(/ap\.bin: is still being written/);
  });

  it('is read-only', async () => {
    await fs.chmod(file, 0o444);
    await refused(/ap\.bin: permission denied/);
    await fs.chmod(file, 0o644);
  });

  it('is not a probe\'s, or has no meta', async () => {
    await writeMeta({ typeThis: 'nidq' });
    await refused(/ap\.meta: does not describe a file of a probe/);
    await fs.rm(file.replace(/bin$/, 'meta'));
    await refused(/ap\.meta: no such file/);
  });

  it('does not reach to the range, or has none of the channels', async () => {
    await refused(/ap\.bin: no sample lies between 60 and 70 samples/, 60, 70);
    await refused(/ap\.bin: none of the channels/, 10, 20, { channels: [8, 768] });
  });

  it('is left alone when the user interrupts before the first change', async () => {
    const options: EditOptions = { undo: false, file, range: { unit: 'samples', start: 10, end: 20 }, lineFill: false };
    await expect(runOverStrike(options, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(await readColumns(file)).toEqual(untouched());
    expect(await fs.readdir(folder)).toHaveLength(2);
  });
});
