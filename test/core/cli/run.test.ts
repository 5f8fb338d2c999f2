import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInputJsonCommand, parseCreateInputJsonArguments } from '../../../core/cli/createInputJson.ts';
import { parseRunArguments, runCommand } from '../../../core/cli/run.ts';
import { quickRun, type SimulatedRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';

let folder: string;
let recorded: SimulatedRun;
beforeAll(async () => {
  folder = temporaryFolder();
  recorded = await quickRun(path.join(folder, 'raw'), { name: 'night', seconds: 1, savedChannels: '0:7', probe: { units: { count: 1 } } });
});

let out: string;
let err: string;
beforeEach(async () => {
  out = '';
  err = '';
});

const io = () => ({ out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd: folder, signal: new AbortController().signal, interactive: false });

/** As an editor on Windows leaves it: byte order mark, CRLF. */
async function writeSession(changes: Record<string, unknown> = {}): Promise<string> {
  const session = { version: 1, kind: 'multi-run', npx_directory: 'raw', run_specs: [['night', '0', 'start,end', '0']], catGT_dest: 'out', json_directory: 'json', modules: [], ...changes };
  await fs.writeFile(path.join(folder, 'tonight.json'), `\ufeff${JSON.stringify(session, null, 2).replaceAll('\n', '\r\n')}`);
  return 'tonight.json';
}

describe('aftergate run', () => {
  it('lists the steps with their JSON files, and does nothing, with --dry-run', async () => {
    await runCommand.run([await writeSession(), '--dry-run', '--json'], io());
    const { steps, problems } = JSON.parse(out) as { steps: Record<string, unknown>[]; problems: unknown[] };
    expect(steps).toMatchObject([
      { id: 'night_g0_CatGT', module: 'catGT_helper', input_json: path.join(folder, 'json', 'night_g0_CatGT-input.json'), depends_on: [], input: { catGT_helper_params: { run_name: 'night' } } },
      { id: 'night_g0_TPrime', module: 'tPrime_helper', output_json: path.join(folder, 'json', 'night_g0_TPrime-output.json'), depends_on: ['night_g0_CatGT'] },
    ]);
    expect(problems).toEqual([]);
    await expect(fs.access(path.join(folder, 'json'))).rejects.toThrow();
    out = '';
    await runCommand.run([await writeSession({ run_specs: [['night', '0', 'start,end', '0:1']] }), '--dry-run'], io());
    expect(out).toContain(`night_g0_CatGT\n  ${path.join(folder, 'json', 'night_g0_CatGT-input.json')}\n  -> ${path.join(folder, 'json', 'night_g0_CatGT-output.json')}\n`);
    expect(out).toContain('left out: night_g0 imec1: has no files there\n');
  });

  it('carries a session out, and tells of every failure at the end', async () => {
    const session = await writeSession({ run_specs: [['night', '0', 'start,end', '0:1']] });
    await expect(runCommand.run([session, '--workers', '1', '--json'], io())).rejects.toThrow(expect.objectContaining({ message: '1 thing asked for could not be done (named above)', exitCode: 1 }));
    expect(JSON.parse(out)).toMatchObject({ ok: false, steps: [{ id: 'night_g0_CatGT', state: 'done' }, { id: 'night_g0_TPrime', state: 'done' }], problems: [{ what: 'night_g0 imec1' }] });
    expect(err).toContain('[1/2] night_g0_CatGT done in ');
    expect(err).toContain('2 of 2 steps done\nnight_g0 imec1: has no files there\n  Check that the drive is connected, or leave it out.\n');
    err = '';
    await runCommand.run([await writeSession(), '--workers=1'], io());
    await runCommand.run([await writeSession(), '--workers=1', '--resume'], io());
    expect(err).toContain('0 of 2 steps done, 2 kept from an earlier run\n');
  });

  it('sorts the shanks of a probe apart, aligns them, and keeps all that when resumed', async () => {
    const part = (savedChannels: string, partNumber: string, count: number) => ({ partNumber, savedChannels, units: { count, amplitudeUv: 250 } });
    await quickRun(path.join(folder, 'shanks'), { name: 'shanks', seconds: 8, probes: [part('0:23,48:71', 'NP2014', 12), part('0:15', 'NP1010', 3)] });
    const session = await writeSession({ kind: 'split-shanks', npx_directory: 'shanks', run_specs: [['shanks', '0', 'start,end', '0:1', '', ['cortex', 'thalamus']]], catGT_dest: 'apart', json_directory: 'apart json', modules: ['spike_sorter', 'quality_metrics'], toStream_sync_params: 'ni' });
    await runCommand.run([session, '--json'], io());
    const sorted = ['imec0/imec1000_ag', 'imec0/imec1001_ag', 'imec1/imec1_ag'].map((place) => path.join(folder, 'apart', 'catgt_shanks_g0', `shanks_g0_${place}`));
    for (const place of sorted) for (const file of ['cluster_group.tsv', 'metrics.csv', 'spike_times_sec_adj.npy']) await fs.access(path.join(place, file));
    expect((JSON.parse(out) as { steps: { probe?: number }[] }).steps.map(({ probe }) => probe)).toEqual([undefined, 1000, 1000, 1001, 1001, 1, 1, undefined]);
    await runCommand.run([session, '--resume'], io());
    expect(err).toContain('0 of 8 steps done, 8 kept from an earlier run\n');
  }, 120_000);

  it.each([
    [[], 'which session?', 2],
    [['a.json', 'b.json'], "run takes one session, not also 'b.json'", 2],
    [['a.json', '--backend', 'slurm'], '--backend slurm is not available in this version', 2],
    [['a.json', '--backend=cloud'], '--backend cloud: must be local or slurm', 2],
    [['a.json', '--workers', '0'], "--workers: '0' is not a number of workers", 2],
    [['a.json', '--again'], "Unknown option '--again'", 2],
    [['none.json'], 'none.json: no such file or folder', 1],
  ])('refuses %j', async (argv, message, exitCode) => {
    await expect(runCommand.run(argv, io())).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode }));
  });

  it('reads its options', () => {
    expect(parseRunArguments(['a b.json', '--resume', '--workers', '3', '--backend', 'local'])).toEqual({ session: 'a b.json', resume: true, workers: 3, dryRun: false, json: false });
  });
});

describe('aftergate create-input-json', () => {
  it('writes the JSON of a probe and says what the meta holds', async () => {
    const { meta } = recorded.files.find(({ label }) => label === 'imec0.ap')!;
    const set = ['--set', 'continuous_file=a=b.ap.bin', '--set', `input_meta_path=${path.relative(folder, meta)}`, '--set', 'extracted_data_directory=x', '--set=kilosort_output_directory=x/imec0_ks4', '--set', 'ks_nblocks=3', '--set', 'include_pc_metrics=false'];
    await createInputJsonCommand.run(['--output', 'new/probe.json', ...set], io());
    expect(JSON.parse(await fs.readFile(path.join(folder, 'new', 'probe.json'), 'utf8'))).toMatchObject({
      ephys_params: { ap_band_file: 'a=b.ap.bin', num_channels: 9 }, ks4_helper_params: { ks4_params: { nblocks: 3 } }, quality_metrics_params: { include_pc_metrics: false },
    });
    expect(out).toMatch(/^SpikeGLX params read from meta\nprobe type: NP1, /);
  });

  it.each([
    [[], '--output is missing'],
    [['--output', 'a.json', '--set', 'ks_ver'], '--set ks_ver: expected name=value'],
    [['--output', 'a.json', '--set', 'ks_verr=4'], "create-input-json has no argument 'ks_verr'"],
    [['--output', 'a.json'], 'continuous_file: is required'],
    [['a.json'], "'a.json' is not an option"],
  ])('refuses %j', async (argv, message) => {
    await expect(createInputJsonCommand.run(argv, io())).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode: 2 }));
  });

  it('lets values begin with a dash', () => {
    expect(parseCreateInputJsonArguments(['--set', 'output_file=o.json', '--set', 'catGT_stream_string=-ap -ni', '--compat'])).toEqual({ output: 'o.json', compat: true, given: { catGT_stream_string: '-ap -ni' } });
  });
});
