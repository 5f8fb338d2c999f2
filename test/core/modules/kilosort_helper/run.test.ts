import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { encodeNpy, npyNumbers, readNpy } from '../../../../core/formats/index.ts';
import { readPhyParams } from '../../../../core/formats/phyFolder/index.ts';
import { type Module, runModule } from '../../../../core/modules/index.ts';
import { kilosortHelper, tasks } from '../../../../core/modules/kilosort_helper/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { readMat5 } from '../../formats/readMat5.ts';
import { contents, writeSorting } from '../../formats/phyFolder/sorterFolder.ts';
import { canFake, fakeProgram } from '../../tools/fakePrograms.ts';
import { columns, rate, writeRecording } from './recording.ts';

// In MATLAB's place: notes how it was called, reads rootZ from the options, and leaves there what a real sorting has left.
const matlabSource = `
const fs = require('node:fs'); const path = require('node:path');
fs.writeFileSync('called.json', JSON.stringify(process.argv.slice(2)));
if (fs.existsSync('fail')) { console.error('Error using gpuDevice: no GPU'); process.exit(1); }
const text = fs.readFileSync('kilosort2_config_file.m', 'utf8').match(/ops\\.rootZ = (.*);/)[1];
const rootZ = [...text.matchAll(/'([^']*)'|char\\(\\[([\\d ]*)\\]\\)/g)].map((m) => m[1] ?? String.fromCharCode(...m[2].split(' '))).join('');
console.log('aftergate-stage preprocessing'); console.log('1.00 sec, 50 / 100 batches, 3 units');
for (const name of fs.readdirSync('results')) fs.copyFileSync(path.join('results', name), path.join(rootZ, name));
fs.writeFileSync('temp_wh.dat', 'whitened');
`;

let run: string;
let home: string;
let folder: string;
let bin: string;
let progress: string[];
let warnings: string[];
beforeEach(async () => {
  run = temporaryFolder();
  [home, folder, progress, warnings] = [path.join(run, 'matlab home'), path.join(run, 'imec0_ks25'), [], []];
  bin = await writeRecording(run);
  await writeSorting(path.join(home, 'results'), { times: [100, 200, 300, 400], templates: [0, 2, 2, 0] }, { 'channel_map.npy': encodeNpy(Int32Array.from([0, 1, 2, 3]), [1, 4]) });
  await fakeProgram(path.join(run, 'MATLAB', 'bin'), 'matlab', matlabSource);
  for (const file of ['Kilosort/preProcess/preprocessDataSub.m', 'Kilosort/preProcess/datashift2.m', 'Kilosort/CUDA/mexDetect.mexa64', 'npy-matlab/writeNPY.m']) {
    await fs.mkdir(path.dirname(path.join(run, file)), { recursive: true });
    await fs.writeFile(path.join(run, file), '');
  }
});

async function sort(params: Record<string, unknown> = {}, helper: Record<string, unknown> = {}) {
  const input = {
    directories: { kilosort_output_directory: folder },
    ephys_params: { ap_band_file: bin, num_channels: columns, sample_rate: rate, bit_volts: 2 },
    kilosort_helper_params: { matlab: path.join(run, 'MATLAB'), kilosort_repository: 'Kilosort', npy_matlab_repository: 'npy-matlab', matlab_home_directory: home, kilosort2_params: { copy_fproc: 0, ...params }, ...helper },
  };
  const context = {
    pool: inlinePool(tasks), cwd: run, log: () => undefined, warn: (line: string) => warnings.push(line),
    progress: ({ label, done, total }: { label: string; done: number; total: number }) => progress.push(`${label} ${done}/${total}`),
  };
  return runModule(kilosortHelper as unknown as Module, input, { context });
}
const text = (...name: string[]) => fs.readFile(path.join(...name), 'utf8');
const numbers = async (name: string) => [...npyNumbers(await readNpy(path.join(folder, name)))];

describe.skipIf(!canFake)('kilosort_helper', () => {
  it('sorts all but noise channels, and points phy at the binary', async () => {
    const output = await sort();
    expect(output).toMatchObject({ mask_channels: [4], nTemplate: 2, nTot: 4, execution_time: expect.any(Number) });
    expect(JSON.parse(await text(home, 'called.json'))).toEqual(['-batch', 'aftergate_run_kilosort']);
    expect(readMat5(await fs.readFile(path.join(home, 'chanMap.mat'))).connected.values).toEqual([1, 1, 1, 1, 0]);
    const config = await text(home, 'kilosort2_config_file.m');
    for (const line of ["ops.chanMap = 'chanMap.mat';", 'ops.Th = [10 4];', 'ops.NchanTOT = 6;', 'ops.fs = 2000.5;']) expect(config).toContain(`${line}\n`);
    expect(await text(home, 'aftergate_kilosort.m')).toContain('preprocessDataSub(ops)');
    expect(progress).toEqual(['noise channels 6/6', 'preprocessing 0/100', 'preprocessing 50/100']);

    expect(await text(folder, 'params.py')).toBe("dat_path = '../r_g0_tcat.imec0.ap.bin'\nn_channels_dat = 6\noffset = 0\nsample_rate = 2000.500000000000\ndtype = 'int16'\nhp_filtered = False\n");
    expect((await readPhyParams(folder)).dataFile).toBe(bin);
    expect(await text(folder, 'old_params.py')).toContain('gone.bin');
    expect(await fs.readFile(path.join(run, 'r_g0_tcat.imec0.ap_chanMap.mat'))).toEqual(await fs.readFile(path.join(home, 'chanMap.mat')));
    await expect(fs.access(`${folder}.part`)).rejects.toThrow();
  });

  it('gives channels the numbers of the binary, though 2.5 numbers what it has whitened', async () => {
    bin = await writeRecording(run, { unused: true });
    await fs.writeFile(path.join(home, 'results', 'channel_map.npy'), encodeNpy(Int32Array.from([0, 1, 2]), [1, 3]));
    await sort();
    expect(await numbers('channel_map.npy')).toEqual([0, 1, 3]);
    expect(await numbers('channel_map_ks_preprocessed.npy')).toEqual([0, 1, 2]);
  });

  it('copies the whitened data beside the binary when asked, and points phy at them', async () => {
    await sort({ copy_fproc: 1 });
    expect(await text(run, 'r_g0_tcat.imec0.ap_ksproc.bin')).toBe('whitened');
    expect(await text(folder, 'params.py')).toMatch(/^dat_path = '\.\.\/r_g0_tcat\.imec0\.ap_ksproc\.bin'\nn_channels_dat = 4\n/);
    expect(await numbers('channel_map.npy')).toEqual([0, 1, 2, 3]);
    expect(await numbers('channel_map_raw.npy')).toEqual([0, 1, 2, 3]);
  });

  it('copies the folder for later modules, and keeps an earlier sorting', async () => {
    await sort({}, { ks_make_copy: true });
    expect(await contents(`${folder}_orig`)).toEqual(await contents(folder));
    await sort();
    expect(warnings).toEqual([`the earlier sorting was kept as ${folder}_previous`]);
  });

  it('looks for noise channels in what there is of a short recording', async () => {
    bin = await writeRecording(run, { seconds: 8 });
    expect(await sort()).toMatchObject({ mask_channels: [4] });
    expect(warnings).toEqual([expect.stringContaining('ends before 15 s')]);
  });

  it('says what MATLAB said when it fails, and leaves nothing that looks sorted', async () => {
    await fs.writeFile(path.join(home, 'fail'), '');
    await expect(sort()).rejects.toThrow(/matlab ended with status 1; it said last:\n {2}Error using gpuDevice: no GPU/);
    await expect(fs.access(folder)).rejects.toThrow();
  });

  it('does not believe a MATLAB that ends well without results', async () => {
    await fs.rm(path.join(home, 'results', 'spike_times.npy'));
    await expect(sort()).rejects.toThrow(/the sorter ended without writing spike_times\.npy/);
    await expect(fs.access(folder)).rejects.toThrow();
  });

  it('refuses options that are no MATLAB values before MATLAB is started', async () => {
    await expect(sort({ Th: "system('x')" })).rejects.toThrow(/^kilosort_helper_params\.kilosort2_params\.Th: /);
    await expect(fs.access(path.join(home, 'called.json'))).rejects.toThrow();
  });
});

describe('kilosort_helper without its programs', () => {
  it('names what is missing and where to say where it is, before anything is made', async () => {
    await fs.rm(home, { recursive: true });
    const before = await contents(run);
    await expect(sort({}, { matlab: path.join(run, 'no MATLAB') })).rejects.toMatchObject({ exitCode: 1, message: `kilosort_helper_params.matlab: there is no MATLAB at ${path.join(run, 'no MATLAB')}`, next: expect.stringContaining('Install MATLAB') });
    if (canFake) await expect(sort({ KSver: '3.0' })).rejects.toThrow(/^kilosort_helper_params\.kilosort_repository: .* holds Kilosort 2\.5, but kilosort2_params\.KSver is 3\.0$/);
    if (canFake) await expect(sort({}, { npy_matlab_repository: '' })).rejects.toThrow(/^kilosort_helper_params\.npy_matlab_repository: does not say where npy-matlab is$/);
    expect(await contents(run)).toEqual(before);
  });
});
