// super-run: runs processed one by one, joined in their order, then sorted and aligned as one; and super-runs that were
// joined before. Also as preflight foretells it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { npyNumbers, readNpy } from '../../../core/formats/index.ts';
import { expandSession, failuresOf, preflight, runSession } from '../../../core/pipelines/index.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testModules, testPool, tree } from './support.ts';

let raw: string;
let dest: string;

// Two runs with clocks of their own; imec1 of the second is truncated.
beforeAll(async () => {
  raw = path.join(await fs.realpath(temporaryFolder()), 'raw');
  const common = {
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:7', units: { count: 2 } })),
    events: [{ name: 'stimulus', widthsMs: [50], intervalS: 0.4, outlets: [{ stream: 'nidq', line: 1 }] }],
  };
  const spans = (name: string, fromS: number, toS: number) => ({ ...common, name, spans: [{ gate: 0, trigger: 0, fromS, toS }, { gate: 0, trigger: 1, fromS: toS + 0.2, toS: toS + 0.7 }] });
  await quickRun(path.join(raw, 'one'), spans('morning', 1.1, 4.2));
  await quickRun(path.join(raw, 'two'), { ...spans('noon', 2.6, 6.1), seed: 8, faults: [{ stream: 'imec1.ap', gate: 0, trigger: 0, kind: 'truncated' }] });
});

beforeEach(async () => {
  dest = await fs.realpath(temporaryFolder());
});

function session(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1, kind: 'super-run', npx_directory: ['one', 'two'].map((folder) => path.join(raw, folder)), run_specs: [['morning', '0', 'start,end', '0:1', '', ['cortex', 'thalamus']], ['noon', '0', 'start,end', '0:1']],
    catGT_dest: path.join(dest, 'out'), json_directory: path.join(dest, 'json'), ni_obx_extract_string: '-xd=0,0,-1,1,50', event_ex_param_str: 'xd=0,0,-1,1,50',
    modules: ['spike_sorter', 'quality_metrics'], logName: 'log.csv', ...changes,
  };
}

const run = (content: Record<string, unknown>, options: { resume?: boolean } = {}) => runSession(content, dest, { pool: testPool(), modules: testModules, warn: () => undefined, ...options });
const out = (...parts: string[]) => path.join(dest, 'out', ...parts);
const ap = (tag: string, name: string, probe = 0) => out(`${tag}_${name}_g0`, `${name}_g0_imec${probe}`, `${name}_g0_tcat.imec${probe}.ap.bin`);
const sizeOf = async (file: string) => (await fs.stat(file)).size;

describe('super-run', () => {
  it('processes each run, joins them, and goes on with the joined run; a probe that one lacks is left out of all', async () => {
    const before = await tree(raw);
    const report = await run(session());
    expect(report.results.map(({ step, state }) => `${step.id} ${state}`)).toEqual([
      'morning_g0_CatGT done', 'noon_g0_CatGT done', 'morning_g0_Supercat done', 'morning_g0_imec0-spike_sorter done', 'morning_g0_imec0-quality_metrics done', 'morning_g0_TPrime done',
    ]);
    expect(failuresOf(report).map(({ what }) => what)).toEqual(['noon_g0 imec1']);
    expect(await tree(raw)).toEqual(before);

    expect((await fs.readFile(ap('supercat', 'morning'))).equals(Buffer.concat(await Promise.all(['morning', 'noon'].map((name) => fs.readFile(ap('catgt', name))))))).toBe(true);
    const sorted = path.join(path.dirname(ap('supercat', 'morning')), 'imec0_ag');
    for (const name of ['metrics.csv', 'spike_times_sec_adj.npy', 'events.csv']) await fs.access(path.join(sorted, name));
    expect(npyNumbers(await readNpy(path.join(sorted, 'spike_times.npy'))).length).toBe(Math.floor((await sizeOf(ap('supercat', 'morning'))) / 18 / 1000));
    await expect(fs.access(out('catgt_morning_g0', 'morning_g0_imec1'))).rejects.toThrow();
    // NI is joined too, and TPrime knows where each run begins.
    expect(await sizeOf(out('supercat_morning_g0', 'morning_g0_tcat.nidq.bin'))).toBeGreaterThan(0);
    expect(await fs.readFile(out('supercat_morning_g0', 'morning_g0_TPrime_cmd.txt'), 'utf8')).toContain('-offsets=');
    expect((await fs.readFile(out('log.csv'), 'utf8')).trimEnd().split('\n').map((line) => line.split(',')[0])).toEqual(['session_id', 'morning_g0_imec0']);

    const resumed = await run(session(), { resume: true });
    expect(new Set(resumed.results.map(({ state }) => state))).toEqual(new Set(['kept']));
  });

  it('may be cut at sync edges, and do without the binaries of NI', async () => {
    const report = await run(session({ catGT_cmd_string: '-prb_fld -supercat_trim_edges -supercat_skip_ni_ob_bin', create_aux_timepoints: true }));
    expect(failuresOf(report).map(({ what }) => what)).toEqual(['noon_g0 imec1']);
    const [joined, a, b] = await Promise.all([ap('supercat', 'morning'), ap('catgt', 'morning'), ap('catgt', 'noon')].map(sizeOf));
    expect(joined).toBeLessThan(a + b);
    await expect(fs.access(out('supercat_morning_g0', 'morning_g0_tcat.nidq.bin'))).rejects.toThrow();
    await fs.access(out('supercat_morning_g0', 'morning_g0_tcat.ni.times.npy'));
  });

  it('that was joined before is processed as it is, as the field\'s script does', async () => {
    await run(session({ modules: [], runTPrime: false }));
    const content = session({ run_CatGT: false, run_specs: [['morning', '0', 'start,end', '0']] });
    const report = await run(content);
    expect(report.results.map(({ step, state }) => `${step.id} ${state}`)).toEqual(['morning_g0_imec0-spike_sorter done', 'morning_g0_imec0-quality_metrics done', 'morning_g0_TPrime done']);
    expect(failuresOf(report)).toEqual([]);
    await fs.access(path.join(path.dirname(ap('supercat', 'morning')), 'imec0_ag', 'spike_times_sec_adj.npy'));
  });

  it('cannot be made of runs without a probe in common, or of one run', async () => {
    const { plan, problems } = await expandSession(session({ run_specs: [['morning', '0', 'start,end', '1'], ['noon', '0', 'start,end', '1']] }), { base: dest, modules: testModules });
    expect(plan.steps).toEqual([]);
    expect(problems.map(({ what }) => what)).toEqual(['noon_g0 imec1', 'super-run morning_g0']);
    await expect(expandSession(session({ run_specs: [['morning', '0', 'start,end', '0']] }), { base: dest, modules: testModules })).rejects.toThrow('run_specs: a super-run joins at least two runs');
  });

  it('is foretold by preflight: steps, commands and every file', async () => {
    const content = session({ run_specs: [['morning', '0', 'start,end', '0'], ['noon', '0', 'start,end', '0']] });
    const found = await preflight(content, { base: dest, modules: testModules, now: Date.now() + 3_600_000 });
    expect(found.findings.filter(({ severity }) => severity === 'stop')).toEqual([]);
    expect(found.steps.map(({ step }) => step.module)).toEqual(['catGT_helper', 'catGT_helper', 'supercat', 'spike_sorter', 'quality_metrics', 'tPrime_helper']);
    expect(found.steps[2].command).toMatch(/^CatGT .*-supercat=\{.*,catgt_morning_g0\}\{.*,catgt_noon_g0\}/);
    await run(content);
    for (const { path: file, kind, bytes } of found.outputs) {
      await fs.access(file);
      if (kind === 'binary') expect([file, await sizeOf(file)]).toEqual([file, bytes]);
    }
    const names = new Set(found.outputs.map(({ path: file }) => file));
    const files = (await fs.readdir(out(), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.filter((file) => !names.has(file) && !/imec\d_ag|log\.csv/.test(file))).toEqual([]);
    const after = await preflight(content, { base: dest, modules: testModules, now: Date.now() + 3_600_000 });
    expect(new Set(after.steps.map(({ state }) => state))).toEqual(new Set(['valid']));
  });

  it('mends a run whose triggers are renamed runs: each file by itself, joined in the order they were made', async () => {
    const renamed = path.join(dest, 'renamed');
    await fs.cp(path.join(raw, 'one'), renamed, { recursive: true });
    const metas = (await fs.readdir(renamed, { recursive: true })).map(String).filter((file) => /_t[01]\..*\.meta$/.test(file));
    for (const file of metas) {
      const day = file.includes('_t0.') ? 3 : 2;
      const text = await fs.readFile(path.join(renamed, file), 'latin1');
      await fs.writeFile(path.join(renamed, file), text.replace(/^firstSample=.*/m, 'firstSample=0').replace(/^fileCreateTime=.*/m, `fileCreateTime=2030-01-0${day}T12:00:00`), 'latin1');
    }
    const content = session({ kind: 'multi-run', npx_directory: renamed, run_specs: [['morning', '0', 'start,end', '0', '', ['cortex']]] });
    const found = await preflight(content, { base: dest, modules: testModules, now: Date.now() + 3_600_000 });
    const { patch } = found.findings.find(({ id }) => id === 'unrelated-clocks')!.next.find(({ label }) => label === 'Make a super-run of 2')!;
    expect(patch).toEqual({ kind: 'super-run', run_specs: [['morning', '0', '1,1', '0', '', ['cortex']], ['morning', '0', '0,0', '0', '', ['cortex']]] });

    const mended = { ...content, ...patch };
    expect((await preflight(mended, { base: dest, modules: testModules, now: Date.now() + 3_600_000 })).findings.filter(({ severity }) => severity === 'stop')).toEqual([]);
    const report = await run(mended);
    expect(failuresOf(report)).toEqual([]);
    expect(report.results.map(({ step }) => step.id).slice(0, 3)).toEqual(['morning_g0_CatGT', 'morning_g0_part2_CatGT', 'morning_g0_Supercat']);
    const raws = await Promise.all([1, 0].map((trigger) => sizeOf(path.join(renamed, 'morning_g0', 'morning_g0_imec0', `morning_g0_t${trigger}.imec0.ap.bin`))));
    const offsets = await fs.readFile(out('supercat_morning_g0', 'morning_g0_sc_offsets.txt'), 'utf8');
    // Streams of a trial end together: a few samples may be cut off.
    expect(Math.abs(Number(/^smp_imap0:\t0\t(\d+)$/m.exec(offsets)![1]) - raws[0] / 18)).toBeLessThan(40);
    expect(Math.abs((await sizeOf(ap('supercat', 'morning'))) / 18 - (raws[0] + raws[1]) / 18)).toBeLessThan(80);
  });
});
