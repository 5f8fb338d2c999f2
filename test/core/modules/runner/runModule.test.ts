import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool, JobError } from '../../../../core/common/index.ts';
import type { Module, ModuleContext } from '../../../../core/modules/index.ts';
import { findModule, modules, parameterRows, runModule } from '../../../../core/modules/index.ts';
import { section, sections, text, whole } from '../../../../core/modules/record/index.ts';

const record = sections({
  copy_params: section('Copying.', { from: text({ help: 'From.' }), to: text({ help: 'To.' }), times: whole({ help: 'Times.', min: 1 }).default(1) }),
});

/** A module that copies a file. */
const copy: Module<typeof record> = {
  name: 'copy',
  summary: 'copies',
  sections: record,
  async run({ copy_params: { from, to, times } }, context) {
    if (times > 2) throw new JobError('too often');
    if (times === 2) context.warn('twice');
    await fs.copyFile(from, to);
    return { result: { execution_time: 0.5, copies: times }, inputs: [from], outputs: [to], figures: { times } };
  },
};

let folder: string;
let context: ModuleContext;
let warnings: string[];
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
  warnings = [];
  context = { pool: inlinePool({}), cwd: folder, log: () => undefined, warn: (line) => warnings.push(line) };
  await fs.writeFile(path.join(folder, 'a.txt'), 'abc');
});

const params = () => ({ copy_params: { from: path.join(folder, 'a.txt'), to: path.join(folder, 'b.txt'), times: 2.0 }, extra: 1 });
const inputJson = async (content: unknown = params()) => {
  const file = path.join(folder, 'in put.json');
  await fs.writeFile(file, JSON.stringify(content));
  return file;
};
const exists = (name: string) => fs.access(path.join(folder, name)).then(() => true, () => false);

describe('a run of a module', () => {
  it('writes results, parameters and the record of the run, and returns the same', async () => {
    const input = await inputJson();
    const output = await runModule(copy, input, { context, outputJson: 'deep/out.json' });
    const text = await fs.readFile(path.join(folder, 'deep', 'out.json'), 'utf8');
    expect(JSON.parse(text)).toEqual(output);
    expect(text.startsWith('{\n  "execution_time": 0.5,\n')).toBe(true);
    expect(output).toEqual({
      execution_time: 0.5,
      copies: 2,
      input_parameters: {
        copy_params: { from: path.join(folder, 'a.txt'), to: path.join(folder, 'b.txt'), times: 2 },
        input_json: input, output_json: 'deep/out.json', log_level: 'ERROR',
      },
      aftergate: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+/), module: 'copy',
        started: expect.stringMatching(/^\d{4}-.*Z$/), finished: expect.stringMatching(/^\d{4}-.*Z$/),
        inputs: [{ path: path.join(folder, 'a.txt'), size: 3, mtime: expect.stringMatching(/Z$/) }],
        outputs: [{ path: path.join(folder, 'b.txt'), size: 3 }],
        figures: { times: 2 },
        warnings: ['twice'],
      },
    });
    expect(warnings).toEqual(['twice']);
  });

  it('runs on the content of an input JSON, with overrides', async () => {
    const output = await runModule(copy, params(), { context, overrides: { 'copy_params.times': '1' }, logLevel: 'INFO' });
    expect(output).toMatchObject({ copies: 1, input_parameters: { copy_params: { times: 1 }, log_level: 'INFO' } });
    expect(output.input_parameters).not.toHaveProperty('input_json');
  });

  it('leaves no output JSON when it fails, not even an earlier one', async () => {
    await runModule(copy, params(), { context, outputJson: 'out.json' });
    await expect(runModule(copy, params(), { context, outputJson: 'out.json', overrides: { 'copy_params.times': 3 } })).rejects.toThrow('too often');
    expect(await exists('out.json')).toBe(false);
    await runModule(copy, params(), { context, outputJson: 'out.json' });
    await expect(runModule(copy, params(), { context, outputJson: 'out.json', overrides: { 'copy_params.times': 0 } })).rejects.toThrow('copy_params.times: 0 is out of range');
    expect(await exists('out.json')).toBe(false);
  });

  it('overwrites nothing but output JSONs', async () => {
    await fs.writeFile(path.join(folder, 'run.ap.bin'), 'samples');
    await expect(runModule(copy, params(), { context, outputJson: 'run.ap.bin' })).rejects.toThrow('is not an output JSON');
    const input = await inputJson();
    await expect(runModule(copy, input, { context, outputJson: 'in put.json' })).rejects.toThrow('same file');
    expect(await fs.readFile(path.join(folder, 'run.ap.bin'), 'utf8')).toBe('samples');
  });

  it('names the missing input JSON', async () => {
    await expect(runModule(copy, 'none.json', { context })).rejects.toThrow(`${path.join(folder, 'none.json')}: no such file or folder`);
  });
});

describe('the registry of modules', () => {
  it('finds modules by the names of the field', () => {
    expect(modules.map(({ name }) => name)).toEqual(expect.arrayContaining(['catGT_helper', 'tPrime_helper']));
    expect(findModule('tPrime_helper').name).toBe('tPrime_helper');
  });

  it.each(['extract_from_npx', 'median_subtraction', 'automerging', 'pykilosort_helper'])('refuses %s and says what to use instead', (name) => {
    expect(() => findModule(name)).toThrow(expect.objectContaining({ message: `the module ${name} is not supported`, exitCode: 2, next: expect.stringMatching(/Use |start with/) }));
  });

  it('guesses what a misspelt name means', () => {
    expect(() => findModule('tprime_helpr')).toThrow(expect.objectContaining({ message: "unknown module 'tprime_helpr'", next: 'Did you mean tPrime_helper?' }));
  });

  it('every parameter of every module has a sentence of help', () => {
    for (const row of modules.flatMap((module) => parameterRows(module.sections))) expect(row.help, row.name).toMatch(/^[A-Z].*\.$|: .+$/);
  });
});
