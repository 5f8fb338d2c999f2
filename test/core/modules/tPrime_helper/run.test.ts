import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { tasks } from '../../../../core/engines/tprime/index.ts';
import { encodeNpy, npyNumbers, readNpy, type TypedArray } from '../../../../core/formats/index.ts';
import { findModule, runModule } from '../../../../core/modules/index.ts';

// A made-up run: every stream sees the same pulse once a second; NI's clock is 0.25 s ahead of imec0's, imec1's 0.125 s.
const ahead: Record<string, number> = { ni: 0.25, imec0: 0, imec1: 0.125 };
const edgeFiles: Record<string, string> = { ni: 'r_g0_tcat.nidq.xd_8_0_500.txt', imec0: 'r_g0_imec0/r_g0_tcat.imec0.ap.xd_384_6_500.txt', imec1: 'r_g0_imec1/r_g0_tcat.imec1.ap.xd_384_6_500.txt' };
const eventFile = 'r_g0_tcat.nidq.xd_8_1_50.txt';
const adjusted = 'r_g0_tcat.nidq.xd_8_1_50.adj.txt';

let root: string;
let runFolder: string;
let warnings: string[];
let logged: string[];
beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
  runFolder = path.join(root, 'catgt_r_g0');
  warnings = [];
  logged = [];
});

async function write(name: string, content: string | Uint8Array, folder = runFolder): Promise<void> {
  await fs.mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await fs.writeFile(path.join(folder, name), content);
}

async function catgtOutput(streams: readonly string[], folder = runFolder): Promise<void> {
  const seconds = Array.from({ length: 20 }, (_, k) => k + 0.5);
  for (const stream of streams) await write(edgeFiles[stream], seconds.map((time) => `${(time + ahead[stream]).toFixed(6)}\n`).join(''), folder);
  await write(eventFile, '3.100000\n4.200000\n7.300000\n', folder);
  const list = [...streams.map((stream) => `sync_${stream}=${path.join(folder, edgeFiles[stream])}`), `times_ni_0=${path.join(folder, eventFile)}`];
  await write('r_g0_all_fyi.txt', `${list.join('\n')}\n`, folder);
}

async function sorted(name: string, samples: TypedArray, shape: number[], folder = runFolder): Promise<void> {
  await write(`${name}/spike_times.npy`, encodeNpy(samples, shape), folder);
  await write(`${name}/params.py`, "dat_path = r'C:\\data\\a.bin'\r\nn_channels_dat = 385\r\nsample_rate = 30000.\r\n", folder);
}

async function align(params: Record<string, unknown> = {}) {
  const input = {
    directories: { extracted_data_directory: root, npx_directory: 'C:\\gone', kilosort_output_directory: 'D:\\gone too' },
    catGT_helper_params: { run_name: 'r', gate_string: '0,3', catGTPath: 'C:\\gone' },
    tPrime_helper_params: { toStream_sync_params: 'imec0', sort_out_tag: 'ks4', ...params },
  };
  const context = { pool: inlinePool(tasks), cwd: root, log: (line: string) => logged.push(line), warn: (line: string) => warnings.push(line) };
  return runModule(findModule('tPrime_helper'), input, { context });
}

const text = (name: string) => fs.readFile(path.join(runFolder, name), 'utf8');
const exists = (name: string) => fs.access(path.join(runFolder, name)).then(() => true, () => false);
async function seconds(name: string): Promise<number[]> {
  const array = await readNpy(path.join(runFolder, name));
  expect(array).toMatchObject({ dtype: '<f8', shape: [array.data.length] });
  return [...npyNumbers(array)];
}

describe('tPrime_helper', () => {
  it('works before any sorter has run, on event files alone', async () => {
    await catgtOutput(['imec0', 'imec1', 'ni']);
    const output = await align({ psth_ex_str: 'xd=0,0,8,1,50' });
    expect(await text(adjusted)).toBe('2.850000\n3.950000\n7.050000\n');
    expect(warnings).toEqual([]);
    expect(output).toMatchObject({ execution_time: expect.any(Number), aftergate: { figures: { sync: [{ streams: ['ni'], paired: 20, missing: 0, extra: 0 }] } } });
  });

  it('puts spikes of every stream on the clock of one, and the events beside them', async () => {
    await catgtOutput(['imec0', 'imec1', 'ni']);
    await sorted('r_g0_imec0/imec0_ks4', BigInt64Array.from([30000n, 45000n]), [2]);
    await sorted('r_g0_imec1/imec1_ks4', Int32Array.from([30000, 45000, 60000]), [3, 1]);
    await sorted('r_g0_imec1/imec1_ks4_orig', Int32Array.from([1]), [1]);
    await align({ psth_ex_str: 'xd=0,0,-1,1,50', tPrime_path: '/tools/TPrime/' });
    expect(await seconds('r_g0_imec0/imec0_ks4/spike_times_sec.npy')).toEqual([1, 1.5]);
    expect(await seconds('r_g0_imec0/imec0_ks4/spike_times_sec_adj.npy')).toEqual([1, 1.5]);
    expect(await seconds('r_g0_imec1/imec1_ks4/spike_times_sec.npy')).toEqual([1, 1.5, 2]);
    expect(await seconds('r_g0_imec1/imec1_ks4/spike_times_sec_adj.npy')).toEqual([0.875, 1.375, 1.875]);
    for (const folder of ['r_g0_imec0/imec0_ks4', 'r_g0_imec1/imec1_ks4']) expect(await text(`${folder}/events.csv`)).toBe('2.850000,3.950000,7.050000');
    expect(await exists('r_g0_imec1/imec1_ks4_orig/spike_times_sec.npy')).toBe(false);

    const inRun = (name: string) => path.join(runFolder, name);
    expect((await text('r_g0_TPrime_cmd.txt')).replace('runit.bat', 'runit.sh')).toBe([
      '/tools/TPrime/runit.sh -syncperiod=1.0',
      `-tostream=${inRun(edgeFiles.imec0)}`, `-fromstream=0,${inRun(edgeFiles.imec1)}`, `-fromstream=1,${inRun(edgeFiles.ni)}`,
      `-events=1,${inRun(eventFile)},${inRun(adjusted)}`,
      `-events=0,${inRun('r_g0_imec1/imec1_ks4/spike_times_sec.npy')},${inRun('r_g0_imec1/imec1_ks4/spike_times_sec_adj.npy')}`,
    ].join(' '));
  });

  it('interpolates when told to, and the command, the log and the figures say so', async () => {
    await catgtOutput(['imec0', 'ni']);
    // NI's clock runs 0.1 % slow.
    await write(edgeFiles.ni, Array.from({ length: 20 }, (_, k) => `${((k + 0.5) * 0.999).toFixed(6)}\n`).join(''));
    const { aftergate } = await align({ tprime_interp: true });
    expect(await text(adjusted)).toBe([3.1, 4.2, 7.3].map((time) => `${(time / 0.999).toFixed(6)}\n`).join(''));
    expect(await text('r_g0_TPrime_cmd.txt')).toMatch(/ -tprime_interp$/);
    expect(logged.filter((line) => line.startsWith('Stream'))).toEqual([expect.stringMatching(/^Stream 0: 20 of 20 edges used.*; interpolated, residual of an edge left out SD 0\.000/)]);
    expect(aftergate).toMatchObject({ figures: { sync: [{ streams: ['ni'], residual_max_s: expect.closeTo(1e-3, 5), interpolation: { left_out: 18, residual_max_s: expect.closeTo(0, 5), off_line: 0, jumps: 0 } }] } });
  });

  it('says nothing of interpolation when not told to', async () => {
    await catgtOutput(['imec0', 'ni']);
    expect(JSON.stringify((await align()).aftergate)).not.toContain('interpolation');
    expect(logged.some((line) => line.startsWith('Stream'))).toBe(false);
    expect(await text('r_g0_TPrime_cmd.txt')).not.toContain('interp');
  });

  it('needs no other stream', async () => {
    await catgtOutput(['imec0']);
    await write('r_g0_all_fyi.txt', `sync_imec0=${path.join(runFolder, edgeFiles.imec0)}\n`);
    await sorted('r_g0_imec0/imec0_ks4', Int32Array.from([15000]), [1]);
    await align();
    expect(await seconds('r_g0_imec0/imec0_ks4/spike_times_sec_adj.npy')).toEqual([0.5]);
  });

  it('warns when no file has the events asked for, when events have no clock, when a sort folder has no spikes', async () => {
    await catgtOutput(['imec0', 'imec1']);
    await fs.mkdir(path.join(runFolder, 'r_g0_imec1', 'imec1_ks4'));
    await align({ psth_ex_str: 'xd=0,0,9,1,50' });
    expect(warnings).toEqual([
      expect.stringContaining('imec1_ks4: has no spike_times.npy'),
      expect.stringContaining('xd_8_1_50.txt: not aligned, because ni has no sync edges'),
      "events.csv was not written: no event file matches tPrime_helper_params.psth_ex_str 'xd=0,0,9,1,50'",
    ]);
  });

  it('aligns what can be aligned when one stream has no edges, then names that stream', async () => {
    await catgtOutput(['imec0', 'imec1', 'ni']);
    await sorted('r_g0_imec1/imec1_ks4', Int32Array.from([30000]), [1]);
    await write(edgeFiles.imec1, '');
    await expect(align({ psth_ex_str: 'xd=0,0,8,1,50' })).rejects.toThrow('tcat.imec1.ap.xd_384_6_500.txt');
    expect(await text(adjusted)).toBe('2.850000\n3.950000\n7.050000\n');
    expect(await text('r_g0_imec1/imec1_ks4/events.csv')).toBe('2.850000,3.950000,7.050000');
    expect(await exists('r_g0_imec1/imec1_ks4/spike_times_sec_adj.npy')).toBe(false);
  });

  it('names a sort folder it cannot read, and does the others', async () => {
    await catgtOutput(['imec0', 'imec1', 'ni']);
    await sorted('r_g0_imec0/imec0_ks4', Int32Array.from([30000]), [1]);
    await sorted('r_g0_imec1/imec1_ks4', Int32Array.from([30000]), [1]);
    await write('r_g0_imec0/imec0_ks4/params.py', "dat_path = 'a.bin'\n");
    await expect(align()).rejects.toThrow('params.py: gives no sample_rate');
    expect(await exists('r_g0_imec1/imec1_ks4/spike_times_sec_adj.npy')).toBe(true);
    expect(await text(adjusted)).toBe('2.850000\n3.950000\n7.050000\n');
  });

  it('uses the starts of the joined runs of a supercat', async () => {
    runFolder = path.join(root, 'supercat_r_g0');
    await catgtOutput(['imec0', 'ni']);
    await write('r_g0_sc_offsets.txt', 'smp_imap0:\t0\t300000\nsmp_nidq:\t0\t100000\nsec_imap0:\t0.000000\t10.000000\nsec_nidq:\t0.000000\t10.000000\n');
    await align({ catGT_out_tag: 'supercat' });
    expect(await text('r_g0_TPrime_cmd.txt')).toContain(` -offsets=${path.join(runFolder, 'r_g0_sc_offsets.txt')} `);
    expect(await text(adjusted)).toBe('2.850000\n3.950000\n7.050000\n');
  });

  it('takes the edge files of 3A probes by name', async () => {
    await catgtOutput(['imec0', 'ni']);
    await write('first/r_g0_tcat.imec.ap.SY_384_6_500.txt', '0.5\n1.5\n2.5\n', root);
    await write('second/q_g0_tcat.imec.ap.SY_384_6_500.txt', '0.6\n1.6\n2.6\n', root);
    await sorted('second/imec_ks4', Uint32Array.from([30000]), [1], root);
    await align({ tPrime_3A: true, toStream_path_3A: path.join('first', 'r_g0_tcat.imec.ap.SY_384_6_500.txt'), fromStream_list_3A: [path.join('second', 'q_g0_tcat.imec.ap.SY_384_6_500.txt')] });
    const [aligned] = npyNumbers(await readNpy(path.join(root, 'second', 'imec_ks4', 'spike_times_sec_adj.npy')));
    expect(aligned).toBeCloseTo(0.9, 12);
  });

  it.each([
    [{ toStream_sync_params: 'imec7' }, 'has no sync_imec7 line'],
    [{ toStream_sync_params: '' }, "tPrime_helper_params.toStream_sync_params: '' names no stream"],
    [{ psth_ex_str: 'dx=0' }, "tPrime_helper_params.psth_ex_str: 'dx=0'"],
    [{ sync_period: 'often' }, "tPrime_helper_params.sync_period: 'often' is not a number"],
    [{ catGT_out_tag: 'supercat' }, 'no such folder'],
  ])('refuses %j', async (params, message) => {
    await catgtOutput(['imec0', 'ni']);
    await expect(align(params)).rejects.toThrow(message);
  });
});
