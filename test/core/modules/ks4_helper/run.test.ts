import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { readPhyParams } from '../../../../core/formats/phyFolder/index.ts';
import { ks4Helper } from '../../../../core/modules/ks4_helper/index.ts';
import { type Module, runModule } from '../../../../core/modules/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { readMat5 } from '../../formats/readMat5.ts';
import { contents, writeSorting } from '../../formats/phyFolder/sorterFolder.ts';
import { writeRecording } from '../mean_waveforms/recording.ts';
import { canFake, fakeProgram } from '../../tools/fakePrograms.ts';

// In Python's place: answers the question for Kilosort 4, or copies a sorting to where the job wants it.
const pythonSource = (answer: string) => `
const fs = require('node:fs'); const path = require('node:path');
const last = process.argv.at(-1);
if (last === '--check') { ${answer} process.exit(0); }
const job = JSON.parse(fs.readFileSync(last, 'utf8'));
const results = path.join(path.dirname(job.bin), 'results');
console.error('kilosort.run_kilosort: First clustering'); console.log('aftergate-percent 50');
if (!fs.existsSync(results)) { console.error('torch.cuda.OutOfMemoryError: CUDA out of memory'); process.exit(1); }
for (const name of fs.readdirSync(results)) fs.copyFileSync(path.join(results, name), path.join(job.results, name));
`;
const ready = pythonSource("console.log('aftergate-kilosort 4.0.39 torch 2.5.1 gpu 1');");
const name = 'r_g0_tcat.imec0.ap';

let run: string;
let folder: string;
let bin: string;
let python: string;
let warnings: string[];
let progress: string[];
beforeEach(async () => {
  run = temporaryFolder();
  [folder, warnings, progress] = [path.join(run, 'imec0_ks4'), [], []];
  bin = await writeRecording(run, []);
  await writeSorting(path.join(run, 'results'), { times: [100, 200, 300], templates: [0, 2, 2] });
  python = await fakeProgram(path.join(run, 'env', 'bin'), 'python3', ready);
});

async function sort(section: Record<string, unknown> = {}, others: Record<string, unknown> = {}) {
  const input = { directories: { kilosort_output_directory: folder }, ephys_params: { ap_band_file: bin }, ks4_helper_params: { python: path.join(run, 'env'), ...section }, ...others };
  const context = {
    pool: inlinePool({}), cwd: run, log: () => undefined, warn: (line: string) => warnings.push(line),
    progress: ({ label, done, total }: { label: string; done: number; total: number }) => progress.push(`${label} ${done}/${total}`),
  };
  return runModule(ks4Helper as unknown as Module, input, { context });
}
const text = (file: string) => fs.readFile(path.join(folder, file), 'utf8');

describe.skipIf(!canFake)('ks4_helper', () => {
  it('sorts with the settings of the JSON, and points phy at the binary', async () => {
    const output = await sort({ do_CAR: false, ks4_params: { Th_learned: 7, tmax: -1 } });
    const part = `${folder}.part`;
    expect(JSON.parse(await text('run_kilosort4.json'))).toEqual({
      bin, probe: path.join(part, `${name}_chanMap.mat`), results: part,
      settings: {
        n_chan_bin: 9, fs: 30000, Th_universal: 9, Th_learned: 7, Th_single_ch: 8, duplicate_spike_ms: 0.25, nblocks: 5, sig_interp: 20, whitening_range: 32, min_template_size: 10, template_sizes: 5,
        templates_from_data: true, tmin: 0, tmax: 'inf', nearest_chans: 10, nearest_templates: 100, ccg_threshold: 0.25, acg_threshold: 0.2,
      },
      options: { do_CAR: false, save_extra_vars: false, save_preprocessed_copy: false },
    });
    expect(readMat5(await fs.readFile(path.join(run, `${name}_chanMap.mat`))).chanMap.values).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await text(`${name}_chanMap.mat`)).toBe(await fs.readFile(path.join(run, `${name}_chanMap.mat`), 'utf8'));
    expect(await text('params.py')).toMatch(/^dat_path = '\.\.\/r_g0_tcat\.imec0\.ap\.bin'\nn_channels_dat = 9\noffset = 0\nsample_rate = 30000\.000000000000\n/);
    expect((await readPhyParams(folder)).dataFile).toBe(bin);
    expect(await text('old_params.py')).toContain('gone.bin');
    expect(output).toMatchObject({ execution_time: expect.any(Number), aftergate: { figures: { spikes: 3 } } });
    expect(progress).toEqual(['First clustering 0/100', 'First clustering 50/100']);
    expect(warnings).toEqual([]);
  });

  it('keeps an end that was given, and says that seeds are not passed on', async () => {
    await sort({ ks4_params: { tmax: 20, template_seed: 1, cluster_seed: 0 } });
    expect(JSON.parse(await text('run_kilosort4.json'))).toMatchObject({ settings: { tmax: 20 } });
    expect(await text('run_kilosort4.json')).not.toContain('seed');
    expect(warnings).toEqual(['ks4_helper_params.ks4_params.template_seed: 1 is not passed on: Kilosort 4 starts its random numbers itself']);
  });

  it('shows phy the preprocessed copy, and copies the folder, when asked', async () => {
    await fs.writeFile(path.join(run, 'results', 'temp_wh.dat'), '');
    await sort({ save_preprocessed_copy: true, ks_make_copy: true });
    expect(await text('params.py')).toMatch(/^dat_path = 'temp_wh\.dat'\n/);
    expect({ ...(await contents(`${folder}_orig`)), 'temp_wh.dat': '' }).toEqual(await contents(folder)); // the large file is not copied
  });

  it('says what Kilosort said when it fails, and leaves nothing that looks sorted', async () => {
    await fs.rm(path.join(run, 'results'), { recursive: true });
    await expect(sort()).rejects.toThrow(/python3 ended with status 1; it said last:[^]*CUDA out of memory/);
    await expect(fs.access(folder)).rejects.toThrow();
  });

  it('warns when there is no GPU', async () => {
    await fakeProgram(path.dirname(python), 'python3', pythonSource("console.log('aftergate-kilosort 4.1.2 torch 2.5.1 gpu 0');"));
    await sort();
    expect(warnings).toEqual([expect.stringContaining('torch sees no GPU')]);
  });
});

describe.skipIf(!canFake)('ks4_helper without Kilosort 4', () => {
  const refused = async (message: RegExp, section: Record<string, unknown> = {}) => {
    const before = await contents(run);
    await expect(sort(section)).rejects.toMatchObject({ exitCode: 1, message: expect.stringMatching(message), next: expect.stringContaining('pip install kilosort') });
    expect(await contents(run)).toEqual(before);
  };

  it('names what is missing and where to say where it is, before anything is made', async () => {
    await refused(/^ks4_helper_params\.python: there is no Python at .*gone$/, { python: 'gone' });
    await fakeProgram(path.dirname(python), 'python3', "console.error(\"ModuleNotFoundError: No module named 'kilosort'\"); process.exit(1)");
    await refused(/^ks4_helper_params\.python: .*python3 has no Kilosort 4 that works \(ModuleNotFoundError: No module named 'kilosort'\)$/);
    await fakeProgram(path.dirname(python), 'python3', pythonSource("console.log('aftergate-kilosort 2.0 torch 1.0 gpu 1');"));
    await refused(/python3 has Kilosort 2\.0 instead of 4$/);
    await fakeProgram(path.dirname(python), 'python3', '');
    await refused(/python3 does not behave like Python$/);
  });
});
