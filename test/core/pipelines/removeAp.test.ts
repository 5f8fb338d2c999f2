// CatGT's AP binaries that are not kept: removed when all has succeeded and no earlier, never again needed by a resume, and
// made again when something that reads them is to be done anew.

import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { removalNote } from '../../../core/common/index.ts';
import { failuresOf, preflight, runSession, type SessionReport } from '../../../core/pipelines/index.ts';
import { removeAp } from '../../../core/pipelines/steps/removeAp.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testModules, testPool, tree } from './support.ts';

let raw: string;
beforeAll(async () => {
  raw = path.join(temporaryFolder(), 'D drive');
  await quickRun(raw, {
    name: 'night', spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 2.6 }, { gate: 1, trigger: 0, fromS: 4, toS: 5 }],
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:7', units: { count: 2 } })),
  });
});

let dest: string;
beforeEach(() => {
  dest = temporaryFolder();
});

const session = (changes: Record<string, unknown> = {}) => ({
  version: 1, kind: 'multi-run', npx_directory: raw, run_specs: [['night', ['0', '1'], 'start,end', '0:1']], catGT_dest: path.join(dest, 'out'), json_directory: path.join(dest, 'json'),
  modules: ['spike_sorter', 'quality_metrics'], keep_catgt_ap: false, ...changes,
});
const run = (changes: Record<string, unknown> = {}, modules = testModules): Promise<SessionReport> => runSession(session(changes), dest, { pool: testPool(), modules, warn: () => undefined, resume: true });
const look = (changes: Record<string, unknown> = {}, free = 1e12) => preflight(session(changes), { base: dest, modules: testModules, freeBytes: () => Promise.resolve(free) });
const states = ({ results }: SessionReport) => results.map(({ step, state }) => `${step.id.replace('night_', '')} ${state}`);
const ap = (gate: number, probe: number) => path.join(dest, 'out', `catgt_night_g${gate}`, `night_g${gate}_imec${probe}`, `night_g${gate}_tcat.imec${probe}.ap.bin`);
const isThere = (file: string) => fs.access(file).then(() => true, () => false);

describe('AP files of CatGT that are not kept', () => {
  it('go when everything of their probe and TPrime has succeeded; the meta stays with a note, and recordings as they were', async () => {
    const before = await tree(raw);
    const planned = await look();
    const report = await run();
    expect(failuresOf(report)).toEqual([]);
    expect(states(report)).toEqual(expect.arrayContaining(['g0_imec0-remove_ap done', 'g0_imec1-remove_ap done', 'g1_imec0-remove_ap done', 'g1_imec1-remove_ap done']));
    const sizes = new Map(planned.outputs.map((file) => [file.path, file]));
    for (const file of [ap(0, 0), ap(0, 1), ap(1, 0), ap(1, 1)]) {
      expect([await isThere(file), await isThere(file.replace(/bin$/, 'meta'))]).toEqual([false, true]);
      expect(sizes.get(file)).toMatchObject({ state: 'removed' });
      expect(JSON.parse(await fs.readFile(removalNote(file), 'utf8'))).toMatchObject({ file: path.basename(file), size: sizes.get(file)!.bytes, reason: expect.stringContaining('keep_catgt_ap') as unknown });
    }
    expect(await tree(raw)).toEqual(before);
  });

  it('are not made again by a resume, and count as there', async () => {
    await run();
    expect(new Set((await look()).steps.map(({ state }) => state))).toEqual(new Set(['valid']));
    expect((await look()).disk).toMatchObject({ needed: 0, removed: 0 });
    expect(new Set(states(await run()).map((each) => each.split(' ')[1]))).toEqual(new Set(['kept']));
    const kept = await run({ keep_catgt_ap: true });
    expect(new Set(states(kept).map((each) => each.split(' ')[1]))).toEqual(new Set(['kept']));
    expect(await isThere(ap(0, 0))).toBe(false);
  });

  it('are made again, by CatGT, where a step that reads them is to be done anew, as the plan says', async () => {
    await run();
    const other = { modules: { default: ['spike_sorter', 'quality_metrics'], imec1: ['spike_sorter'] }, run_specs: [['night', '1', 'start,end', '0:1']], quality_metrics_params: { isi_threshold: 5 } };
    expect((await look(other)).steps.filter(({ state }) => state !== 'valid').map(({ step }) => step.id)).toContain('night_g1_CatGT');
    const report = await run({ ...other, keep_catgt_ap: true });
    expect(failuresOf(report)).toEqual([]);
    expect(states(report)).toContain('g1_CatGT done');
    expect([await isThere(ap(1, 0)), await isThere(removalNote(ap(1, 0))), await isThere(ap(0, 0))]).toEqual([true, false, false]);
  });

  it('stay where a later module failed, and go once it was tried again', async () => {
    const failing = testModules.map((module) => (module.name !== 'quality_metrics' ? module : {
      ...module,
      run(params: Parameters<typeof module.run>[0], context: Parameters<typeof module.run>[1]) {
        if (JSON.stringify(params).includes('imec1_ag')) throw new Error('metrics broke');
        return module.run(params, context);
      },
    }));
    const report = await run({ run_specs: [['night', '0', 'start,end', '0:1']] }, failing);
    expect(states(report)).toEqual(expect.arrayContaining(['g0_TPrime done', 'g0_imec0-remove_ap done', 'g0_imec1-remove_ap left out']));
    expect([await isThere(ap(0, 0)), await isThere(ap(0, 1))]).toEqual([false, true]);
    const again = await run({ run_specs: [['night', '0', 'start,end', '0:1']] });
    expect(states(again)).toEqual([
      'g0_CatGT kept', 'g0_imec0-spike_sorter kept', 'g0_imec0-quality_metrics kept', 'g0_imec1-spike_sorter kept', 'g0_imec1-quality_metrics done', 'g0_TPrime done', 'g0_imec0-remove_ap done', 'g0_imec1-remove_ap done',
    ]);
    expect(await isThere(ap(0, 1))).toBe(false);
  });

  it('are the joined one and those of every part in a super-run', async () => {
    const report = await run({ kind: 'super-run', run_specs: [['night', '0', 'start,end', '0:1'], ['night', '1', 'start,end', '0:1']] });
    expect(failuresOf(report)).toEqual([]);
    expect(Object.keys(await tree(path.join(dest, 'out'))).filter((name) => name.endsWith('.ap.bin'))).toEqual([]);
    expect(Object.keys(await tree(path.join(dest, 'out'))).filter((name) => name.endsWith('.ap.bin.removed.json'))).toHaveLength(6);
    expect(new Set(states(await run({ kind: 'super-run', run_specs: [['night', '0', 'start,end', '0:1'], ['night', '1', 'start,end', '0:1']] })).map((each) => each.split(' ')[1]))).toEqual(new Set(['kept']));
  });

  it('are only ever what CatGT wrote, whatever the plan says', async () => {
    const recording = path.join(raw, 'night_g0', 'night_g0_imec0', 'night_g0_t0.imec0.ap.bin');
    await expect(removeAp.run({ remove_ap_params: { files: [recording] } }, { pool: testPool(), cwd: dest, log: () => undefined, warn: () => undefined })).rejects.toThrow('does not look like an output of CatGT');
    expect(await isThere(recording)).toBe(true);
  });
});

describe('before it runs', () => {
  it('the most that is needed at once, and what stays, are told; what one run leaves makes room for the next', async () => {
    const { disk: kept } = await look({ keep_catgt_ap: true });
    const { disk } = await look();
    expect(kept).toMatchObject({ removed: 0, needed: kept!.catgt + kept!.results + kept!.work, withoutAp: { saved: disk!.removed, needed: disk!.needed } });
    expect(disk!.needed).toBeLessThan(kept!.needed);
    expect(disk!.needed).toBeGreaterThan(disk!.catgt + disk!.results - disk!.removed);
  });

  it('it is the second way out of a disk that is too small', async () => {
    const { disk } = await look();
    const found = await look({ keep_catgt_ap: true }, disk!.needed + 1);
    const finding = found.findings.find(({ id }) => id === 'disk-space')!;
    expect(finding.next.map(({ label }) => label)).toEqual(['Choose another folder', expect.stringMatching(/^Do not keep CatGT AP files: [\d.]+ [kM]B$/)]);
    expect((await look({ ...finding.next[1].patch }, disk!.needed + 1)).ok).toBe(true);
  });

  it('a session that does not run CatGT keeps its AP files, and says so', async () => {
    await run({ keep_catgt_ap: true });
    const found = await look({ run_CatGT: false });
    expect(found.steps.map(({ step }) => step.module)).not.toContain('remove_ap');
    expect(found.findings.map(({ text }) => text)).toContain('CatGT does not run in this session, so its AP files stay (keep_catgt_ap has no effect).');
  });
});
