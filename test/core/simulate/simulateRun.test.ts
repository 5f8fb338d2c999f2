import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TaskPool } from '../../../core/common/index.ts';
import { quickDescription, quickRun, simulateRun, tasks } from '../../../core/simulate/index.ts';
import type { SimulatedRun, StretchPayload } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { fileOf, samplesOf } from './read.ts';

const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Hash of every file under a folder, by its path. */
function fingerprint(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(folder, file)).isFile());
  return Object.fromEntries(files.sort().map((file) => [file, hash(path.join(folder, file))]));
}

/** Runs what is submitted in batches, last first, as threads might. */
function backwardsPool(size: number): TaskPool {
  const waiting: (() => void)[] = [];
  const flush = () => waiting.splice(0).reverse().forEach((job) => job());
  return {
    size,
    run: <Result>(task: string, payload: unknown) => new Promise<Result>((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve((tasks as unknown as Record<string, (payload: unknown) => Result>)[task]!(payload));
        } catch (error) {
          reject(error as Error);
        }
      });
      setImmediate(flush);
    }),
  };
}

describe('the same description gives the same bytes', () => {
  test('in every file, truth included; another seed gives others', async () => {
    const run = (seed: number) => quickRun(temporaryFolder(), { seed, seconds: 1 });
    const [first, again, other] = [await run(3), await run(3), await run(4)];
    expect(fingerprint(first.dest)).toEqual(fingerprint(again.dest));
    expect(hash(fileOf(other, 'imec0.ap').bin)).not.toBe(hash(fileOf(first, 'imec0.ap').bin));
  });

  test('whatever the number and the order of workers', async () => {
    // 385 columns and 1.6 s make three stretches of the AP file.
    const description = quickDescription({ savedChannels: 'all', seconds: 1.6, probe: { units: { count: 20 } } });
    const inline = await simulateRun(temporaryFolder(), description);
    const threads = await simulateRun(temporaryFolder(), description, { pool: backwardsPool(3) });
    expect(fingerprint(threads.dest)).toEqual(fingerprint(inline.dest));
  });

  test('of a stream, whatever the other streams', async () => {
    const alone = await quickRun(temporaryFolder(), { seconds: 1, ni: null });
    const probe = { partNumber: 'NP2013', savedChannels: '0:7', units: { count: 3 } };
    const among = await quickRun(temporaryFolder(), { seconds: 1, ni: { xd: 2 }, oneBoxes: [{}], probes: [...quickDescription().probes!, probe] });
    for (const label of ['imec0.ap', 'imec0.lf']) expect(hash(fileOf(among, label).bin)).toBe(hash(fileOf(alone, label).bin));
  });

  test('of a channel, whichever others are saved, when the cells lie along the whole probe', async () => {
    const probe = { units: { within: 'probe' as const, count: 200 } };
    const all = await quickRun(temporaryFolder(), { seconds: 0.3, savedChannels: 'all', probe });
    const some = await quickRun(temporaryFolder(), { seconds: 0.3, savedChannels: '12:27,40', probe });
    const whole = samplesOf(fileOf(all, 'imec0.ap'));
    const part = samplesOf(fileOf(some, 'imec0.ap'));
    const channels = [...Array.from({ length: 16 }, (_, index) => 12 + index), 40, 384];
    const cut = Int16Array.from({ length: part.length }, (_, index) => whole[Math.floor(index / 18) * 385 + channels[index % 18]!]!);
    expect(part).toEqual(cut);
  });
});

describe('triggers see the same ongoing world', () => {
  const spans = [
    { gate: 0, trigger: 0, fromS: 1, toS: 2 },
    { gate: 0, trigger: 1, fromS: 1.8, toS: 2.5 },
    { gate: 0, trigger: 2, fromS: 2.5, toS: 2.8 },
    { gate: 0, trigger: 4, fromS: 3, toS: 3.2 },
  ];

  test('overlapping files hold identical samples where they overlap', async () => {
    const run = await quickRun(temporaryFolder(), { spans, oneBoxes: [{}] });
    for (const label of ['imec0.ap', 'imec0.lf', 'nidq', 'obx0']) {
      const [before, after] = [fileOf(run, label, 0), fileOf(run, label, 1)];
      const overlap = before.firstSample + before.samples - after.firstSample;
      expect(overlap).toBeGreaterThan(0.19 * before.rate);
      const tail = samplesOf(before).subarray((before.samples - overlap) * before.columns);
      expect(tail).toEqual(samplesOf(after).subarray(0, overlap * after.columns));
    }
  });

  test('the truth tells the joins: overlap, contiguous, gap', async () => {
    const run = await quickRun(temporaryFolder(), { spans, raggedSamples: 0, probe: { clock: { ppm: 0 } } });
    const ap = run.truth.streams.find((stream) => stream.stream === 'imec0.ap')!;
    expect(ap.files.map(({ trigger, firstSample, samples, join }) => [trigger, firstSample, samples, join.kind, join.samples])).toEqual([
      [0, 30000, 30000, 'first', 0],
      [1, 54000, 21000, 'overlap', 6000],
      [2, 75000, 9000, 'contiguous', 0],
      [4, 90000, 6000, 'gap', 6000],
    ]);
  });

  test('AP and LF files start and end together', async () => {
    const run = await quickRun(temporaryFolder(), { spans });
    for (const { trigger } of spans) {
      const [ap, lf] = [fileOf(run, 'imec0.ap', trigger), fileOf(run, 'imec0.lf', trigger)];
      expect([ap.firstSample / 12, ap.samples / 12]).toEqual([lf.firstSample, lf.samples]);
    }
  });
});

describe('the destination', () => {
  const quick = (dest: string, name = 'quick') => quickRun(dest, { name, seconds: 0.2 });

  test('may hold an earlier simulation, whose files are replaced', async () => {
    const dest = temporaryFolder();
    await quick(dest, 'first');
    writeFileSync(path.join(dest, 'notes.txt'), 'mine');
    const run = await quick(dest, 'second');
    expect(existsSync(path.join(dest, 'first_g0'))).toBe(false);
    expect(existsSync(fileOf(run, 'nidq').bin)).toBe(true);
    expect(readFileSync(path.join(dest, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('may not hold anything else', async () => {
    const dest = temporaryFolder();
    writeFileSync(path.join(dest, 'data.bin'), 'precious');
    await expect(quick(dest)).rejects.toThrow(`${dest} is not empty and holds no earlier simulation`);
    expect(readdirSync(dest)).toEqual(['data.bin']);
  });

  test('is empty again after an interruption', async () => {
    const dest = temporaryFolder();
    const abort = new AbortController();
    const job = quickRun(dest, { savedChannels: 'all', seconds: 4 }, { signal: abort.signal, progress: () => abort.abort() });
    await expect(job).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(readdirSync(dest)).toEqual([]);
  });
});

test('progress counts the samples of every stream to the end', async () => {
  const last = new Map<string, number>();
  const run = await quickRun(temporaryFolder(), { seconds: 1 }, { progress: ({ label, done, total }) => last.set(label, done / total) });
  expect([...last]).toEqual(run.files.map(({ label }) => [label, 1]));
});

test('a stretch of a file can be made on its own', async () => {
  const run: SimulatedRun = await quickRun(temporaryFolder(), { seconds: 1 });
  const file = fileOf(run, 'imec0.ap');
  const whole = samplesOf(file);
  const target = path.join(temporaryFolder(), 'stretch.bin');
  writeFileSync(target, new Uint8Array(2 * file.columns * 500));
  const first = file.firstSample + 12_345;
  const payload: StretchPayload = { run: JSON.stringify(run.description), stream: 'imec0.ap', first, samples: 500, path: target, fileFirst: first };
  tasks.simulateStretch(payload);
  expect(samplesOf({ ...file, bin: target })).toEqual(whole.slice(12_345 * file.columns, 12_845 * file.columns));
});

describe('a wrong description names what is wrong', () => {
  const wrong: [string, Parameters<typeof quickRun>[1], string][] = [
    ['part number', { partNumber: 'NP9999' }, "probe part number 'NP9999' is not in the probe table"],
    ['channel', { savedChannels: '0:3,900' }, 'there is no channel 900; the last is 768'],
    ['channel list', { savedChannels: '0-5' }, "probes.0.savedChannels: '0-5'"],
    ['line', { events: [{ name: 'x', widthsMs: [5], outlets: [{ stream: 'nidq', line: 16 }] }] }, 'nidq has 16 digital lines, so no line 16'],
    ['stream', { events: [{ name: 'x', widthsMs: [5], outlets: [{ stream: 'obx0', line: 1 }] }] }, "there is no stream 'obx0'; it can be nidq, imec0"],
    ['span', { spans: [{ gate: 0, trigger: 0, fromS: 3, toS: 2 }] }, 'span g0 t0 ends at 2 s'],
    ['unknown key', { probe: { gain: 3 } as never }, 'probes.0'],
    ['fault', { faults: [{ stream: 'imec1.ap', kind: 'stale' }] }, "there is no stream 'imec1.ap'"],
  ];
  test.each(wrong)('%s', async (_, overrides, sentence) => {
    await expect(quickRun(temporaryFolder(), overrides)).rejects.toThrow(sentence);
  });
});
