import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { simulateCommand } from '../../../core/cli/simulate.ts';
import { temporaryFolder } from '../../support/folders.ts';

async function simulate(cwd: string, ...argv: string[]): Promise<string> {
  let out = '';
  await simulateCommand.run(argv, { out: (text) => (out += text), err: () => undefined, cwd, signal: new AbortController().signal, interactive: false });
  return out;
}

describe('aftergate simulate', () => {
  test('makes a preset and tells what it made', async () => {
    const cwd = temporaryFolder();
    const out = await simulate(cwd, 'my run', '--preset', 'quick', '--seconds', '0,5', '--channels', '8', '--workers', '1');
    expect(out).toContain(path.join('quick_g0', 'quick_g0_imec0', 'quick_g0_t0.imec0.ap.bin'));
    expect(out).toContain('9 columns');
    expect(existsSync(path.join(cwd, 'my run', 'truth', 'truth.json'))).toBe(true);
  });

  test('makes what a JSON file describes', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'run.json'), JSON.stringify({ name: 'mine', spans: [{ gate: 2, trigger: 1, fromS: 1, toS: 1.2 }], ni: {} }));
    const made = JSON.parse(await simulate(cwd, 'out', '--description', 'run.json', '--workers', '1', '--json')) as { files: { stream: string; bin: string }[] };
    expect(made.files.map(({ stream, bin }) => [stream, path.basename(bin)])).toEqual([['nidq', 'mine_g2_t1.nidq.bin']]);
  });

  test.each([
    [[], 'simulate needs one destination folder'],
    [['a', 'b'], 'simulate needs one destination folder'],
    [['a', '--preset', 'x'], "there is no preset 'x'"],
    [['a', '--seconds', 'long'], "--seconds must be a number, not 'long'"],
    [['a', '--channels', '7.5'], "--channels must be a whole number, not '7.5'"],
    [['a', '--workers', '0'], '--workers must be at least 1'],
    [['a', '--colour', 'red'], '--colour'],
    [['a', '--description', 'f.json', '--seed', '2'], '--description says everything'],
  ])('%j is wrong usage', async (argv, sentence) => {
    const cwd = temporaryFolder();
    await expect(simulate(cwd, ...argv)).rejects.toMatchObject({ tag: 'usage', message: expect.stringContaining(sentence) as string });
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('a description that is missing or no JSON is named', async () => {
    const cwd = temporaryFolder();
    await expect(simulate(cwd, 'a', '--description', 'none.json')).rejects.toThrow(`${path.join(cwd, 'none.json')}: no such file or folder`);
    writeFileSync(path.join(cwd, 'broken.json'), '{');
    await expect(simulate(cwd, 'a', '--description', 'broken.json')).rejects.toThrow(`${path.join(cwd, 'broken.json')}: not JSON`);
  });
});
