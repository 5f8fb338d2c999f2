import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scan } from '../../../core/spikeglx/index.ts';
import type { ScannedRun } from '../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { apValues, niValues, writeRecording } from './recording.ts';

type Values = Record<string, string | number>;
const lfValues: Values = { ...apValues, imSampRate: 2500, snsApLfSy: '0,4,1', snsSaveChanSubset: '384:386,575,768' };

async function oneRun(folder: string): Promise<ScannedRun> {
  const { runs } = await scan([folder]);
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

const codes = (run: ScannedRun) => run.health.map((entry) => entry.code);

describe('a run folder with probe folders', () => {
  it('is one run with gates, triggers, streams, probes and joins', async () => {
    const folder = temporaryFolder();
    for (const [trigger, firstSample] of [[0, 3000], [1, 33600]] as const) {
      await writeRecording(folder, { at: `m 1_g0/m 1_g0_imec0/m 1_g0_t${trigger}.imec0.ap`, values: { ...apValues, firstSample }, samples: 30000 });
      await writeRecording(folder, { at: `m 1_g0/m 1_g0_imec0/m 1_g0_t${trigger}.imec0.lf`, values: { ...lfValues, firstSample: firstSample / 12 }, samples: 2500 });
      // NI runs 10 samples longer, which trimming takes away.
      await writeRecording(folder, { at: `m 1_g0/m 1_g0_t${trigger}.nidq`, values: { ...niValues, firstSample: (firstSample / 6) * 5 }, samples: 25010 });
    }
    const run = await oneRun(folder);
    expect(run).toMatchObject({ name: 'm 1', path: path.join(folder, 'm 1_g0'), folders: [folder], created: '2024-07-01T12:00:00', ni: true, obx: [], health: [] });
    expect(run.probes).toEqual([{ index: 0, partNumber: 'NP1010', type: 0, shanks: 1, channels: 4, sites: 3 }]);
    expect(run.gates.map(({ gate, triggers }) => [gate, triggers.map(({ trigger }) => trigger)])).toEqual([[0, [0, 1]]]);
    expect(run.gates[0]!.triggers[0]!.streams).toEqual([
      { stream: 'nidq', path: path.join(folder, 'm 1_g0', 'm 1_g0_t0.nidq.bin'), samples: 25010, seconds: 1.0004, bytes: 150060, rate: 25000, firstSample: 2500, channels: 3 },
      { stream: 'imec0.ap', path: path.join(folder, 'm 1_g0', 'm 1_g0_imec0', 'm 1_g0_t0.imec0.ap.bin'), samples: 30000, seconds: 1, bytes: 300000, rate: 30000, firstSample: 3000, channels: 5 },
      { stream: 'imec0.lf', path: path.join(folder, 'm 1_g0', 'm 1_g0_imec0', 'm 1_g0_t0.imec0.lf.bin'), samples: 2500, seconds: 1, bytes: 25000, rate: 2500, firstSample: 250, channels: 5 },
    ]);
    expect(run.joins).toEqual([
      { stream: 'nidq', gate: 0, trigger: 1, kind: 'gap', samples: 500 },
      { stream: 'imec0.ap', gate: 0, trigger: 1, kind: 'gap', samples: 600 },
      { stream: 'imec0.lf', gate: 0, trigger: 1, kind: 'gap', samples: 50 },
    ]);
  });
});

describe('where files may lie', () => {
  it('finds files without folders, of 3A, OneBoxes, and several gates, and leaves outputs aside', async () => {
    const folder = temporaryFolder();
    const threeA: Values = Object.fromEntries(Object.entries({ ...apValues, imProbeOpt: 3 }).filter(([key]) => !key.startsWith('imDatPrb')));
    await writeRecording(folder, { at: 'sub/flat_g0_t0.imec.ap', values: threeA, samples: 10 });
    await writeRecording(folder, { at: 'sub/flat_g1_t0.imec.ap', values: threeA, samples: 10 });
    await writeRecording(folder, { at: 'sub/flat_g0_t0.obx3.obx', values: { nSavedChans: 2, obSampRate: 30300, syncSourceIdx: 1 }, samples: 10 });
    await writeRecording(folder, { at: 'sub/flat_g0_tcat.imec.ap', values: threeA, samples: 10 });
    await writeRecording(folder, { at: 'sub/flat_g0_t0.exported.imec.ap', values: threeA, samples: 10 });
    await writeRecording(folder, { at: 'catgt_flat_g0/flat_g0_imec0/flat_g0_tcat.imec0.ap', values: apValues, samples: 10 });
    const { runs, outputs } = await scan([folder]);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ name: 'flat', path: path.join(folder, 'sub'), obx: [3], ni: false });
    expect(runs[0]!.probes).toMatchObject([{ index: 0, partNumber: '3A', type: -3 }]);
    expect(runs[0]!.gates.map(({ gate }) => gate)).toEqual([0, 1]);
    expect(outputs.map((output) => path.relative(folder, output.path))).toEqual([
      path.join('catgt_flat_g0', 'flat_g0_imec0', 'flat_g0_tcat.imec0.ap.bin'),
      path.join('sub', 'flat_g0_t0.exported.imec.ap.bin'),
      path.join('sub', 'flat_g0_tcat.imec.ap.bin'),
    ]);
  });

  it('puts the drives of a run together', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    await writeRecording(first, { at: 'a_g0/a_g0_t0.nidq', values: niValues, samples: 25000 });
    await writeRecording(first, { at: 'a_g0/a_g0_imec0/a_g0_t0.imec0.ap', values: apValues, samples: 30000 });
    await writeRecording(second, { at: 'a_g0/a_g0_imec1/a_g0_t0.imec1.ap', values: { ...apValues, fileCreateTime: '2024-07-01T12:00:02' }, samples: 30000 });
    const { runs } = await scan([first, second]);
    expect(runs).toHaveLength(1);
    expect(runs[0]!.folders.toSorted()).toEqual([first, second].toSorted());
    expect(runs[0]!.probes.map(({ index }) => index)).toEqual([0, 1]);
    expect(runs[0]!.health).toEqual([]);
  });

  it('keeps two runs of one name apart, and says so', async () => {
    const folder = temporaryFolder();
    await writeRecording(folder, { at: 'monday/a_g0/a_g0_t0.nidq', values: niValues, samples: 25000 });
    await writeRecording(folder, { at: 'tuesday/a_g0/a_g0_imec0/a_g0_t0.imec0.ap', values: { ...apValues, fileCreateTime: '2024-07-02T12:00:00' }, samples: 30000 });
    const { runs } = await scan([folder]);
    expect(runs.map((run) => path.relative(folder, run.path))).toEqual([path.join('monday', 'a_g0'), path.join('tuesday', 'a_g0')]);
    for (const run of runs) expect(run.health).toMatchObject([{ severity: 'warning', code: 'name-collision', message: expect.stringContaining('do not belong together') as string }]);
  });

  it('knows a copy', async () => {
    const folder = temporaryFolder();
    for (const drive of ['data', 'backup']) await writeRecording(folder, { at: `${drive}/a_g0/a_g0_t0.nidq`, values: niValues, samples: 25000 });
    const { runs } = await scan([folder]);
    expect(runs.map((run) => run.health)).toMatchObject([[{ severity: 'info', code: 'name-collision' }], [{ severity: 'info', code: 'name-collision' }]]);
  });

  it.skipIf(process.platform === 'win32')('follows links, but not in circles, and counts nothing twice', async () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    await writeRecording(elsewhere, { at: 'a_g0/a_g0_t0.nidq', values: niValues, samples: 25000 });
    await fs.symlink(elsewhere, path.join(folder, 'drive'));
    await fs.symlink(folder, path.join(elsewhere, 'back'));
    await fs.symlink(path.join(folder, 'nowhere'), path.join(folder, 'broken'));
    const { runs } = await scan([folder, folder]);
    expect(runs).toHaveLength(1);
    expect(runs[0]!.path).toBe(path.join(folder, 'drive', 'a_g0'));
  });

  it('is an error when a folder is not there', async () => {
    await expect(scan([path.join(temporaryFolder(), 'none')])).rejects.toThrow('none: no such file or folder');
  });
});

describe('health', () => {
  const ni = 'a_g0/a_g0_t0.nidq';

  it('tells a run that is being recorded from one that was left open', async () => {
    const folder = temporaryFolder();
    const base = await writeRecording(folder, { at: ni, values: niValues, samples: 25000, fileSizeBytes: null });
    const left = await oneRun(folder);
    expect(left.health).toMatchObject([{ severity: 'warning', code: 'unfinished', path: `${base}.bin` }]);
    expect(left.seconds).toBe(1);
    const { mtimeMs } = await fs.stat(`${base}.bin`);
    const { runs } = await scan([folder], { now: mtimeMs + 1000 });
    expect(codes(runs[0]!)).toEqual(['recording']);
  });

  it.each([
    ['truncated', { samples: 24000, fileSizeBytes: 150000 }],
    ['missing-bin', { fileSizeBytes: 150000 }],
    ['zero-length', { samples: 0, fileSizeBytes: 0 }],
  ])('%s', async (code, file) => {
    const folder = temporaryFolder();
    await writeRecording(folder, { at: ni, values: niValues, ...file });
    expect((await oneRun(folder)).health).toMatchObject([{ severity: 'error', code }]);
  });

  it('lists files whose meta is missing or broken without their streams', async () => {
    const folder = temporaryFolder();
    await fs.mkdir(path.join(folder, 'a_g0'));
    await fs.writeFile(path.join(folder, 'a_g0', 'a_g0_t0.imec0.ap.bin'), 'xx');
    await fs.writeFile(path.join(folder, 'a_g0', 'a_g0_t0.imec1.ap.bin'), 'xx');
    await fs.writeFile(path.join(folder, 'a_g0', 'a_g0_t0.imec1.ap.meta'), 'imSampRate=30000\n');
    const run = await oneRun(folder);
    expect(run.health).toMatchObject([
      { code: 'missing-meta', message: expect.stringContaining('imec0.ap g0 t0') as string },
      { code: 'bad-meta', message: expect.stringContaining("'nSavedChans'") as string },
    ]);
    expect(run.gates[0]!.triggers[0]!.streams).toEqual([]);
    expect(run.probes).toMatchObject([{ index: 0, partNumber: null, channels: 0 }, { index: 1 }]);
  });

  it('warns of trials that some streams lack, and of holes', async () => {
    const folder = temporaryFolder();
    for (const trigger of [0, 1, 5]) await writeRecording(folder, { at: `a_g0/a_g0_t${trigger}.nidq`, values: niValues, samples: 10 });
    for (const trigger of [0, 5]) await writeRecording(folder, { at: `a_g0/a_g0_t${trigger}.imec0.ap`, values: apValues, samples: 10 });
    expect((await oneRun(folder)).health.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'missing-trigger: imec0.ap lacks g0 t1, which other streams have.',
      'missing-trigger: Gate 0 has no t2 to t4, though later triggers exist.',
    ]);
  });

  it('finds files of different runs posing as triggers', async () => {
    const folder = temporaryFolder();
    for (const [trigger, firstSample] of [[0, 900000], [1, 1000]] as const) {
      await writeRecording(folder, { at: `a_g0/a_g0_t${trigger}.nidq`, values: { ...niValues, firstSample }, samples: 25000 });
    }
    const run = await oneRun(folder);
    expect(run.joins).toEqual([{ stream: 'nidq', gate: 0, trigger: 1, kind: 'unrelated', samples: 924000 }]);
    expect(run.health).toMatchObject([{ severity: 'error', code: 'unrelated-trigger' }]);
  });

  it('does not join a survey', async () => {
    const folder = temporaryFolder();
    for (const trigger of [0, 1]) await writeRecording(folder, { at: `a_g0/a_g0_t${trigger}.imec0.ap`, values: { ...apValues, firstSample: 0, imIsSvyRun: 'true' }, samples: 10 });
    const run = await oneRun(folder);
    expect(run.joins).toEqual([]);
    expect(codes(run)).toEqual(['survey']);
  });

  it('reports error flags, unknown probes and missing sync in words', async () => {
    const folder = temporaryFolder();
    const values: Values = { ...apValues, imDatPrb_pn: 'NP9999', imErrFlags0_IS_CT_SR: '0 3 0', syncSourceIdx: 0 };
    await writeRecording(folder, { at: 'a_g0/a_g0_t0.imec0.ap', values, samples: 10 });
    await writeRecording(folder, { at: 'a_g0/a_g0_t0.nidq', values: niValues, samples: 10 });
    const run = await oneRun(folder);
    expect(run.probes).toMatchObject([{ partNumber: 'NP9999', type: null, shanks: 1 }]);
    expect(run.health.map(({ severity, code, message }) => `${severity} ${code}: ${message}`)).toEqual([
      'warning errors-flagged: imec0.ap g0 t0: the probe reported errors while recording (imErrFlags0: CT 3).',
      "warning unknown-probe: imec0: the part number 'NP9999' is not known; its meta tells where the sites are, the rest is guessed from there.",
      "warning no-sync: No sync signal was recorded (imec0), so the clocks of this run's devices cannot be aligned.",
    ]);
  });

  it('says nothing of old metas that lack what they may lack', async () => {
    const folder = temporaryFolder();
    await writeRecording(folder, { at: 'a_g0_t0.nidq', values: { nSavedChans: 1, niSampRate: 25000 }, samples: 10 });
    await writeRecording(folder, { at: 'a_g0_t1.nidq', values: { nSavedChans: 1, niSampRate: 25000 }, samples: 10 });
    const run = await oneRun(folder);
    expect(run).toMatchObject({ created: null, joins: [], health: [] });
    expect(run.gates[0]!.triggers[0]!.streams[0]!.firstSample).toBeNull();
  });
});

describe('samples that the hardware missed', () => {
  it('are told of the file they lie in, from the list at the top or in the run folder', async () => {
    const folder = temporaryFolder();
    for (const [trigger, firstSample] of [[0, 3000], [1, 33000]] as const) {
      await writeRecording(folder, { at: `m 1_g0/m 1_g0_imec0/m 1_g0_t${trigger}.imec0.ap`, values: { ...apValues, firstSample }, samples: 30000 });
    }
    await fs.writeFile(path.join(folder, 'm 1.missed_samples.imec0.txt'), '2000,5\r\n40000,1200\r\n50000,4\r\nsome words\r\n');
    await fs.writeFile(path.join(folder, 'm 1.missed_samples.imec1.txt'), '4000,9\n');
    const before = await oneRun(folder);
    expect(before.health.map(({ message }) => message)).toEqual(['imec0 lost 2 stretches, 1,204 samples, in g0 t1: SpikeGLX filled them with zeros.']);
    expect((await oneRun(path.join(folder, 'm 1_g0'))).health, 'also from a list above the folder that is looked at').toHaveLength(1);
    await fs.writeFile(path.join(folder, 'm 1_g0', 'm 1.missed_samples.imec0.txt'), '2000,5\n3017 3\n');
    expect((await oneRun(folder)).health.map(({ code, message }) => [code, message])).toContainEqual(['missed-samples', 'imec0 lost 1 stretch, 3 samples, in g0 t0: SpikeGLX filled them with zeros.']);
  });
});
