import { rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ExecutionEvent, type Step } from '../../../core/execution/index.ts';
import { expandSession, failuresOf, runSession, type SessionReport } from '../../../core/pipelines/index.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testModules, testPool, tree } from './support.ts';

// Three gates with 2, 1 and 3 triggers, two probes and NI; imec1 of gate 1 is truncated.
let root: string;
let raw: string;
beforeAll(async () => {
  root = temporaryFolder();
  raw = path.join(root, 'raw');
  await quickRun(raw, {
    name: 'night',
    spans: [[0, 0, 1.1, 2.1], [0, 1, 2.3, 3], [1, 0, 4, 5], [2, 0, 6, 6.5], [2, 1, 6.5, 7], [2, 2, 7, 7.5]].map(([gate, trigger, fromS, toS]) => ({ gate, trigger, fromS, toS })),
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:7', units: { count: 2 } })),
    events: [{ name: 'stimulus', widthsMs: [50], intervalS: 0.3, outlets: [{ stream: 'nidq', line: 1 }] }],
    faults: [{ stream: 'imec1.ap', gate: 1, trigger: 0, kind: 'truncated' }],
  });
});

let dest: string;
let warnings: string[];
let events: ExecutionEvent[];
let onEvent: (event: ExecutionEvent) => void;
beforeEach(() => {
  dest = temporaryFolder();
  warnings = [];
  events = [];
  onEvent = () => undefined;
});

function session(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1, kind: 'multi-run', npx_directory: raw, run_specs: [['night', ['0', '1', '2'], 'start,end', '0:1', '', ['cortex', 'thalamus']]], catGT_dest: path.join(dest, 'out'), json_directory: path.join(dest, 'json'),
    ni_obx_extract_string: '-xd=0,0,-1,1,50', event_ex_param_str: 'xd=0,0,-1,1,50', modules: ['spike_sorter', 'quality_metrics'], logName: 'log.csv', ...changes,
  };
}

function record(event: ExecutionEvent): void {
  events.push(event);
  onEvent(event);
}

const run = (content: Record<string, unknown>, options: { resume?: boolean } = {}): Promise<SessionReport> =>
  runSession(content, dest, { pool: testPool(), modules: testModules, warn: (line) => void warnings.push(line), on: record, ...options });
const expand = (content: Record<string, unknown>) => expandSession(content, { base: dest, modules: testModules });
const exists = (...parts: string[]) => fs.access(path.join(dest, ...parts)).then(() => true, () => false);
const read = (...parts: string[]) => fs.readFile(path.join(dest, ...parts), 'utf8');
const catgtParams = (step: Step) => step.input.catGT_helper_params as Record<string, unknown>;

describe('multi-run', () => {
  it('does three gates with unequal triggers, and all but a truncated probe', async () => {
    const before = await tree(raw);
    const report = await run(session());
    expect(failuresOf(report)).toEqual([{ what: 'night_g1 imec1', message: expect.stringContaining('night_g1_t0.imec1.ap.bin: truncated: it holds'), next: 'Copy the file again from the acquisition machine.' }]);
    expect(report.results.map(({ step, state }) => `${step.id} ${state}`)).toEqual([
      'night_g0_CatGT done', 'night_g0_imec0-spike_sorter done', 'night_g0_imec0-quality_metrics done', 'night_g0_imec1-spike_sorter done', 'night_g0_imec1-quality_metrics done', 'night_g0_TPrime done',
      'night_g1_CatGT done', 'night_g1_imec0-spike_sorter done', 'night_g1_imec0-quality_metrics done', 'night_g1_TPrime done',
      'night_g2_CatGT done', 'night_g2_imec0-spike_sorter done', 'night_g2_imec0-quality_metrics done', 'night_g2_imec1-spike_sorter done', 'night_g2_imec1-quality_metrics done', 'night_g2_TPrime done',
    ]);
    expect(await tree(raw)).toEqual(before);

    for (const [gate, probe] of [[0, 0], [0, 1], [1, 0], [2, 0], [2, 1]]) {
      const folder = ['out', `catgt_night_g${gate}`, `night_g${gate}_imec${probe}`];
      expect(await exists(...folder, `night_g${gate}_imec${probe}-input.json`)).toBe(true);
      expect(await exists(...folder, `imec${probe}_ag`, 'metrics.csv')).toBe(true);
      expect(await exists(...folder, `imec${probe}_ag`, 'spike_times_sec_adj.npy')).toBe(true);
      expect(await exists(...folder, `imec${probe}_ag`, 'events.csv')).toBe(true);
    }
    expect(await exists('out', 'catgt_night_g1', 'night_g1_imec1')).toBe(false);
    for (const name of ['night_g0_CatGT-input.json', 'night_g0_CatGT-output.json', 'night_g2_imec1-input.json', 'night_g2_imec1-quality_metrics-output.json', 'night_g1_TPrime-output.json']) expect(await exists('json', name)).toBe(true);
    for (const name of ['night_g0_CatGT.log', 'night_g0_fyi.txt', 'night_g0_all_fyi.txt']) expect(await exists('out', 'catgt_night_g0', name)).toBe(true);
    const told = events.flatMap((event) => (event.kind === 'warning' && event.step.id === 'night_g1_TPrime' ? [event.line] : []));
    expect(told).toEqual([expect.stringMatching(/^imec1 is left out: .*truncated/)]);
  });

  it('writes a row per probe to the csv log, the same when it is resumed', async () => {
    await run(session());
    const log = await read('out', 'log.csv');
    const rows = log.trimEnd().split('\n').map((line) => line.split(','));
    expect(rows[0].join(',')).toBe('session_id,date_run,time_run,ntot,nTemplate,KS2_time,KS_postprocess_time,noise_template_time,mean_waveform_time,QC_time');
    expect(rows.slice(1).map(([id]) => id)).toEqual(['night_g0_imec0', 'night_g0_imec1', 'night_g1_imec0', 'night_g2_imec0', 'night_g2_imec1']);
    const [, date, time, ntot, ...rest] = rows[1];
    expect(`${date},${time}`).toMatch(/^\d\d\/\d\d\/\d{4}, \d\d:\d\d:\d\d$/);
    expect(Number(ntot)).toBeGreaterThan(0);
    expect(rest).toEqual(['7', '1.50', 'None', 'None', 'None', '0.25']);
    const report = await run(session(), { resume: true });
    expect(new Set(report.results.map(({ state }) => state))).toEqual(new Set(['kept']));
    expect(await read('out', 'log.csv')).toBe(log);
  });

  it('lets the other probes go on when one fails at work', async () => {
    // Its binary goes when its turn comes.
    const content = session({ run_specs: [['night', '0', 'start,end', '0:1']] });
    onEvent = (event) => {
      if (event.kind === 'started' && event.step.id === 'night_g0_imec0-spike_sorter') rmSync(path.join(dest, 'out', 'catgt_night_g0', 'night_g0_imec0', 'night_g0_tcat.imec0.ap.bin'));
    };
    const report = await run(content);
    onEvent = () => undefined;
    const states = Object.fromEntries(report.results.map(({ step, state }) => [step.id, state]));
    expect(states).toEqual({
      night_g0_CatGT: 'done', 'night_g0_imec0-spike_sorter': 'failed', 'night_g0_imec0-quality_metrics': 'left out', 'night_g0_imec1-spike_sorter': 'done', 'night_g0_imec1-quality_metrics': 'done', night_g0_TPrime: 'done',
    });
    expect(failuresOf(report).map(({ what }) => what)).toEqual(['night_g0_imec0-spike_sorter', 'night_g0_imec0-quality_metrics']);
    expect((await read('out', 'log.csv')).trimEnd().split('\n').map((line) => line.split(',')[0])).toEqual(['session_id', 'night_g0_imec1']);

    const resumed = await run(content, { resume: true });
    expect(failuresOf(resumed)).toEqual([]);
    // The file that is gone is CatGT's: all that follows from it is made anew.
    expect(new Set(resumed.results.map(({ state }) => state))).toEqual(new Set(['done']));
  });

  it('does without a drive that goes away before its turn', async () => {
    const copy = path.join(dest, 'raw');
    await fs.cp(raw, copy, { recursive: true });
    const lose = (gate: number) => rmSync(path.join(copy, `night_g${gate}`, `night_g${gate}_imec1`), { recursive: true, force: true });
    onEvent = (event) => {
      if (event.kind === 'settled' && event.step.id === 'night_g0_TPrime') [0, 2].forEach(lose);
    };
    const content = session({ npx_directory: copy, run_specs: [['night', ['0', '2'], 'start,end', '0:1']] });
    const report = await run(content);
    expect(report.results.map(({ step, state }) => `${step.id} ${state}`)).toEqual([
      'night_g0_CatGT done', 'night_g0_imec0-spike_sorter done', 'night_g0_imec0-quality_metrics done', 'night_g0_imec1-spike_sorter done', 'night_g0_imec1-quality_metrics done', 'night_g0_TPrime done',
      'night_g2_CatGT done', 'night_g2_imec0-spike_sorter done', 'night_g2_imec0-quality_metrics done', 'night_g2_TPrime done',
    ]);
    expect(failuresOf(report)).toEqual([{ what: 'night_g2 imec1', message: 'has no files there', next: 'Check that the drive is connected, or leave it out.' }]);

    const results = await tree(path.join(dest, 'out'));
    const resumed = await run(content, { resume: true });
    expect(resumed.results.map(({ step, state }) => `${step.id} ${state}`)).toEqual(['night_g2_CatGT kept', 'night_g2_imec0-spike_sorter kept', 'night_g2_imec0-quality_metrics kept', 'night_g2_TPrime kept']);
    expect(failuresOf(resumed).map(({ message }) => message)).toEqual(['has no files there; it was processed before, so the results of the run are left as they are', 'has no files there']);
    expect(await tree(path.join(dest, 'out'))).toEqual(results);
    expect(warnings).toEqual(['files have gone since the work began; what is left is done without them']);
  });

  it('aligns a time for every sample of NI when that is asked for', async () => {
    await run(session({ run_specs: [['night', '1', '0,0', '0']], modules: [], create_aux_timepoints: true }));
    const list = await read('out', 'catgt_night_g1', 'night_g1_all_fyi.txt');
    expect(list).toContain(`times_ni_N=${path.join(dest, 'out', 'catgt_night_g1', 'night_g1_tcat.ni.times.npy')}\n`);
    expect(await exists('out', 'catgt_night_g1', 'night_g1_tcat.ni.times.adj.npy')).toBe(true);
  });

  it('sorts what an earlier CatGT has made', async () => {
    const content = session({ run_specs: [['night', '0', 'start,end', '0:2']] });
    await run({ ...content, modules: [], runTPrime: false, run_specs: [['night', '0', 'start,end', '0:1']] });
    const report = await run({ ...content, run_CatGT: false });
    expect(report.results.map(({ state }) => state)).toEqual(Array(5).fill('done'));
    expect(failuresOf(report)).toEqual([{ what: 'night_g0 imec2', message: expect.stringContaining('no such file'), next: 'Run CatGT on it first (run_CatGT).' }]);
  });
});

describe('a plan', () => {
  it('joins a range of gates in one call, each gate with its own triggers', async () => {
    const { plan } = await expand(session({ run_specs: [['night', '0,2', 'start,end', '0']] }));
    expect(plan.steps.map(({ id }) => id)).toEqual(['night_g0_CatGT', 'night_g0_imec0-spike_sorter', 'night_g0_imec0-quality_metrics', 'night_g0_TPrime']);
    expect(catgtParams(plan.steps[0])).toMatchObject({ run_name: 'night', gate_string: '0,2', trigger_string: '0,2', probe_string: '0', stream_string: '-ap -ni', car_mode: 'gblcar', loccar_inner_um: 40, loccar_outer_um: 160 });
    expect(catgtParams(plan.steps[0]).cmdStr).toBe('-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gfix=0.4,0.10,0.02 -xd=0,0,-1,1,50 -gtlist={0,0,1}{1,0,0}{2,0,2}');
  });

  it('gives gates the triggers that are asked for of each', async () => {
    const { plan } = await expand(session({ run_specs: [['night', '0,2', ['1,1', 'start,end', '0,1'], '0']] }));
    expect(plan.steps[0].id).toBe('night_g0_CatGT');
    expect(catgtParams(plan.steps[0]).cmdStr).toMatch(/ -gtlist=\{0,1,1\}\{1,0,0\}\{2,0,1\}$/);
    expect(plan.steps[0].inputs.filter((file) => file.endsWith('imec0.ap.bin')).map((file) => path.basename(file))).toEqual(['night_g0_t1.imec0.ap.bin', 'night_g1_t0.imec0.ap.bin', 'night_g2_t0.imec0.ap.bin', 'night_g2_t1.imec0.ap.bin']);
  });

  it('says ranges of triggers as CatGT does where that is enough', async () => {
    const { plan } = await expand(session({ run_specs: [['night', '0,2', '0,0', '0']], ni_present: false, catGT_cmd_string: '' }));
    expect(catgtParams(plan.steps[0])).toMatchObject({ gate_string: '0,2', trigger_string: '0,0', stream_string: '-ap', cmdStr: ' -prb_fld -out_prb_fld' });
  });

  it('gives every probe its region, and every module its section', async () => {
    const { plan } = await expand(session({ quality_metrics_params: { isi_threshold: 5 }, spike_sorter_params: { every: 500 }, refPerMS_dict: { cortex: 4 } }));
    const of = (id: string) => plan.steps.find((step) => step.id === id)!;
    expect(of('night_g0_imec0-quality_metrics').input).toMatchObject({ quality_metrics_params: { isi_threshold: 5, max_radius_um: 68 }, spike_sorter_params: { every: 500 }, ephys_params: { num_channels: 9 } });
    const { plan: plain } = await expand(session({ refPerMS_dict: { cortex: 4 } }));
    expect(plain.steps.map(({ id, input }) => [id, (input.quality_metrics_params as { isi_threshold: number }).isi_threshold]).filter(([id]) => String(id).endsWith('metrics')).slice(0, 2)).toEqual([['night_g0_imec0-quality_metrics', 0.004], ['night_g0_imec1-quality_metrics', 0.001]]);
    expect(of('night_g0_TPrime').after).toEqual(['night_g0_imec0-quality_metrics', 'night_g0_imec1-quality_metrics']);
  });

  it('may have other modules for a probe', async () => {
    const { plan } = await expand(session({ run_specs: [['night', '0', 'start,end', '0:1']], modules: { default: ['spike_sorter'], imec1: [] }, runTPrime: false }));
    expect(plan.steps.map(({ id }) => id)).toEqual(['night_g0_CatGT', 'night_g0_imec0-spike_sorter']);
  });

  it('finds probes on other drives and names them to CatGT', async () => {
    const other = path.join(dest, 'second drive');
    await fs.mkdir(path.join(other, 'night_g0'), { recursive: true });
    await fs.cp(path.join(raw, 'night_g0', 'night_g0_imec1'), path.join(other, 'night_g0', 'night_g0_imec1'), { recursive: true });
    const first = path.join(dest, 'first drive');
    await fs.cp(path.join(raw, 'night_g0'), path.join(first, 'night_g0'), { recursive: true, filter: (file) => !file.includes('imec1') });
    const { plan, problems } = await expand(session({ npx_directory: [other, first], run_specs: [['night', '0', 'start,end', '0:1']] }));
    expect(problems).toEqual([]);
    expect(plan.steps[0].input.directories).toMatchObject({ npx_directory: first });
    expect(catgtParams(plan.steps[0]).cmdStr).toMatch(new RegExp(`-gfix=0.4,0.10,0.02 -xd=0,0,-1,1,50 -prb_dir=\\{1;${other}\\}$`));
    expect(plan.steps[0].inputs).toContain(path.join(other, 'night_g0', 'night_g0_imec1', 'night_g0_t1.imec1.ap.bin'));
    const twice = await expand(session({ npx_directory: [other, first, raw], run_specs: [['night', '0', 'start,end', '0:1']] }));
    expect(twice.problems.map(({ device, message }) => [device, message.slice(0, 20)])).toEqual([['imec0', 'is in several places'], ['imec1', 'is in several places'], ['ni', 'is in several places']]);
  });

  it('leaves out runs, gates and probes that are not there', async () => {
    const specs = [['night', '0', 'start,end', '0,5'], ['day', '0', 'start,end', '0'], ['night', '1', '0,3', '0'], ['night', '2,3', 'start,end', '0']];
    const { plan, problems } = await expand(session({ run_specs: specs, modules: [] }));
    expect(plan.steps.map(({ id }) => id)).toEqual(['night_g0_CatGT', 'night_g0_TPrime']);
    expect(problems.map(({ what, message }) => `${what} ${message}`)).toEqual([
      'night_g0 imec5 has no files there',
      `day_g0 there are no files of day_g0 in ${raw}`,
      'night_g1 imec0 has no files of gate 1, trigger 1',
      'night_g1 ni has no files of gate 1, trigger 1',
      `night_g2 there are no files of night_g3 in ${raw}`,
    ]);
  });

  it.each([
    [{ modules: ['ks4_helper'] }, "modules: ks4_helper does not go with ks_ver 'ag'"],
    [{ modules: ['catGT_helper'] }, 'modules: catGT_helper runs once per run'],
    [{ modules: ['quality_metrics', 'quality_metrics'] }, 'modules: quality_metrics is listed twice'],
    [{ modules: ['median_subtraction'] }, 'modules: the module median_subtraction is not supported'],
    [{ modules: { imec0: ['spike_sorting'] } }, "modules.imec0: unknown module 'spike_sorting'"],
    [{ modules: { probe0: [] } }, 'modules.probe0: must be default or a probe such as imec0'],
    [{ run_specs: [['night', '0', '0,0', '0', '', ['cortx']]] }, "run_specs[0]: regions: the region 'cortx' is not in refPerMS_dict"],
    [{ spike_sorter_params: { every: 0 } }, 'spike_sorter_params.every: 0 is out of range: must be at least 1'],
    [{ catGT_helper_params: { maxZ_um: 'deep' } }, "catGT_helper_params.maxZ_um: 'deep' is not a number"],
  ])('is refused before anything starts: %j', async (changes, message) => {
    await expect(expand(session(changes))).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode: 1 }));
    expect(await exists('json')).toBe(false);
  });
});

describe('file-list', () => {
  it('sorts files where they are, or into folders of its own', async () => {
    await run(session({ run_specs: [['night', '0', 'start,end', '0:1']], modules: [], runTPrime: false }));
    const bin = (probe: number) => path.join('out', 'catgt_night_g0', `night_g0_imec${probe}`, `night_g0_tcat.imec${probe}.ap.bin`);
    const list = { version: 1, kind: 'file-list', file_list: [[bin(0), ['thalamus']], bin(1), 'gone_g0_tcat.imec0.ap.bin'], json_directory: 'list', kilosort_output_parent: 'sorted', modules: ['spike_sorter', 'quality_metrics'], logName: 'log.csv' };
    const report = await run(list);
    expect(report.results.map(({ step, state }) => `${step.id} ${state}`)).toEqual(['night_g0_imec0-spike_sorter done', 'night_g0_imec0-quality_metrics done', 'night_g0_imec1-spike_sorter done', 'night_g0_imec1-quality_metrics done']);
    expect(failuresOf(report)).toEqual([{ what: 'gone_g0_imec0', message: expect.stringContaining('no such file'), next: expect.any(String) }]);
    expect(await exists('sorted', 'night_g0_imec0', 'imec0_ag', 'metrics.csv')).toBe(true);
    expect((await read('sorted', 'log.csv')).split('\n').map((line) => line.split(',')[0])).toEqual(['session_id', 'night_g0_imec0', 'night_g0_imec1', '']);
    expect(JSON.parse(await read('list', 'night_g0_imec0-input.json'))).toMatchObject({ quality_metrics_params: { isi_threshold: 0.001 }, directories: { kilosort_output_directory: path.join(dest, 'sorted', 'night_g0_imec0', 'imec0_ag') } });
    await expect(expand({ ...list, file_list: ['a.bin'] })).rejects.toThrow('is not an AP file of SpikeGLX');
    await expect(expand({ ...list, file_list: [bin(0), bin(0)] })).rejects.toThrow('file_list[1]: night_g0_imec0 is in file_list[0] already');
  });
});
