// Windows of traces: samples where they are few, exact lows and highs where they are many, from the file or from a pyramid.

import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { createPyramids, readTarget, readTraceWindow, type TraceSource, tracesTasks, type TraceWindow } from '../../../../core/review/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const pool = inlinePool(tracesTasks);
let folder: string;
let run: SimulatedRun;
let sources: readonly TraceSource[];

/** Two files with a second between them, 17 columns (SY last). */
beforeAll(async () => {
  folder = temporaryFolder();
  run = await quickRun(path.join(folder, 'raw'), { spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 3.1 }, { gate: 0, trigger: 1, fromS: 4.1, toS: 5.1 }] });
  // Files that were changed just now would be taken for still being written.
  for (const { bin } of run.files) await fs.utimes(bin, new Date('2024-01-01'), new Date('2024-01-01'));
  sources = (await readTarget(run.files.map(({ bin }) => bin), [])).sources;
});

const source = (key: string) => sources.find((each) => each.key === key)!;

async function valuesOf(file: string): Promise<Int16Array> {
  const bytes = await fs.readFile(file);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

function read(key: string, from_smp: number, to_smp: number, width: number, wanted: readonly number[], files?: Parameters<typeof readTraceWindow>[0]['files']): TraceWindow {
  const { columns, channels, live, files: known } = source(key);
  return readTraceWindow({ key, files: files ?? known.map((file) => ({ ...file, pyramid: null })), columns, analog: channels.analog, from_smp, to_smp, wanted: Int32Array.from(wanted), width, live });
}

describe('a target', () => {
  test('has every stream once per state, on the clock of its device, joined by firstSample', () => {
    expect(sources.map(({ key }) => key)).toEqual(['imec0.ap|car', 'imec0.ap|highpass', 'imec0.ap|raw', 'imec0.lf|raw', 'nidq|raw']);
    const { files, rate_Hz } = source('imec0.ap|raw');
    expect(files.map(({ name }) => name)).toEqual(['g0 t0', 'g0 t1']);
    expect(files[0].first_smp).toBe(0);
    expect(files[1].first_smp / rate_Hz).toBeCloseTo(3, 3);
  });

  test('orders channels from the tip up and says where they are', () => {
    const { order, z_um, analog, names } = source('imec0.ap|raw').channels;
    expect(analog).toBe(16);
    expect(Array.from(order, (column) => z_um[column])).toEqual([...z_um].sort((a, b) => a - b));
    expect(names[16]).toBe('SY');
    expect(source('nidq|raw').channels.names.slice(0, 2)).toEqual(['XA0', 'XA1']);
  });

  test('leaves out a file without meta, with a sentence that names it', async () => {
    const { problems, sources: found } = await readTarget([path.join(folder, 'raw', 'lost_g0_t0.imec0.ap.bin')], []);
    expect(found).toEqual([]);
    expect(problems[0]).toMatch(/lost_g0_t0\.imec0\.ap\.meta: no such file/);
  });
});

describe('a window', () => {
  test('of few samples is the samples themselves, channel after channel', async () => {
    const values = await valuesOf(source('imec0.ap|raw').files[0].path);
    const window = read('imec0.ap|raw', 1000, 1100, 200, [3, 7]);
    expect(window).toMatchObject({ mode: 'samples', first_smp: 1000, per_smp: 1, count: 100, missing: 0 });
    expect(Array.from(window.low.subarray(100, 200))).toEqual(Array.from({ length: 100 }, (_, row) => values[(1000 + row) * 17 + 7]));
  });

  test('of many samples has the lowest and highest of every column, none left out', async () => {
    const values = await valuesOf(source('imec0.ap|raw').files[0].path);
    const window = read('imec0.ap|raw', 501, 30_501, 77, [5]);
    expect(window.mode).toBe('minmax');
    for (let column = 0; column < window.count; column++) {
      const rows = Array.from({ length: Math.min(window.per_smp, 30_000 - column * window.per_smp) }, (_, row) => values[(501 + column * window.per_smp + row) * 17 + 5]);
      expect([window.low[column], window.high[column]]).toEqual([Math.min(...rows), Math.max(...rows)]);
    }
  });

  test('of digital words tells which bits stayed high and which were ever high', async () => {
    const values = await valuesOf(source('imec0.ap|raw').files[0].path);
    const window = read('imec0.ap|raw', 0, 30_000, 10, [16]);
    const words = Array.from({ length: window.per_smp }, (_, row) => values[row * 17 + 16]);
    expect(window.low[0]).toBe(words.reduce((all, word) => all & word, -1));
    expect(window.high[0]).toBe(words.reduce((any, word) => any | word, 0));
  });

  test('over a gap says where there is data', () => {
    const [first, second] = source('imec0.ap|raw').files;
    const window = read('imec0.ap|raw', first.samples_smp - 10, second.first_smp + 10, 30_000, [0]);
    expect(Array.from(window.present)).toEqual([0, 10, window.count - 10, window.count]);
  });

  test('filtered while looking has the offsets and the common part taken off', () => {
    const raw = read('imec0.ap|raw', 10_000, 12_000, 2000, [4]);
    const filtered = read('imec0.ap|car', 10_000, 12_000, 2000, [4]);
    const spread = (values: Int16Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(spread(filtered.low)).toBeLessThan(spread(raw.low));
    expect(Math.abs(filtered.low.reduce((sum, value) => sum + value, 0) / filtered.count)).toBeLessThan(1);
  });
});

describe('a pyramid', () => {
  /** Wishes for a source until it is built. */
  async function built(cache: string, key = 'imec0.ap|raw') {
    const pyramids = createPyramids(() => pool, () => Promise.resolve(cache), Date.now);
    await pyramids.files(source(key));
    pyramids.wish(source(key), 0);
    while (pyramids.state(source(key)).done < 1) await new Promise((resolve) => setImmediate(resolve));
    return pyramids;
  }

  test('gives at every level what the file gives, at most a bucket wider', async () => {
    const cache = temporaryFolder();
    const files = await (await built(cache)).files(source('imec0.ap|raw'));
    // A pyramid is used for what would be much to read: as many columns as a large probe has, told by asking for less.
    const { addFromPyramid } = await import('../../../../core/review/traces/pyramidReader.ts');
    const { createEnvelope } = await import('../../../../core/review/traces/envelope.ts');
    for (const per of [256, 5000, 32_768]) {
      const count = Math.floor(files[0].samples_smp / per);
      const envelope = createEnvelope(Int32Array.of(2, 16), 16, 0, per, count);
      expect(addFromPyramid(envelope, files[0], { columns: 17, analog: 16 }, 0, count * per, per)).toBe(0);
      const direct = createEnvelope(Int32Array.of(2, 16), 16, 0, per, count);
      const values = await valuesOf(files[0].path);
      direct.addRows(values, count * per, 17, 0);
      for (let column = 0; column < count; column++) {
        expect(envelope.low[column]).toBeLessThanOrEqual(direct.low[column]);
        expect(envelope.high[column]).toBeGreaterThanOrEqual(direct.high[column]);
        if (per === 256 || per === 32_768) expect([envelope.low[column], envelope.high[column], envelope.high[count + column]]).toEqual([direct.low[column], direct.high[column], direct.high[count + column]]);
      }
    }
  });

  test('is found again, and made anew when the recording has changed', async () => {
    const cache = temporaryFolder();
    await (await built(cache)).close();
    const again = createPyramids(() => pool, () => Promise.resolve(cache), Date.now);
    await again.files(source('imec0.ap|raw'));
    expect(again.state(source('imec0.ap|raw')).done).toBe(1);
    const changed = { ...source('imec0.ap|raw'), files: source('imec0.ap|raw').files.map((file) => ({ ...file, mtimeMs: file.mtimeMs + 1000 })) };
    await again.files(changed);
    expect(again.state(changed).done).toBe(0);
  });

  test('is not begun for a file that is still being written', async () => {
    const growing = { ...source('imec0.ap|raw'), files: source('imec0.ap|raw').files.map((file) => ({ ...file, mtimeMs: Date.now() })) };
    const pyramids = createPyramids(() => pool, () => Promise.resolve(temporaryFolder()), Date.now);
    await pyramids.files(growing);
    expect(pyramids.state(growing).problem).toMatch(/still being written/);
  });
});
