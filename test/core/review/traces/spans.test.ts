// Spans of a processed recording from the lists beside it, and its samples in their true place though a gap was cut short.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { createPyramids, findOutputs, gridSample, indexSpans, readTarget, readTraceWindow, spansOf, tracesTasks, type TraceSpan, type TraceTarget } from '../../../../core/review/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { edit, healthReport, joinByHand, writeEdits, writeHealth } from '../../../support/spanFiles.ts';

let run: SimulatedRun;
let base: string;
let folder: string;
let rate: number;
/** Samples of t0, and from its end to the beginning of t1. */
let samples: number;
let gap: number;
const fill = 600;

const open = async (): Promise<TraceTarget> => readTarget(run.files.map(({ bin }) => bin), [await findOutputs(folder)]);
const processed = (target: TraceTarget) => target.sources.find(({ key }) => key === 'imec0.ap|catgt0')!;
const ofKind = (spans: readonly TraceSpan[], ...kinds: readonly string[]) => spans.filter(({ kind, stream }) => kinds.includes(kind) && stream === 'imec0.ap');

beforeAll(async () => {
  const root = temporaryFolder();
  run = await quickRun(path.join(root, 'raw'), { spans: [{ gate: 0, trigger: 0, fromS: 0.5, toS: 2.5 }, { gate: 0, trigger: 1, fromS: 4.5, toS: 5.5 }] });
  const [first, second] = run.files.filter(({ label }) => label === 'imec0.ap').map(({ bin }) => bin);
  folder = path.join(root, 'out', `catgt_${run.name}_g0`);
  base = await joinByHand(first, second, 17, fill, path.join(folder, `${run.name}_g0_imec0`, `${run.name}_g0_tcat.imec0.ap`));
  const { files: [before, after], rate_Hz } = (await open()).sources.find(({ key }) => key === 'imec0.ap|raw')!;
  rate = rate_Hz;
  samples = before.samples_smp;
  gap = after.first_smp - samples;
});

describe('without lists', () => {
  test('a gap is taken for filled, and what lies behind a fill that was cut short is early', async () => {
    const target = await open();
    expect(processed(target).files).toHaveLength(1);
    expect(ofKind(spansOf(target), 'gap', 'fill').map(({ kind, sources }) => [kind, sources])).toEqual([['gap', ['imec0.ap|car', 'imec0.ap|highpass', 'imec0.ap|raw']]]);
  });
});

describe('with CatGT\'s offsets alone', () => {
  const list = () => path.join(folder, `${run.name}_g0_ct_offsets.txt`);
  afterAll(() => fs.rm(list()));

  test('the file is two pieces as well', async () => {
    const start = samples + fill;
    await fs.writeFile(list(), `smp_imap0:\t0\t${start}\r\nsec_imap0:\t0.000000\t${(start / rate).toFixed(6)}\r\n`);
    expect(processed(await open()).files.map(({ from_row, first_smp }) => [from_row, first_smp])).toEqual([[0, 0], [start, samples + gap]]);
  });

  test('unless it tells of other files than are there, or is broken', async () => {
    await fs.writeFile(list(), 'sec_imap0:\t0.000000\t1.000000\t2.000000\n');
    expect(processed(await open()).files).toHaveLength(1);
    await fs.writeFile(list(), 'sec_imap0:\t0.000000\tlater\n');
    const { problems } = await open();
    expect(problems).toEqual([expect.stringContaining(`${list()}: row 'sec_imap0'`)]);
  });
});

describe('with lists', () => {
  beforeAll(async () => {
    await writeEdits(base, [edit(rate, 'gfix', 3000, 30, null, 'line'), edit(rate, 'fill', samples, fill, gap, 't0.bin'), edit(rate, 'gfix', samples + fill + 900, 60, null, 'zeros')]);
    await writeHealth(base, healthReport('imec0.ap', rate, samples + fill + 30_000, [{ kind: 'saturated', start_sample: 6000, samples: 45 }, { kind: 'missed', start_sample: samples + fill + 300, samples: 12 }]));
  });

  test('the file is two pieces: its samples lie where the raw ones do', async () => {
    const target = await open();
    const { files, columns, channels, key } = processed(target);
    expect(files.map(({ from_row, first_smp }) => [from_row, first_smp])).toEqual([[0, 0], [samples + fill, samples + gap]]);
    const read = (source: typeof files, from_smp: number) => readTraceWindow({ key, files: source.map((file) => ({ ...file, pyramid: null })), columns, analog: channels.analog, from_smp, to_smp: from_smp + 50, wanted: Int32Array.of(3), width: 50, live: null });
    const raw = target.sources.find((source) => source.key === 'imec0.ap|raw')!;
    expect([...read(files, samples + gap + 700).low]).toEqual([...read(raw.files, samples + gap + 700).low]);
    expect(read(files, samples + fill + 100).present).toHaveLength(0);
    expect(gridSample(files, samples + fill + 5)).toBe(samples + gap + 5);
  });

  test('the overview of a long recording finds them there, too', async () => {
    const pool = inlinePool(tracesTasks);
    const source = processed(await open());
    const pyramids = createPyramids(() => pool, () => Promise.resolve(temporaryFolder()), Date.now);
    await pyramids.files(source);
    pyramids.wish(source, 0);
    while (pyramids.state(source).done < 1) await new Promise((resolve) => setImmediate(resolve));
    const { addFromPyramid } = await import('../../../../core/review/traces/pyramidReader.ts');
    const { createEnvelope } = await import('../../../../core/review/traces/envelope.ts');
    const [, second] = await pyramids.files(source);
    const from = second.first_smp + 4096;
    const envelope = createEnvelope(Int32Array.of(2), 16, from, 4096, 2);
    expect(addFromPyramid(envelope, second, { columns: 17, analog: 16 }, from, from + 8192, 4096)).toBe(0);
    const bytes = await fs.readFile(second.path);
    const values = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    const expected = Array.from({ length: 4096 }, (_, row) => values[(second.from_row + 4096 + row) * 17 + 2]);
    expect(envelope.low[0]).toBeLessThanOrEqual(Math.min(...expected));
    expect(envelope.low[0]).toBeGreaterThan(Math.min(...expected) - 60);
    await pyramids.close();
  });

  test('fills and edits are spans of the processed file, behind the gap where they were recorded', async () => {
    const spans = ofKind(spansOf(await open()), 'fill', 'gfix');
    expect(spans.map(({ kind, sources, from_s, to_s }) => [kind, sources, Math.round(from_s * rate), Math.round(to_s * rate)])).toEqual([
      ['gfix', ['imec0.ap|catgt0'], 3000, 3030],
      ['fill', ['imec0.ap|catgt0'], samples, samples + gap],
      ['gfix', ['imec0.ap|catgt0'], samples + gap + 900, samples + gap + 960],
    ]);
    expect(spans.map(({ text }) => text)).toEqual([
      'gfix replaced 30 samples (1.000 ms) by a straight line.',
      `2.000 s after t0.bin were not recorded. CatGT filled 0.020 s of them: the file goes on ${((gap - fill) / rate).toFixed(3)} s early.`,
      'gfix replaced 60 samples (2.000 ms) by zeros.',
    ]);
  });

  test('saturation and missed samples are shown on the raw stream as on the processed one', async () => {
    const spans = ofKind(spansOf(await open()), 'sat', 'miss', 'err');
    expect(spans.map(({ kind, from_s }) => [kind, Math.round(from_s * rate)])).toEqual([['sat', 6000], ['miss', samples + gap + 300]]);
    expect(spans[0].sources).toEqual(['imec0.ap|car', 'imec0.ap|highpass', 'imec0.ap|raw', 'imec0.ap|catgt0']);
    expect(spans[0].text).toBe('4 channels at a rail for 1.500 ms.');
  });

  test('a report that left spans out says so', async () => {
    await writeHealth(base, { ...healthReport('imec0.ap', rate, 60_000, []), spans_left_out: 12 });
    expect((await open()).problems).toEqual([`${base}.health.json: 12 more stretches were counted than it lists, so they are not marked.`]);
  });

  test('a gap that was closed up begins where the file before it ends', async () => {
    await writeEdits(base, [edit(rate, 'fill', samples, 0, gap, 't0.bin')]);
    const target = await open();
    expect(processed(target).files.map(({ first_smp }) => first_smp)).toEqual([0, samples + gap]);
    expect(ofKind(spansOf(target), 'fill').map(({ from_s, to_s }) => [Math.round(from_s * rate), Math.round(to_s * rate)])).toEqual([[samples, samples + gap]]);
  });

  test('a broken list is a sentence, and the file is shown without it', async () => {
    await fs.writeFile(`${base}.edits.csv`, 'kind;start\n');
    await fs.writeFile(`${base}.health.json`, '{"version": 1');
    const target = await open();
    expect(target.problems).toHaveLength(2);
    expect(target.problems[0]).toMatch(/tcat\.imec0\.ap\.edits\.csv: does not begin with/);
    expect(processed(target).files).toHaveLength(1);
  });
});

describe('many spans', () => {
  /** One of 1 ms in every 10 ms, on two sources. */
  const span = (index: number): TraceSpan => ({ kind: 'gfix', device: 'imec0', stream: 'imec0.ap', sources: ['a', 'b'], from_s: index / 100, to_s: index / 100 + 0.001, text: `edit ${index}` });
  const index = indexSpans(Array.from({ length: 100_000 }, (_, number) => span(99_999 - number)), (_, own_s) => own_s + 5);

  test('are handed out by window, on the reference clock', () => {
    const { spans, counts } = index.inWindow({ sources: ['a'], from_s: 15.0005, to_s: 15.0205, width: 1000 });
    expect(spans.map(({ from_s, text }) => [Number(from_s.toFixed(4)), text])).toEqual([[15, 'edit 1000'], [15.01, 'edit 1001'], [15.02, 'edit 1002']]);
    expect(counts).toMatchObject({ gfix: 3, gap: 0 });
  });

  test('closer than a picture shows are one with its count; of two sources each is counted once', () => {
    const { spans, counts } = index.inWindow({ sources: ['a', 'b'], from_s: 5, to_s: 1005, width: 100 });
    expect(spans.length).toBeLessThanOrEqual(200);
    expect(spans[0].count).toBeGreaterThan(900);
    expect(spans[0].text).toMatch(/^\d+ close together, the first: edit 0$/);
    expect(spans.filter(({ source }) => source === 'a').reduce((sum, { count }) => sum + count, 0)).toBe(counts.gfix);
    expect(counts.gfix).toBe(100_000);
  });

  test('are walked one by one, both ways, and not those of kinds or sources that are off', () => {
    const at = (from_s: number, direction: 1 | -1, changes = {}) => index.next({ kinds: ['gfix'], sources: ['b'], from_s, direction, apart_s: 1e-5, ...changes })?.text;
    expect([at(15, 1), at(15, -1), at(15.005, -1)]).toEqual(['edit 1001', 'edit 999', 'edit 1000']);
    expect([at(15, 1, { kinds: ['sat'] }), at(15, 1, { sources: ['c'] }), at(2000, 1)]).toEqual([undefined, undefined, undefined]);
    expect(at(15, 1, { sources: null })).toBe('edit 1001');
  });
});
