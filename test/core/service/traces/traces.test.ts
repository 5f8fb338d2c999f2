// The requests of the trace page on a simulated run with an output folder beside it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freeBytes, inlinePool } from '../../../../core/common/index.ts';
import { encodeNpy, readNpy } from '../../../../core/formats/index.ts';
import { tracesTasks } from '../../../../core/review/index.ts';
import type { SnippetPlan, TraceSources, TraceWindowInfo } from '../../../../core/service/contract/index.ts';
import type { AreaContext } from '../../../../core/service/house/index.ts';
import { openAccess, openLimits, openProfile } from '../../../../core/service/house/index.ts';
import { runsArea } from '../../../../core/service/runs/index.ts';
import { type TracesArea, tracesArea } from '../../../../core/service/traces/index.ts';
import { geometry, openBin, readMeta, scan, streamFacts } from '../../../../core/spikeglx/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { edit, healthReport, writeEdits, writeHealth } from '../../../support/spanFiles.ts';

const call = { signal: new AbortController().signal, progress: () => undefined };
let area: TracesArea;
let folder: string;
let output: string;
let runId: string;

beforeAll(async () => {
  folder = await fs.realpath(temporaryFolder());
  const run = await quickRun(path.join(folder, 'raw'), { spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 3.1 }, { gate: 0, trigger: 1, fromS: 3.6, toS: 4.6 }] });
  output = path.join(folder, 'out', `catgt_${run.name}_g0`);
  const probe = path.join(output, `${run.name}_g0_imec0`);
  const sorter = path.join(probe, 'imec0_ks4');
  await fs.mkdir(sorter, { recursive: true });
  const ap = run.files.find(({ label }) => label === 'imec0.ap')!;
  for (const [from, ending] of [[ap.bin, 'bin'], [ap.meta, 'meta']]) await fs.copyFile(from, path.join(probe, `${run.name}_g0_tcat.imec0.ap.${ending}`));
  const joined = path.join(probe, `${run.name}_g0_tcat.imec0.ap`);
  await writeEdits(joined, [edit(30_000, 'gfix', 45_000, 60, null, 'line'), edit(30_000, 'gfix', 46_000, 60, null, 'line')]);
  await writeHealth(joined, healthReport('imec0.ap', 30_000, 60_000, [{ kind: 'saturated', start_sample: 3000, samples: 300 }]));
  const ni = run.files.find(({ label }) => label === 'nidq')!;
  await fs.copyFile(ni.meta, path.join(output, `${run.name}_g0_tcat.nidq.meta`));
  await fs.writeFile(path.join(output, `${run.name}_g0_tcat.nidq.xd_2_1_50.txt`), '0.500000\n1.250000\n1.750000\n');
  await fs.writeFile(path.join(sorter, 'params.py'), `dat_path = '../${run.name}_g0_tcat.imec0.ap.bin'\n`);
  await fs.writeFile(path.join(sorter, 'spike_times.npy'), encodeNpy(Float64Array.of(3000, 30_000, 45_000), [3]));
  await fs.writeFile(path.join(sorter, 'spike_clusters.npy'), encodeNpy(Int32Array.of(4, 9, 4), [3]));
  await fs.writeFile(path.join(sorter, 'spike_templates.npy'), encodeNpy(Int32Array.of(0, 1, 0), [3]));
  await fs.writeFile(path.join(sorter, 'channel_map.npy'), encodeNpy(Int32Array.from({ length: 3 }, (_, site) => site + 5), [3]));
  await fs.writeFile(path.join(sorter, 'templates.npy'), encodeNpy(Float32Array.of(0, -3, 0, 0, 2, 0, /* second */ 0, 0, -5, 1, 0, 4), [2, 2, 3]));

  const profile = await openProfile(path.join(folder, 'profile'));
  const base = { profile, limits: openLimits(profile, 1), freeBytes, access: await openAccess([folder]), shell: { carrier: 'browser' as const }, emit: () => undefined, now: () => Date.now() + 60_000 };
  const pool = () => ({ ...inlinePool(tracesTasks), close: () => Promise.resolve() });
  const context = { ...base, pool, screenPool: pool };
  const runs = await runsArea(context);
  await runs.handlers['roots.add']({ path: folder }, call);
  for (let tries = 0; runs.library.list().length === 0 && tries < 200; tries++) await new Promise((resolve) => setImmediate(resolve));
  runId = runs.library.list().find((each) => each.name === run.name)!.runId;
  area = tracesArea({ ...context, runs: runs.library } as unknown as AreaContext);
});

afterAll(() => area.close());

const ask = <Name extends keyof TracesArea['handlers']>(name: Name, input: Parameters<TracesArea['handlers'][Name]>[0]) => area.handlers[name](input as never, call);

describe('sources', () => {
  test('a run has its raw streams and what CatGT wrote of it, wherever that lies under the folders', async () => {
    const sources = await ask('trace.sources', { target: { runId } }) as Awaited<ReturnType<TracesArea['handlers']['trace.sources']>>;
    expect(sources.sources.map(({ key }) => key)).toEqual(['imec0.ap|car', 'imec0.ap|catgt0', 'imec0.ap|highpass', 'imec0.ap|raw', 'imec0.lf|raw', 'nidq|raw']);
    expect(sources.events).toEqual([{ key: 'nidq xd_2_1_50', stream: 'nidq', label: 'NI word 2 bit 1, 50 ms', isSync: false }]);
    expect(sources.clocks).toContainEqual({ device: 'nidq', aligned: false });
  });

  test('an output, probe or sorter folder leads to the same streams', async () => {
    for (const below of ['', 'quick_g0_imec0', path.join('quick_g0_imec0', 'imec0_ks4')]) {
      const { sources } = await ask('trace.sources', { target: { folder: path.join(output, below) } }) as Awaited<ReturnType<TracesArea['handlers']['trace.sources']>>;
      expect(sources.map(({ key }) => key)).toContain('imec0.ap|catgt0');
      expect(sources.map(({ key }) => key)).toContain('imec0.ap|raw');
    }
  });

  test('a folder nobody chose is refused', async () => {
    await expect(ask('trace.sources', { target: { folder: path.dirname(folder) } })).rejects.toMatchObject({ tag: 'not-allowed' });
  });
});

describe('windows', () => {
  test('raw and processed of one stream answer on one time axis', async () => {
    const window = (source: string) => ask('trace.window', { target: { runId }, source, from_s: 0.5, to_s: 0.51, width: 1000, columns: [3] }) as Promise<Awaited<ReturnType<TracesArea['handlers']['trace.window']>>>;
    const [raw, processed] = [await window('imec0.ap|raw'), await window('imec0.ap|catgt0')];
    expect(raw.mode).toBe('samples');
    expect(raw.from_s).toBeCloseTo(0.5, 4);
    expect(Array.from(processed.low)).toEqual(Array.from(raw.low));
  });

  test('a live state beyond ten seconds says that it is off', async () => {
    expect(await ask('trace.window', { target: { runId }, source: 'imec0.ap|car', from_s: 0, to_s: 40, width: 1000 })).toMatchObject({ mode: 'off', text: 'Live CAR is off beyond 10 s, the shown span is 40 s.' });
  });

  test('a window past the end is empty, not an error', async () => {
    expect(await ask('trace.window', { target: { runId }, source: 'nidq|raw', from_s: 500, to_s: 501, width: 100 })).toMatchObject({ count: 0, text: null });
  });

  test('the overview has nothing where nothing was recorded', async () => {
    const overview = await ask('trace.overview', { target: { runId }, source: 'imec0.ap|raw', width: 64 }) as Awaited<ReturnType<TracesArea['handlers']['trace.overview']>>;
    const at = (time: number) => overview.reach_uV[Math.floor((time - overview.from_s) / overview.step_s)];
    expect(at(1)).toBeGreaterThan(10);
    expect(at(2.25)).toBeNaN();
  });
});

describe('spans', () => {
  test('in the window, on the sources they belong to, with all that there are counted', async () => {
    const spans = (input: object) => ask('trace.spans', { target: { runId }, sources: ['imec0.ap|raw', 'imec0.ap|catgt0'], from_s: 0, to_s: 5, width: 1000, ...input } as never) as Promise<Awaited<ReturnType<TracesArea['handlers']['trace.spans']>>>;
    const all = await spans({});
    expect(all.counts).toEqual({ gap: 1, olap: 0, fill: 0, gfix: 2, sat: 1, miss: 0, err: 0 });
    expect(all.spans.map(({ kind, source }) => `${kind} ${source}`)).toEqual(['sat imec0.ap|raw', 'sat imec0.ap|catgt0', 'gfix imec0.ap|catgt0', 'gfix imec0.ap|catgt0', 'gap imec0.ap|raw']);
    expect((await spans({ to_s: 1.51 })).spans.filter(({ kind }) => kind === 'gfix').map(({ from_s, count }) => [Number(from_s.toFixed(3)), count])).toEqual([[1.5, 1]]);
    expect((await spans({ width: 10 })).spans.filter(({ kind }) => kind === 'gfix')[0]).toMatchObject({ count: 2, text: '2 close together, the first: gfix replaced 60 samples (2.000 ms) by a straight line.' });
  });
});

describe('marks', () => {
  const sorter = () => path.join(output, 'quick_g0_imec0', 'imec0_ks4');
  const chosen = { lines: ['nidq xd_2_1_50'], sorter: null, units: 'all' as const, spans: ['gap', 'fill', 'gfix', 'sat'], sources: null };

  test('events and spikes in the window, spikes with the channel where their unit is largest', async () => {
    const marks = await ask('trace.marks', { target: { runId }, from_s: 0, to_s: 1.3, ...chosen, sorter: sorter() }) as Awaited<ReturnType<TracesArea['handlers']['trace.marks']>>;
    expect(marks.events[0].count).toBe(2);
    expect(Array.from(marks.spikes!.units)).toEqual([4, 9]);
    expect(Array.from(marks.spikes!.columns)).toEqual([6, 7]);
    expect(marks.spikes!.times_s[1]).toBeCloseTo(1, 3);
  });

  test('next and previous event, spike of a unit, and problem', async () => {
    const next = (input: object) => ask('trace.next', { target: { runId }, ...chosen, kind: 'event', from_s: 0, direction: 1, ...input } as never) as Promise<{ t_s: number | null; text: string }>;
    expect((await next({ from_s: 0.5 })).t_s).toBeCloseTo(1.25, 4);
    expect((await next({ from_s: 1.25, direction: -1 })).t_s).toBeCloseTo(0.5, 4);
    expect((await next({ kind: 'spike', sorter: sorter(), units: [9] })).text).toBe('unit 9');
    expect((await next({ kind: 'problem' })).text).toBe('4 channels at a rail for 10.000 ms.');
    expect((await next({ kind: 'problem', spans: ['gap', 'gfix'] })).t_s).toBeCloseTo(1.5, 4);
    expect((await next({ kind: 'problem', spans: ['gap', 'gfix'], sources: ['imec0.ap|raw'] })).text).toMatch(/^0\.500 s between g0 t0 and g0 t1 were not recorded/);
    expect(await next({ kind: 'problem', spans: [] })).toEqual({ t_s: null, text: 'No later problem.' });
    expect(await next({ from_s: 100 })).toEqual({ t_s: null, text: 'No later event.' });
  });

  test('a sorted folder of another recording is refused', async () => {
    await expect(ask('trace.units', { target: { runId }, sorter: folder })).rejects.toMatchObject({ tag: 'input-file' });
  });
});

describe('a snippet', () => {
  const asked = (changes: object = {}) => ({ target: { runId }, source: 'imec0.ap|raw', from_s: 0.25, to_s: 0.35, columns: [4, 5, 9], kind: 'bin' as const, name: 'snip ä', ...changes });
  const write = (into: string, changes: object = {}) => ask('trace.export', { ...asked(changes), folder: into } as never) as Promise<{ path: string; files: { name: string; bytes_B: number }[]; command: string }>;
  const place = () => fs.mkdtemp(path.join(folder, 'snippets '));

  test('is a recording of its own: first sample, channels and gains as they were, and the scan finds it', async () => {
    const into = await place();
    const plan = await ask('trace.snippet', asked() as never) as SnippetPlan;
    const written = await write(into);
    expect(written.files.map(({ name, bytes_B }) => [name.replaceAll(path.sep, '/'), bytes_B])).toEqual([['snip ä_g0/snip ä_g0_t0.imec0.ap.bin', plan.samples * 4 * 2], ['snip ä_g0/snip ä_g0_t0.imec0.ap.meta', plan.files[1].bytes_B]]);
    const { runs } = await scan([into]);
    const [stream] = runs[0].gates[0].triggers[0].streams;
    expect(stream).toMatchObject({ stream: 'imec0.ap', samples: plan.samples, channels: 4, firstSample: plan.firstSample });
    const recorded = (await scan([path.join(folder, 'raw')])).runs[0].gates[0].triggers[0].streams.find((each) => each.stream === 'imec0.ap')!;
    // The first sample that is not before the span.
    const first = Math.ceil(0.25 * recorded.rate);
    expect([plan.firstSample, plan.samples]).toEqual([recorded.firstSample! + first, Math.ceil(0.35 * recorded.rate) - first]);

    const [source, copy] = [openBin(recorded.path, recorded.channels), openBin(stream.path, 4)];
    const [whole, part] = [new Int16Array(recorded.channels), new Int16Array(4)];
    for (const row of [0, 1, plan.samples - 1]) {
      source.read(first + row, 1, whole);
      copy.read(row, 1, part);
      expect([...part]).toEqual([whole[4], whole[5], whole[9], whole.at(-1)]);
    }
    source.close();
    copy.close();
    const meta = await readMeta(stream.path.replace(/bin$/, 'meta'));
    expect(streamFacts(meta, { kind: 'ap', index: 0 })).toMatchObject({ columns: 4, neural: 3 });
    expect(geometry(meta).sites).toHaveLength(3);
    expect((await fs.readdir(path.dirname(stream.path))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('of what CatGT wrote is an output folder that can be opened again', async () => {
    const into = await place();
    await write(into, { source: 'imec0.ap|catgt0', from_s: 0.5, to_s: 0.6 });
    const again = await ask('trace.sources', { target: { folder: path.join(into, 'catgt_snip ä_g0') } }) as Awaited<ReturnType<TracesArea['handlers']['trace.sources']>>;
    expect(again.sources.map(({ key }) => key)).toEqual(['imec0.ap|catgt0']);
    expect(again.to_s - again.from_s).toBeCloseTo(0.1, 4);
  });

  test('in microvolts is a table with titles, or an npy with its facts beside it', async () => {
    const into = await place();
    await write(into, { kind: 'csv', to_s: 0.2501 });
    const lines = (await fs.readFile(path.join(into, 'snip ä.imec0.ap.csv'), 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toBe('sample,time_s,AP4_uV,AP5_uV,AP9_uV,SY');
    expect(lines).toHaveLength(4);
    await write(into, { kind: 'npy', to_s: 0.2501 });
    const { dtype, shape, data } = await readNpy(path.join(into, 'snip ä.imec0.ap.npy'));
    expect([dtype, shape]).toEqual(['<f4', [3, 4]]);
    expect(data[0]).toBeCloseTo(Number(lines[1].split(',')[2]), 2);
    expect(JSON.parse(await fs.readFile(path.join(into, 'snip ä.imec0.ap.json'), 'utf8'))).toMatchObject({ channels: ['AP4', 'AP5', 'AP9', 'SY'], samples: 3 });
  });

  test('with the live filter holds what the pane shows', async () => {
    const into = await place();
    await write(into, { source: 'imec0.ap|highpass', kind: 'npy', from_s: 0.5, to_s: 0.51 });
    const { data } = await readNpy(path.join(into, 'snip ä.imec0.ap.npy'));
    const shown = await ask('trace.window', { target: { runId }, source: 'imec0.ap|highpass', from_s: 0.5, to_s: 0.5099, width: 1000, columns: [4] }) as TraceWindowInfo;
    const { sources } = await ask('trace.sources', { target: { runId } }) as TraceSources;
    const { channels, rate_Hz } = sources.find(({ key }) => key === 'imec0.ap|highpass')!;
    const first = Math.ceil(0.5 * rate_Hz) - shown.first_smp;
    expect(Array.from({ length: 50 }, (_, row) => Math.round(Number(data[row * 4]) / channels.uVperBit[4]))).toEqual([...shown.low.subarray(first, first + 50)]);
  });

  test('over a gap is the longer side, and says so', async () => {
    const plan = await ask('trace.snippet', asked({ from_s: 1.9, to_s: 2.55 }) as never) as SnippetPlan;
    expect(plan.samples).toBeGreaterThan(2900);
    expect(plan.note).toMatch(/^The span reaches beyond g0 t0: 0\.5[45]/);
  });

  test('never goes into a recording, over another file, or out of the chosen folders', async () => {
    const into = await place();
    await write(into);
    await expect(write(into)).rejects.toMatchObject({ tag: 'output-file', message: expect.stringContaining('is there already') });
    const raw = (await scan([path.join(folder, 'raw')])).runs[0].gates[0].triggers[0].streams[0].path;
    await expect(write(path.dirname(raw), { kind: 'csv' })).rejects.toMatchObject({ message: expect.stringContaining('lies in the folder of a recording') });
    await expect(write(path.dirname(folder))).rejects.toMatchObject({ tag: 'not-allowed' });
  });
});
