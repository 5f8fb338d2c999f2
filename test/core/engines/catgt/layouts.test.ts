// Every way recordings lie on disk: no run folder, flat folders, phase 3A names, exported files, OneBoxes, gate lists.

import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { parseCatGTArguments, runCatGT } from '../../../../core/engines/catgt/index.ts';
import { quickRun, type QuickOverrides, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { outputFile, pool, samplesOf } from './support.ts';

let folder: string;
let dest: string;

beforeEach(() => {
  folder = temporaryFolder();
  dest = path.join(folder, 'out');
  mkdirSync(dest);
});

async function catgt(run: SimulatedRun, argv: string[], dir = run.dest) {
  const warnings: string[] = [];
  const options = parseCatGTArguments([`-dir=${dir}`, `-run=${run.name}`, ...argv, `-dest=${dest}`], folder);
  const result = await runCatGT(options, { pool: pool(), log: () => undefined, warn: (line) => warnings.push(line) });
  return { result, warnings };
}

const make = (overrides: QuickOverrides) => quickRun(path.join(folder, 'raw'), { seconds: 0.6, ...overrides });

test('no run folder, no probe folders', async () => {
  const run = await make({ runFolder: false, probeFolders: false });
  await catgt(run, ['-no_run_fld', '-g=0', '-t=0', '-ap', '-prb=0']);
  expect(samplesOf(outputFile(dest, run, 'quick_g0_tcat.imec0.ap.bin')).length).toBe(17 * run.files.find(({ label }) => label === 'imec0.ap')!.samples);
});

test('phase 3A names carry no probe number', async () => {
  const run = await make({ partNumber: '3A', probeFolders: false });
  const { result } = await catgt(run, ['-prb_3A', '-g=0', '-t=0', '-ap', '-lf', '-lffilter=butter,12,1,500']);
  expect(result.streams.map(({ binary }) => path.basename(binary!)).sort()).toEqual(['quick_g0_tcat.imec.ap.bin', 'quick_g0_tcat.imec.lf.bin']);
});

test('exported files keep their mark', async () => {
  const run = await make({ ni: null, probe: { lf: false } });
  for (const { bin, meta } of run.files) for (const file of [bin, meta]) renameSync(file, file.replace('.imec0', '.exported.imec0'));
  const { result } = await catgt(run, ['-exported', '-prb_fld', '-g=0', '-t=0', '-ap', '-prb=0']);
  expect(path.basename(result.streams[0].binary!)).toBe('quick_g0_tcat.exported.imec0.ap.bin');
});

test('exported files of all kinds: event files carry the mark, lists do not', async () => {
  const run = await make({ oneBoxes: [{}], runFolder: false });
  for (const { bin, meta } of run.files) for (const file of [bin, meta]) renameSync(file, file.replace(/_t0\./, '_t0.exported.'));
  const { result } = await catgt(run, ['-exported', '-no_run_fld', '-prb_fld', '-g=0', '-t=0', '-ap', '-lf', '-ni', '-ob', '-obx=0', '-prb=0']);
  const top = path.join(dest, 'catgt_quick_g0');
  expect(result.streams.map(({ label }) => label).sort()).toEqual(['imec0.ap', 'imec0.lf', 'nidq', 'obx0']);
  for (const { label, meta, events } of result.streams) {
    for (const file of [meta, ...events.map((event) => event.file)]) expect(path.basename(file)).toMatch(new RegExp(`^quick_g0_tcat\\.exported\\.${label}\\.`));
  }
  expect(readFileSync(path.join(top, 'quick_g0_fyi.txt'), 'utf8')).toContain('quick_g0_tcat.exported.imec0.ap.xd_16_6_500.txt');
});

test('OneBoxes: sync from the SY word, analog and digital inputs', async () => {
  const run = await make({ seconds: 2.2, oneBoxes: [{}], ni: null, events: [{ name: 'door', widthsMs: [40], atS: [1.5, 2.5], outlets: [{ stream: 'obx0', line: 3 }] }] });
  const { result } = await catgt(run, ['-prb_fld', '-g=0', '-t=0', '-ob', '-obx=0', '-xd=1,0,12,3,40']);
  const events = result.streams[0].events;
  expect(events.find(({ automatic }) => automatic)!.count).toBeGreaterThan(0);
  expect(readFileSync(events.find(({ automatic }) => !automatic)!.file, 'utf8').trim().split('\n')).toHaveLength(2);
});

test('a list of gates with their own triggers', async () => {
  const spans = [
    { gate: 0, trigger: 0, fromS: 1.1, toS: 1.5 },
    { gate: 0, trigger: 1, fromS: 1.5, toS: 1.9 },
    { gate: 2, trigger: 5, fromS: 2.4, toS: 2.8 },
  ];
  const run = await make({ spans, ni: null, probe: { lf: false } });
  const { result } = await catgt(run, ['-prb_fld', '-gtlist={0,0,1}{2,5,5}', '-ap', '-prb=0']);
  expect(result.streams[0].fills).toHaveLength(1);
  const meta = readFileSync(result.streams[0].meta, 'utf8');
  expect(meta).toMatch(/catGVals=0,2\n/);
  expect(meta).toMatch(/catNFiles=3\n/);
});

test('a missing probe may be skipped, a missing LF is a warning', async () => {
  const run = await make({ probes: [{ partNumber: 'NP2003', savedChannels: '0:11', units: { count: 2 } }] });
  const { result, warnings } = await catgt(run, ['-prb_fld', '-prb_miss_ok', '-g=0', '-t=0', '-ap', '-lf', '-prb=0:3']);
  expect(result.streams.map(({ label }) => label)).toEqual(['imec0.ap']);
  expect(warnings.join()).toMatch(/LF convert error: probe 0/);
});

test('a probe that misses one trigger has a gap there; without leave nothing is written', async () => {
  const spans = [
    { gate: 0, trigger: 0, fromS: 1.1, toS: 1.4 },
    { gate: 0, trigger: 1, fromS: 1.4, toS: 1.7 },
    { gate: 0, trigger: 2, fromS: 1.7, toS: 2.0 },
  ];
  const run = await make({ spans, ni: null, probe: { lf: false } });
  const missing = run.files.find(({ trigger }) => trigger === 1)!;
  for (const file of [missing.bin, missing.meta]) rmSync(file);
  const argv = ['-prb_fld', '-g=0', '-t=0,2', '-ap', '-prb=0'];
  await expect(catgt(run, argv)).rejects.toThrow(/t1\.imec0\.ap\.meta: meta file not found/);
  const { result } = await catgt(run, [...argv, '-prb_miss_ok']);
  expect(result.streams[0].fills.map(({ length }) => length)).toEqual([missing.samples]);
  expect(readFileSync(result.streams[0].meta, 'utf8')).toMatch(/catNFiles=2\n[^]*catTVals=0,2\n/);
});

test('no -dest: outputs lie beside the inputs, under their own names', async () => {
  const run = await make({});
  const options = parseCatGTArguments([`-dir=${run.dest}`, '-run=quick', '-prb_fld', '-g=0', '-t=0', '-ap', '-ni', '-prb=0'], folder);
  const result = await runCatGT(options, { pool: pool(), log: () => undefined, warn: () => undefined });
  expect(result.streams.find(({ label }) => label === 'imec0.ap')!.binary).toBe(`${run.dest}/quick_g0/quick_g0_imec0/quick_g0_tcat.imec0.ap.bin`);
  expect(readFileSync(`${run.dest}/quick_g0/quick_g0_fyi.txt`, 'utf8')).toContain('sync_imec0=');
});
