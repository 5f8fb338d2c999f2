// split-shanks: each shank of a probe sorted as a probe of its own, in its probe's folder and on its probe's clock; probes
// of one shank whole. Also as preflight foretells it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { npyNumbers, readNpy } from '../../../core/formats/index.ts';
import { createInputJson, parseInputJsonArguments } from '../../../core/modules/createInputJson/index.ts';
import { expandSession, failuresOf, preflight, runSession } from '../../../core/pipelines/index.ts';
import { parseNotation } from '../../../core/pipelines/exchange/index.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { ephysParams, readMeta } from '../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testModules, testPool, tree } from './support.ts';

let raw: string;
let dest: string;

// imec0: four shanks, with sites on 0, 1 and 2. imec1: one shank. imec2: four shanks, all with sites.
beforeAll(async () => {
  raw = path.join(await fs.realpath(temporaryFolder()), 'raw');
  const shanks = (savedChannels: string) => ({ partNumber: 'NP2013', savedChannels, units: { count: 2 } });
  await quickRun(raw, {
    name: 'mouse', spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 4.2 }, { gate: 1, trigger: 0, fromS: 5.1, toS: 8.2 }],
    probes: [shanks('0:7,48:53,192:195'), { partNumber: 'NP1010', savedChannels: '0:7', units: { count: 2 } }, shanks('0:3,48:51,192:195,240:243')],
    events: [{ name: 'stimulus', widthsMs: [50], intervalS: 0.4, outlets: [{ stream: 'nidq', line: 1 }] }],
  });
});

beforeEach(async () => {
  dest = await fs.realpath(temporaryFolder());
});

function session(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1, kind: 'split-shanks', npx_directory: raw, run_specs: [['mouse', '0', 'start,end', '0:1', '', ['cortex', 'thalamus']]],
    catGT_dest: path.join(dest, 'out'), json_directory: path.join(dest, 'json'), ni_obx_extract_string: '-xd=0,0,-1,1,50', event_ex_param_str: 'xd=0,0,-1,1,50',
    modules: ['spike_sorter', 'quality_metrics'], logName: 'log.csv', ...changes,
  };
}

const run = (content: Record<string, unknown>, options: { resume?: boolean } = {}) => runSession(content, dest, { pool: testPool(), modules: testModules, warn: () => undefined, ...options });
const expand = (changes: Record<string, unknown> = {}) => expandSession(session(changes), { base: dest, modules: testModules });
const look = (changes: Record<string, unknown> = {}) => preflight(session(changes), { base: dest, modules: testModules, now: Date.now() + 3_600_000 });
const out = (...parts: string[]) => path.join(dest, 'out', 'catgt_mouse_g0', ...parts);
const states = (report: Awaited<ReturnType<typeof run>>) => report.results.map(({ step, state }) => `${step.id.replace('mouse_g0_', '')} ${state}`);
/** What CatGT is told of shanks, call by call. */
const splits = async (changes: Record<string, unknown> = {}) => (await expand(changes)).plan.steps.filter(({ module }) => module === 'catGT_helper').map(({ input }) => ((input.catGT_helper_params as { cmdStr: string }).cmdStr.match(/-sepShanks=\S+/g) ?? []).join(' '));

describe('split-shanks', () => {
  it('sorts every shank with sites and aligns it by the edges of its probe; a probe of one shank is sorted whole', async () => {
    const before = await tree(raw);
    const report = await run(session());
    expect(states(report)).toEqual([
      'CatGT done', ...['imec1000', 'imec1001', 'imec1002', 'imec1'].flatMap((piece) => [`${piece}-spike_sorter done`, `${piece}-quality_metrics done`]), 'TPrime done',
    ]);
    expect(report.results[0].step.notes).toEqual(['imec0: shank 3 has no sites in use and is left out', 'imec1 has one shank: it is sorted whole']);
    expect(await tree(raw)).toEqual(before);

    for (const piece of ['mouse_g0_imec0/imec1000_ag', 'mouse_g0_imec0/imec1001_ag', 'mouse_g0_imec0/imec1002_ag', 'mouse_g0_imec1/imec1_ag']) {
      const [own, aligned] = await Promise.all(['spike_times_sec.npy', 'spike_times_sec_adj.npy'].map(async (name) => npyNumbers(await readNpy(out(piece, name)))));
      expect(own.length).toBeGreaterThan(50);
      // All times are told on the clock of imec0, which is that of its shanks.
      expect(own.every((time, index) => time === aligned[index]), piece).toBe(piece.startsWith('mouse_g0_imec0'));
      await fs.access(out(piece, 'events.csv'));
    }
    const sizes = await Promise.all(['imec1000', 'imec1001', 'imec1002'].map(async (piece) => (await fs.stat(out('mouse_g0_imec0', `mouse_g0_tcat.${piece}.ap.bin`))).size));
    expect(sizes.map((size) => size / sizes[2])).toEqual([9 / 5, 7 / 5, 1]);
    expect((await fs.readFile(path.join(dest, 'out', 'log.csv'), 'utf8')).trimEnd().split('\n').map((line) => line.split(',')[0])).toEqual(['session_id', 'mouse_g0_imec1000', 'mouse_g0_imec1001', 'mouse_g0_imec1002', 'mouse_g0_imec1']);

    expect(new Set(states(await run(session(), { resume: true })).map((line) => line.split(' ')[1]))).toEqual(new Set(['kept']));
  });

  it('tells the modules of a shank beforehand what its meta will say', async () => {
    const { plan } = await expand();
    await run(session({ modules: [], runTPrime: false }));
    for (const { input } of plan.steps.filter(({ module }) => module === 'spike_sorter')) {
      const bin = (input.ephys_params as { ap_band_file: string }).ap_band_file;
      const none = { continuous_file: bin, input_meta_path: '', extracted_data_directory: '', kilosort_output_directory: '' };
      expect(input.ephys_params).toEqual(createInputJson(parseInputJsonArguments(none), ephysParams(await readMeta(bin.replace(/bin$/, 'meta')))).content.ephys_params);
    }
  });

  it('tells CatGT of each run\'s own probes, whatever came before', async () => {
    const spec = (gate: string, probes: string) => ['mouse', gate, 'start,end', probes];
    expect(await splits({ run_specs: [spec('0', '0,2'), spec('1', '1')] })).toEqual(['-sepShanks=0,1000,1001,1002,-1 -sepShanks=2,1020,1021,1022,1023', '']);
    expect(await splits({ run_specs: [spec('0', '1'), spec('1', '2')] })).toEqual(['', '-sepShanks=2,1020,1021,1022,1023']);
  });

  it('is recognised again by the input JSON of its CatGT', async () => {
    const { plan } = await expand();
    const { session: read } = parseNotation(JSON.stringify(plan.steps[0].input));
    expect(read).toMatchObject({ npx_directory: [raw], run_specs: [['mouse', '0', '0,0', '0:1', '', [Array(4).fill('default'), 'default']]] });
    expect(read.catGT_cmd_string).not.toContain('sepShanks');
  });

  it('leaves out a shank whose sites are all excluded', async () => {
    expect(await splits({ catGT_cmd_string: '-prb_fld -chnexcl={0;48:53}' })).toEqual(['-sepShanks=0,1000,-1,1002,-1']);
  });

  it('takes modules of a probe for its shanks, unless a shank has its own', async () => {
    const { plan } = await expand({ modules: { default: ['spike_sorter', 'quality_metrics'], imec0: ['spike_sorter'], imec1002: [] }, runTPrime: false });
    expect(plan.steps.slice(1).map(({ id }) => id.replace('mouse_g0_', ''))).toEqual(['imec1000-spike_sorter', 'imec1001-spike_sorter', 'imec1-spike_sorter', 'imec1-quality_metrics']);
  });

  it.each(['imec1000', 'imec1002', 'imec0'])('aligns to %s, which has the clock of its probe', async (toStream_sync_params) => {
    expect((await look({ toStream_sync_params })).ok).toBe(true);
    expect(failuresOf(await run(session({ toStream_sync_params, modules: ['spike_sorter'] })))).toEqual([]);
    expect(await fs.readFile(out('mouse_g0_TPrime_cmd.txt'), 'utf8')).toMatch(/-tostream=.*?tcat\.imec0\.ap\.xd_18_6_500\.txt -fromstream/);
    for (const piece of ['mouse_g0_imec0/imec1001_ag', 'mouse_g0_imec1/imec1_ag']) await fs.access(out(piece, 'spike_times_sec_adj.npy'));
  });

  it('aligns shanks to another stream by the edges of their probe', async () => {
    await run(session({ toStream_sync_params: 'ni', modules: ['spike_sorter'] }));
    const shifts = await Promise.all(['imec1000', 'imec1001', 'imec1002'].map(async (piece) => {
      const [own, aligned] = await Promise.all(['spike_times_sec.npy', 'spike_times_sec_adj.npy'].map(async (name) => npyNumbers(await readNpy(out('mouse_g0_imec0', `${piece}_ag`, name)))));
      return aligned.map((time, index) => time - own[index]);
    }));
    expect(shifts[0].some((shift) => shift !== 0)).toBe(true);
    expect(shifts[1]).toEqual(shifts[0]);
    expect(shifts[2]).toEqual(shifts[0]);
  });

  it('goes on with the others when one shank fails, and does that one again when resumed', async () => {
    const failing = testModules.map((module) => (module.name !== 'spike_sorter' ? module : { ...module, run: (params: never, context: never) => {
      if (JSON.stringify(params).includes('imec1001_ag')) throw Object.assign(new Error('no spikes'), { tag: 'job' });
      return (module.run as (params: never, context: never) => never)(params, context);
    } }));
    const report = await runSession(session(), dest, { pool: testPool(), modules: failing as typeof testModules, warn: () => undefined });
    expect(states(report).filter((line) => !line.endsWith('done'))).toEqual(['imec1001-spike_sorter failed', 'imec1001-quality_metrics left out']);
    await fs.access(out('mouse_g0_imec0', 'imec1002_ag', 'spike_times_sec_adj.npy'));
    expect(states(await run(session(), { resume: true })).filter((line) => !line.endsWith('kept'))).toEqual(['imec1001-spike_sorter done', 'imec1001-quality_metrics done', 'TPrime done']);
  });

  it('sorts the files of shanks that are there when CatGT was run before', async () => {
    await run(session({ modules: [], runTPrime: false }));
    await fs.truncate(out('mouse_g0_imec0', 'mouse_g0_tcat.imec1002.ap.bin'), 1000);
    const report = await run(session({ run_CatGT: false, modules: ['spike_sorter'] }));
    expect(states(report)).toEqual(['imec1000-spike_sorter done', 'imec1001-spike_sorter done', 'imec1-spike_sorter done', 'TPrime done']);
    expect(failuresOf(report).map(({ what }) => what)).toEqual(['mouse_g0 imec1002']);
  });
});

describe('multi-run with a region per shank', () => {
  const apart = (...regions: unknown[]) => ({ kind: 'multi-run', run_specs: [['mouse', '0', 'start,end', '0,2', '', regions]] });

  it('sorts the shanks of that probe apart, each with the numbers of its region, and the others whole', async () => {
    const content = session(apart(['cortex', 'thalamus', 'medulla', 'default'], 'striatum'));
    const { plan } = await expandSession(content, { base: dest, modules: testModules });
    const isi = plan.steps.filter(({ module }) => module === 'quality_metrics').map(({ probe, input }) => [probe, (input.quality_metrics_params as { isi_threshold: number }).isi_threshold]);
    expect(isi).toEqual([[1000, 0.002], [1001, 0.001], [1002, 0.0015], [2, 0.002]]);
    const report = await run(content);
    expect(states(report)).toEqual(['CatGT done', ...['imec1000', 'imec1001', 'imec1002', 'imec2'].flatMap((piece) => [`${piece}-spike_sorter done`, `${piece}-quality_metrics done`]), 'TPrime done']);
    for (const piece of ['mouse_g0_imec0/imec1000_ag', 'mouse_g0_imec0/imec1001_ag', 'mouse_g0_imec0/imec1002_ag', 'mouse_g0_imec2/imec2_ag']) await fs.access(out(piece, 'spike_times_sec_adj.npy'));
    expect(new Set(states(await run(content, { resume: true })).map((line) => line.split(' ')[1]))).toEqual(new Set(['kept']));
    expect((await run({ ...content, run_CatGT: false })).results.map(({ step }) => step.probe ?? step.module)).toEqual([1000, 1000, 1001, 1001, 1002, 1002, 2, 2, 'tPrime_helper']);
  });

  it('says what shanks are left out, and that a single-shank probe cannot be split', async () => {
    const found = await look({ kind: 'multi-run', run_specs: [['mouse', '0', 'start,end', '0,1', '', [['cortex', 'thalamus'], ['medulla', 'cortex']]]] });
    expect(found.findings.map(({ severity, id, where, text }) => [severity, id, where.probe, text])).toEqual([
      ['note', 'shank-unused', 0, '4-shank probe: shank 3 has no sites in use and is left out.'],
      ['warn', 'single-shank', 1, 'A single-shank probe cannot be split: imec1 is sorted whole, in the region medulla.'],
    ]);
    expect(found.findings[1].next).toEqual([{ label: 'Sort imec1 whole', patch: { run_specs: [['mouse', '0', 'start,end', '0,1', '', [['cortex', 'thalamus'], 'medulla']]] } }]);
  });

  it('mends a region of a shank that nobody knows', async () => {
    const { next } = (await look(apart(['cortex', 'hippo'], 'cortex'))).findings.find(({ id }) => id === 'region-unknown')!;
    expect(next.at(-1)!.patch).toEqual({ run_specs: [['mouse', '0', 'start,end', '0,2', '', [['cortex', 'default'], 'cortex']]] });
  });

  it('refuses to be told twice, regions that are none, and super-runs', async () => {
    await expect(expand({ ...apart(['cortex'], 'cortex'), catGT_cmd_string: '-sepShanks=0,1000,-1,-1,-1' })).rejects.toThrow('-sepShanks of imec0 is given by its regions, one per shank');
    await expect(expand(apart([], 'cortex'))).rejects.toThrow('must be a list of regions, one per probe, or for a probe a list with one per shank');
    await expect(expand({ kind: 'super-run', run_specs: ['0', '1'].map((gate) => ['mouse', gate, 'start,end', '0', '', [['cortex']]]) })).rejects.toThrow('a super-run sorts its probes whole');
  });
});

describe('preflight of split-shanks', () => {
  it('names every file, and says which probes and shanks are not split', async () => {
    const found = await look();
    expect(found.findings.map(({ severity, id, where, text }) => [severity, id, where.probe, text])).toEqual([
      ['note', 'shank-unused', 0, '4-shank probe: shank 3 has no sites in use and is left out.'],
      ['note', 'single-shank', 1, 'A single-shank probe cannot be split: imec1 is sorted whole.'],
    ]);
    await run(session());
    for (const { path: file, kind, bytes } of found.outputs) {
      await fs.access(file);
      if (kind === 'binary') expect([file, (await fs.stat(file)).size]).toEqual([file, bytes]);
    }
    const names = new Set(found.outputs.map(({ path: file }) => file));
    const files = (await fs.readdir(path.join(dest, 'out'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.filter((file) => !names.has(file) && !/imec\d+_ag|log\.csv/.test(file))).toEqual([]);
    expect(new Set((await look()).steps.map(({ state }) => state))).toEqual(new Set(['valid']));
  });

  it('warns when there is nothing to split, and mends a session that splits what it sorts whole', async () => {
    const single = await look({ run_specs: [['mouse', '0', 'start,end', '1']] });
    expect(single.findings.find(({ id }) => id === 'nothing-to-split')?.next).toEqual([{ label: 'Use Runs', patch: { kind: 'multi-run' } }]);
    const whole = { kind: 'multi-run', catGT_cmd_string: '-prb_fld -apfilter=butter,12,300,9000 -sepShanks=0,1000,1001,1002,-1' };
    const stop = (await look(whole)).findings.find(({ id }) => id === 'probe-not-written')!;
    expect(stop.text).toBe('CatGT is told to write imec1000, imec1001, imec1002 in place of imec0, which is to be sorted.');
    expect((await look({ ...whole, ...stop.next[0].patch })).ok).toBe(true);
  });
});
