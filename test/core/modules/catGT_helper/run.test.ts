import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { tasks } from '../../../../core/engines/catgt/index.ts';
import { findModule, runModule } from '../../../../core/modules/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';

// A made-up run of NI only: one digital word at 10 kHz for 4 s; bit 0 the sync pulse (1 s period), bit 1 two events of 50 ms.
const rate = 10_000;
const samples = 4 * rate;

let root: string;
let warnings: string[];
beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
  warnings = [];
  await writeTrigger(0, 0);
  await writeTrigger(1, samples);
});

async function writeTrigger(trigger: number, first: number): Promise<void> {
  const words = Int16Array.from({ length: samples }, (_, at) => {
    const sync = at % rate >= rate / 4 && at % rate < (3 * rate) / 4 ? 1 : 0;
    const event = [1.5, 2.5].some((second) => at >= second * rate && at < (second + 0.05) * rate) ? 2 : 0;
    return sync + event;
  });
  const folder = path.join(root, 'raw', 'r_g0');
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, `r_g0_t${trigger}.nidq.bin`), new Uint8Array(words.buffer));
  const meta = {
    acqMnMaXaDw: '0,0,0,1', fileCreateTime: '2026-01-02T03:04:05', fileName: `D:/r_g0_t${trigger}.nidq.bin`, fileSizeBytes: samples * 2, fileTimeSecs: 4, firstSample: first,
    nSavedChans: 1, niAiRangeMax: 5, niAiRangeMin: -5, niMaxInt: 32768, niSampRate: rate, snsMnMaXaDw: '0,0,0,1', snsSaveChanSubset: 'all',
    syncNiChan: 0, syncNiChanType: 0, syncNiThresh: 1, syncSourcePeriod: 1, typeThis: 'nidq',
  };
  await fs.writeFile(path.join(folder, `r_g0_t${trigger}.nidq.meta`), Object.entries(meta).map(([key, value]) => `${key}=${value}\n`).join(''));
}

function extract(params: Record<string, unknown> = {}, directories: Record<string, unknown> = {}) {
  const input = {
    directories: { npx_directory: path.join(root, 'raw'), extracted_data_directory: path.join(root, 'new', 'out'), kilosort_output_tmp: 'D:\\gone', ...directories },
    catGT_helper_params: { run_name: 'r', trigger_string: '0,0', stream_string: '-ni', cmdStr: '-xd=0,0,0,1,50', catGTPath: 'C:\\gone\\CatGT', ...params },
  };
  const context = { pool: inlinePool(tasks), cwd: root, log: () => undefined, warn: (line: string) => warnings.push(line) };
  return runModule(findModule('catGT_helper'), input, { context, outputJson: 'out.json' });
}

const top = () => path.join(root, 'new', 'out', 'catgt_r_g0');
const text = (name: string) => fs.readFile(path.join(top(), name), 'utf8');

describe('catGT_helper', () => {
  it('runs CatGT and leaves its lists and its log beside the output', async () => {
    const output = await extract();
    expect(await text('r_g0_tcat.nidq.xd_0_1_50.txt')).toBe('1.500000\n2.500000\n');
    expect((await fs.readdir(top())).sort()).toEqual(expect.arrayContaining(['r_g0_CatGT.log', 'r_g0_all_fyi.txt', 'r_g0_fyi.txt', 'r_g0_tcat.nidq.meta']));
    expect(await text('r_g0_all_fyi.txt')).toBe(await text('r_g0_fyi.txt'));
    expect(await text('r_g0_CatGT.log')).toContain(`CatGT -dir=${path.join(root, 'raw')} -run=r -g=0 -t=0,0 -prb=0 -ni -xd=0,0,0,1,50 -dest=`);
    expect(output).toMatchObject({
      execution_time: expect.any(Number),
      input_parameters: { catGT_helper_params: { run_name: 'r', gate_string: '0', maxZ_um: -1 } },
      aftergate: { figures: { streams: [{ stream: 'nidq', samples, rate_hz: rate, seconds: 4, gaps: 0, events: expect.arrayContaining([{ file: 'r_g0_tcat.nidq.xd_0_1_50.txt', count: 2 }]) }] } },
    });
  });

  it('records which files went in and came out', async () => {
    const { aftergate } = (await extract({ trigger_string: '0,1' })) as { aftergate: { inputs: { path: string }[]; outputs: { path: string }[] } };
    expect(aftergate.inputs.map((file) => path.basename(file.path))).toEqual(['r_g0_t0.nidq.bin', 'r_g0_t0.nidq.meta', 'r_g0_t1.nidq.bin', 'r_g0_t1.nidq.meta']);
    expect(aftergate.outputs.map((file) => path.basename(file.path))).toEqual(expect.arrayContaining(['r_g0_tcat.nidq.bin', 'r_g0_tcat.nidq.meta', 'r_g0_fyi.txt', 'r_g0_all_fyi.txt', 'r_g0_ct_offsets.txt']));
  });

  it('records the lists of -edits and -health, and what they come to', async () => {
    const record = (await extract({ trigger_string: '0,1', cmdStr: '-no_auto_sync -edits -health' })) as { aftergate: { outputs: { path: string }[]; figures: unknown } };
    expect(record.aftergate.outputs.map((file) => path.basename(file.path))).toEqual(expect.arrayContaining(['r_g0_tcat.nidq.edits.csv', 'r_g0_tcat.nidq.health.json']));
    expect(record.aftergate.figures).toMatchObject({ streams: [{ gfix_edits: 0, recorded_seconds: 8, saturated_seconds: 0, missed_samples: 0, sy_errors: null }] });
  });

  it('records the bad channels it found, and their table', async () => {
    await quickRun(path.join(root, 'probe'), { seconds: 0.8, ni: null, probe: { savedChannels: '4:27', lf: false, dead: '6', noisy: '20' } });
    const { aftergate } = (await extract(
      { run_name: 'quick', stream_string: '-ap', cmdStr: '-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -bad_channels=interpolate', car_mode: 'gblcar' },
      { npx_directory: path.join(root, 'probe') },
    )) as { aftergate: { outputs: { path: string }[]; figures: { streams: readonly unknown[] } } };
    const file = 'quick_g0_tcat.imec0.ap.bad_channels.csv';
    expect(aftergate.figures.streams).toMatchObject([{ stream: 'imec0.ap', bad_channels: { file, dead: [6], noisy: [20], outside: [], interpolated: [6, 20] } }]);
    expect(aftergate.outputs.map((output) => path.basename(output.path))).toContain(file);
  });

  it('adds up the lists of several calls, and their logs', async () => {
    await extract();
    await extract({ cmdStr: '-no_auto_sync -xd=0,0,0,0,500' });
    expect(await text('r_g0_fyi.txt')).not.toContain('sync_ni=');
    expect(await text('r_g0_all_fyi.txt')).toContain('sync_ni=');
    expect((await text('r_g0_CatGT.log')).split('++++').length).toBeGreaterThan(2);
  });

  it.each([
    [{ car_mode: 'loud' }, {}, "catGT_helper_params.car_mode: 'loud' is not one of None, none, gblcar, gbldmx, loccar"],
    [{ stream_string: '-nidq' }, {}, 'catGT_helper_params: '],
    [{ cmdStr: '-gblcar', car_mode: 'gbldmx' }, {}, 'catGT_helper_params: '],
    [{}, { npx_directory: '/no/such folder' }, 'directories.npx_directory: no such folder: /no/such folder'],
    [{}, { extracted_data_directory: '' }, 'directories.extracted_data_directory: is required'],
    [{ run_name: 'other' }, {}, 'other_g0'],
  ])('fails, and leaves no output JSON, with %j %j', async (params, directories, message) => {
    await expect(extract(params, directories)).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode: 1 }));
    await expect(fs.access(path.join(root, 'out.json'))).rejects.toThrow();
  });

  it('keeps the reason of a failure in the log', async () => {
    await fs.rm(path.join(root, 'raw', 'r_g0', 'r_g0_t0.nidq.bin'));
    await expect(extract()).rejects.toThrow('r_g0_t0.nidq.bin');
    expect(await text('r_g0_CatGT.log')).toContain('r_g0_t0.nidq.bin');
  });
});
