import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { moduleCommand, parseModuleArguments } from '../../../core/cli/module.ts';

let folder: string;
let out: string;
let err: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
  out = '';
  err = '';
});

function run(...argv: string[]): Promise<void> {
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd: folder, signal: new AbortController().signal, interactive: false };
  return moduleCommand.run(argv, io);
}

/** A run with the sync edges of one probe, which is all tPrime_helper needs. */
async function writeRun(): Promise<string> {
  const runFolder = path.join(folder, 'catgt_r_g0');
  await fs.mkdir(runFolder);
  await fs.writeFile(path.join(runFolder, 'r_g0_fyi.txt'), `sync_imec0=${path.join(runFolder, 'r_g0_tcat.imec0.ap.xd_384_6_500.txt')}\n`);
  await fs.writeFile(path.join(runFolder, 'r_g0_tcat.imec0.ap.xd_384_6_500.txt'), '0.5\n1.5\n');
  const json = { directories: { extracted_data_directory: folder }, catGT_helper_params: { run_name: 'q' }, tPrime_helper_params: { toStream_sync_param: 'ni' } };
  await fs.writeFile(path.join(folder, 'in put.json'), JSON.stringify(json));
  return 'in put.json';
}

describe('aftergate module', () => {
  it('lists the modules', async () => {
    await run('--help');
    expect(out).toMatch(/ {2}catGT_helper +join, filter/);
    expect(out).toMatch(/ {2}tPrime_helper +align/);
  });

  it('has a table of a module\'s parameters: name, type, default, unit, range, sentence', async () => {
    await run('tPrime_helper', '--help');
    const line = out.split('\n').find((text) => text.startsWith('tPrime_helper_params.sync_period'));
    expect(line?.split(/ {2,}/)).toEqual(['tPrime_helper_params.sync_period', 'number', '1', 's', '>= 0.001', 'Period of the sync pulse (SpikeGLX: syncSourcePeriod).']);
    expect(out).toMatch(/^catGT_helper_params\.run_name +text +required/m);
    expect(out).toMatch(/^catGT_helper_params\.car_mode +None\|none\|gblcar\|gbldmx\|loccar +"None"/m);
  });

  it('prints the output JSON when no file is named for it; the log and warnings go to stderr', async () => {
    const input = await writeRun();
    await run('tPrime_helper', '--input_json', input, '--catGT_helper_params.run_name', 'r');
    expect(JSON.parse(out)).toMatchObject({ execution_time: expect.any(Number), input_parameters: { catGT_helper_params: { run_name: 'r' }, input_json: input } });
    expect(err).toContain('warning: tPrime_helper_params.toStream_sync_param is not a parameter and was ignored; did you mean tPrime_helper_params.toStream_sync_params?\n');
    expect(err).toContain('toStream: ');
  });

  it('writes the output JSON to a file', async () => {
    const input = await writeRun();
    await run('tPrime_helper', `--input_json=${input}`, '--output_json', 'out/o.json', '--catGT_helper_params.run_name=r');
    expect(out).toBe('');
    expect(JSON.parse(await fs.readFile(path.join(folder, 'out', 'o.json'), 'utf8'))).toMatchObject({ aftergate: { module: 'tPrime_helper' } });
  });

  it.each([
    [[], 'which module?', 2],
    [['median_subtraction', '--input_json', 'x'], 'the module median_subtraction is not supported', 2],
    [['tPrime_helper'], '--input_json is missing', 2],
    [['tPrime_helper', '--input_json'], '--input_json needs a value', 2],
    [['tPrime_helper', 'in.json'], "'in.json' is not an option", 2],
    [['tPrime_helper', '--input', 'in.json'], "unknown option '--input'", 2],
    [['tPrime_helper', '--workers', 'many', '--input_json', 'x'], "--workers: 'many' is not a number of workers", 2],
    [['tPrime_helper', '--ks_params.Th', '9'], '--ks_params.Th: this module has no such parameter', 2],
    [['tPrime_helper', '--catGT_helper_params.loccar_inner', 'abc', '--catGT_helper_params.run_name', 'r'], "catGT_helper_params.loccar_inner: 'abc' is not a whole number", 1],
    [['tPrime_helper', '--input_json', 'none.json'], 'none.json: no such file or folder', 1],
  ])('refuses %j', async (argv, message, exitCode) => {
    await expect(run(...argv)).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode }));
  });
});

describe('its arguments', () => {
  it('may have values that begin with a dash, contain = or are empty', () => {
    expect(parseModuleArguments(['--input_json', 'a=b.json', '--s.cmd', '-prb_fld -t=0', '--s.max=-1', '--s.empty', '', '--workers', '2', '--log_level', 'INFO'])).toEqual({
      inputJson: 'a=b.json', outputJson: undefined, logLevel: 'INFO', workers: 2, overrides: { 's.cmd': '-prb_fld -t=0', 's.max': '-1', 's.empty': '' },
    });
  });
});
