// spike_sorter as a module, on a simulated probe: a phy folder that appears whole, scored against the truth.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareFolders } from '../../../../core/cli/compare.ts';
import { createPool, type WorkerPool } from '../../../../core/execution/index.ts';
import { readPhyFolder } from '../../../../core/formats/phyFolder/index.ts';
import { findModule, runModule } from '../../../../core/modules/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let pool: WorkerPool;
let run: SimulatedRun;
let folder: string;
let dest: string;
const warnings: string[] = [];

beforeAll(async () => {
  pool = createPool(2);
  folder = temporaryFolder();
  dest = path.join(folder, 'imec0_ag');
  run = await quickRun(path.join(folder, 'raw'), { seconds: 16, savedChannels: '0:31', ni: null, probe: { lf: false, units: { count: 5, rateHz: 10, amplitudeUv: 180, amplitudeSpread: 0.1, bursting: 0 } } }, { pool });
});

afterAll(async () => pool.close());

function sort(outputJson?: string) {
  const input = { ephys_params: { ap_band_file: run.files[0].bin }, directories: { kilosort_output_directory: dest }, spike_sorter_params: {} };
  const context = { pool, cwd: folder, log: () => undefined, warn: (line: string) => void warnings.push(line) };
  return runModule(findModule('spike_sorter'), input, { context, outputJson });
}

test('sorts into a folder that phy and the modules can read, and finds the units', async () => {
  const output = await sort(path.join(folder, 'out.json'));
  expect(output.nTemplate).toBeGreaterThan(0);
  const phy = await readPhyFolder(dest, { compat: false });
  expect(phy.times.length).toBe(output.nTot);
  expect(readFileSync(path.join(dest, 'params.py'), 'utf8')).not.toContain(folder);
  const { well, mean_accuracy: mean } = await compareFolders(run.truthFolder, dest);
  expect(well).toBeGreaterThanOrEqual(4);
  expect(mean).toBeGreaterThan(0.75);
});

test('sorting again replaces the result, but keeps one that was curated', async () => {
  await sort();
  expect(readdirSync(folder).filter((name) => name.startsWith('imec0_ag'))).toEqual(['imec0_ag']);
  mkdirSync(path.join(dest, '.phy'));
  writeFileSync(path.join(dest, 'phy.log'), '');
  await sort();
  expect(existsSync(`${dest}_before_1`)).toBe(true);
  expect(existsSync(path.join(dest, 'phy.log'))).toBe(false);
  expect(warnings.join()).toContain('was curated in phy');
});
