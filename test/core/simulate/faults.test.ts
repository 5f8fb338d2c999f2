// Recordings that went wrong, and long ones that are mostly a hole.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileLength, openBin, readMeta } from '../../../core/spikeglx/index.ts';
import { makeSparseRun, quickRun, sparseValue } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { fileOf, metaOf } from './read.ts';

type FaultKind = 'unfinished' | 'stale' | 'truncated' | 'ragged' | 'noBin' | 'noMeta';

async function faulty(kind: FaultKind, fraction = 0.5) {
  const run = await quickRun(temporaryFolder(), { seconds: 0.5, faults: [{ stream: 'imec0.ap', kind, fraction }] });
  return { run, file: fileOf(run, 'imec0.ap') };
}

describe('a file that is', () => {
  test('unfinished has no length in its meta, but its data', async () => {
    const { file } = await faulty('unfinished');
    expect(metaOf(file).values.has('fileSizeBytes')).toBe(false);
    expect(await fileLength(file.bin, metaOf(file))).toMatchObject({ samples: file.samples, state: 'unfinished' });
  });

  test('stale has grown since its meta was written', async () => {
    const { file } = await faulty('stale', 0.25);
    expect(await fileLength(file.bin, metaOf(file))).toMatchObject({ samples: file.samples, state: 'unfinished', metaSamples: Math.floor(file.samples / 4) });
  });

  test('truncated is shorter than its meta says', async () => {
    const { file } = await faulty('truncated', 0.75);
    expect(await fileLength(file.bin, metaOf(file))).toMatchObject({ samples: Math.floor(file.samples * 0.75), state: 'truncated', metaSamples: file.samples });
  });

  test('ragged ends within a sample', async () => {
    const { file } = await faulty('ragged');
    expect(statSync(file.bin).size).toBe(2 * file.columns * file.samples - file.columns);
  });

  test('missing is missing, and only that', async () => {
    const bin = await faulty('noBin');
    expect([existsSync(bin.file.bin), existsSync(bin.file.meta)]).toEqual([false, true]);
    const meta = await faulty('noMeta');
    expect([existsSync(meta.file.bin), existsSync(meta.file.meta)]).toEqual([true, false]);
    expect(existsSync(fileOf(meta.run, 'imec0.lf').meta)).toBe(true);
  });
});

/** 30 hours, where files may have holes; Windows would fill them with zeros. */
const longSeconds = process.platform === 'win32' ? 60 : 108_000;

describe('a sparse run', () => {
  test('is as long as it says and holds data where it says', async () => {
    const seconds = longSeconds;
    const islands = [{ sample: 10, samples: 40, word: 64 }, { sample: 30_000 * seconds - 100, samples: 100 }];
    const run = await makeSparseRun(temporaryFolder(), { seconds, islands });
    expect(run).toMatchObject({ columns: 385, samples: 30_000 * seconds, bytes: 770 * 30_000 * seconds });
    expect(statSync(run.bin).size).toBe(run.bytes);
    const meta = await readMeta(run.meta);
    expect(await fileLength(run.bin, meta)).toMatchObject({ samples: run.samples, state: 'complete' });
    const bin = openBin(run.bin, 385);
    const data = new Int16Array(385 * 4);
    for (const sample of [30, run.samples - 4]) {
      bin.read(sample, 4, data);
      expect([data[0], data[385], data[387]]).toEqual([sparseValue(sample, 0), sparseValue(sample + 1, 0), sparseValue(sample + 1, 2)]);
    }
    bin.read(48, 4, data);
    expect([data[384], data[2 * 385 - 1], data[3 * 385 - 1], data[2 * 385]]).toEqual([64, 64, 0, 0]);
    bin.close();
  });

  test.skipIf(process.platform === 'win32')('takes hardly any room', async () => {
    const run = await makeSparseRun(temporaryFolder(), { seconds: 600, savedChannels: '0:9', islands: [{ sample: 5, samples: 5 }] });
    expect(run.columns).toBe(11);
    expect(statSync(run.bin).blocks * 512).toBeLessThan(run.bytes / 10);
    expect(readFileSync(run.meta, 'utf8')).toContain('fileTimeSecs=600\n');
  });
});
