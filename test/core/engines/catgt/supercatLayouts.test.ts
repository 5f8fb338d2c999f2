// Supercat over every way the outputs of a first pass may lie: beside the recording, flat, by probe, exported, phase 3A,
// OneBoxes, and files with some of a probe's channels.

import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { parseCatGTArguments, runCatGT } from '../../../../core/engines/catgt/index.ts';
import { quickRun, type QuickOverrides, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { pool, samplesOf } from './support.ts';

let folder: string;
let dest: string;

beforeEach(() => {
  folder = temporaryFolder();
  dest = path.join(folder, 'out');
  mkdirSync(dest);
});

async function catgt(...argv: string[]) {
  const options = parseCatGTArguments(argv, folder);
  return runCatGT(options, { pool: pool(), log: () => undefined, warn: () => undefined });
}

/** Two gates of a run, processed one by one. */
async function twoGates(overrides: QuickOverrides, argv: readonly string[], change: (run: SimulatedRun) => void = () => undefined): Promise<SimulatedRun> {
  const spans = [{ gate: 0, trigger: 0, fromS: 1.1, toS: 1.7 }, { gate: 1, trigger: 0, fromS: 2.2, toS: 2.9 }];
  const run = await quickRun(path.join(folder, 'raw'), { spans, ...overrides });
  change(run);
  for (const gate of [0, 1]) await catgt(`-dir=${run.dest}`, `-run=${run.name}`, `-g=${gate}`, '-t=0', ...argv);
  return run;
}

const joined = (name: string) => path.join(dest, 'supercat_quick_g0', name);
const sizes = (...files: string[]) => files.map((file) => samplesOf(file).length);

test('outputs in the run folders, with and without folders for probes', async () => {
  const run = await twoGates({}, ['-prb_fld', '-ap', '-ni', '-prb=0', '-pass1_force_ni_ob_bin']);
  await catgt(`-supercat={${run.dest},quick_g0}{${run.dest},quick_g1}`, '-prb_fld', '-ap', '-ni', '-prb=0', `-dest=${dest}`);
  const parts = [0, 1].map((gate) => path.join(run.dest, `quick_g${gate}`, `quick_g${gate}_imec0`, `quick_g${gate}_tcat.imec0.ap.bin`));
  expect(readFileSync(joined('quick_g0_tcat.imec0.ap.bin')).equals(Buffer.concat(parts.map((part) => readFileSync(part))))).toBe(true);
  await catgt(`-supercat={${run.dest},quick_g0}{${run.dest},quick_g1}`, '-prb_fld', '-out_prb_fld', '-ap', '-ni', '-prb=0', `-dest=${dest}`);
  expect(sizes(joined('quick_g0_imec0/quick_g0_tcat.imec0.ap.bin'))).toEqual(sizes(joined('quick_g0_tcat.imec0.ap.bin')));
});

test('no run folders: all in one', async () => {
  const out = path.join(folder, 'flat');
  mkdirSync(out);
  await twoGates({ runFolder: false, probeFolders: false }, ['-no_run_fld', '-ap', '-prb=0', `-dest=${out}`, '-no_catgt_fld']);
  await catgt(`-supercat={${out},quick_g0}{${out},quick_g1}`, '-no_run_fld', '-ap', '-prb=0', `-dest=${dest}`);
  const [a, b] = sizes(path.join(out, 'quick_g0_tcat.imec0.ap.bin'), path.join(out, 'quick_g1_tcat.imec0.ap.bin'));
  expect(sizes(joined('quick_g0_tcat.imec0.ap.bin'))).toEqual([a + b]);
});

test('phase 3A names, and exported ones', async () => {
  await twoGates({ partNumber: '3A', probeFolders: false, ni: null }, ['-prb_3A', '-exported', '-ap', `-dest=${folder}`], ({ files }) => {
    for (const { bin, meta } of files) for (const file of [bin, meta]) renameSync(file, file.replace(/\.imec\./, '.exported.imec.'));
  });
  const { streams } = await catgt(`-supercat={${folder},catgt_quick_g0}{${folder},catgt_quick_g1}`, '-prb_3A', '-exported', '-ap', '-out_prb_fld', `-dest=${dest}`);
  expect(streams[0].binary).toBe(`${dest}/supercat_quick_g0/quick_g0_imec/quick_g0_tcat.exported.imec.ap.bin`);
  const parts = [0, 1].map((gate) => path.join(folder, `catgt_quick_g${gate}`, `quick_g${gate}_tcat.exported.imec.ap.bin`));
  expect(readFileSync(streams[0].binary!).equals(Buffer.concat(parts.map((part) => readFileSync(part))))).toBe(true);
});

test('OneBoxes', async () => {
  const events: QuickOverrides['events'] = [{ name: 'door', widthsMs: [40], atS: [1.3, 2.5], outlets: [{ stream: 'obx0', line: 3 }] }];
  await twoGates({ oneBoxes: [{}], ni: null, events }, ['-prb_fld', '-ob', '-obx=0', '-xd=1,0,12,3,40', '-pass1_force_ni_ob_bin', `-dest=${folder}`]);
  const { streams, fyi, offsets } = await catgt(`-supercat={${folder},catgt_quick_g0}{${folder},catgt_quick_g1}`, '-ob', '-obx=0', '-xd=1,0,12,3,40', `-dest=${dest}`);
  const parts = [0, 1].map((gate) => path.join(folder, `catgt_quick_g${gate}`, `quick_g${gate}_tcat.obx0.obx.bin`));
  expect(readFileSync(streams[0].binary!).equals(Buffer.concat(parts.map((part) => readFileSync(part))))).toBe(true);
  expect(streams[0].events.find(({ automatic }) => !automatic)!.count).toBe(2);
  expect(readFileSync(fyi!, 'utf8')).toContain(`times_obx0_0=${dest}/supercat_quick_g0/quick_g0_tcat.obx0.obx.xd_12_3_40.txt\n`);
  expect(readFileSync(fyi!, 'utf8')).not.toContain('ip2_ip1');
  expect(readFileSync(offsets!, 'utf8')).toMatch(/^smp_obx0:\t0\t\d+\n/);
});

test('files with some of a probe\'s channels: joined by their own numbers, events once by the probe\'s', async () => {
  const argv = ['-prb_fld', '-out_prb_fld', '-ap', '-prb=0', '-xd=2,0,-1,6,0'];
  await twoGates({ ni: null }, [...argv, '-save=2,0,10,0:3,768', '-save=2,0,11,4:15', `-dest=${folder}`]);
  const { streams, fyi } = await catgt(`-supercat={${folder},catgt_quick_g0}{${folder},catgt_quick_g1}`, '-prb_fld', '-out_prb_fld', '-ap', '-prb=10,11', '-xd=2,0,-1,6,0', `-dest=${dest}`);
  for (const index of [10, 11]) {
    const parts = [0, 1].map((gate) => path.join(folder, `catgt_quick_g${gate}`, `quick_g${gate}_imec0`, `quick_g${gate}_tcat.imec${index}.ap.bin`));
    expect(readFileSync(joined(`quick_g0_imec0/quick_g0_tcat.imec${index}.ap.bin`)).equals(Buffer.concat(parts.map((part) => readFileSync(part))))).toBe(true);
  }
  expect(streams.map(({ label, events }) => [label, events.map(({ file }) => path.basename(file))])).toEqual([
    ['imec10.ap', ['quick_g0_tcat.imec0.ap.xd_16_6_500.txt', 'quick_g0_tcat.imec0.ap.xd_16_6_0.txt']], ['imec11.ap', []],
  ]);
  const list = readFileSync(fyi!, 'utf8');
  for (const index of [0, 10, 11]) expect(list).toContain(`sync_imec${index}=${dest}/supercat_quick_g0/quick_g0_imec0/quick_g0_tcat.imec0.ap.xd_16_6_500.txt\n`);
  expect(list).toMatch(/^ip2_ip1=\(0,0\)\(10,0\)\(11,0\)$/m);
});
