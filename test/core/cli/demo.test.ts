// The demo, small: from simulated files through CatGT, sorting, metrics and TPrime to tables against the truth.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { demoCommand } from '../../../core/cli/demo/index.ts';
import { temporaryFolder } from '../../support/folders.ts';

let out = '';
let folder: string;

beforeAll(async () => {
  folder = path.join(temporaryFolder(), 'demo');
  await demoCommand.run([folder, '--seconds', '14', '--channels', '48'], {
    out: (text) => void (out += text),
    err: () => undefined,
    cwd: path.dirname(folder),
    signal: new AbortController().signal,
    interactive: false,
  });
});

describe('aftergate demo', () => {
  test('finds the run it made, with its overlap and gaps', () => {
    expect(out).toMatch(/Found run 'demo': g0 with 3 triggers, g1 with 1 trigger; imec0 \(NP1010, 48 channels\), imec1 \(NP2013, 48 channels\), NI; overlap of \d+ samples .* gap of 9000 samples.*; healthy/);
  });

  test('finds every sync edge and event, within two samples of the truth', () => {
    const rows = [...out.matchAll(/^ {2}(imec0\.ap|imec1\.ap|nidq) .* (\d+) of (\d+) +(\d+) us/gm)];
    expect(rows).toHaveLength(6);
    for (const [, , found, expected] of rows) expect(found).toBe(expected);
    const residuals = [...out.matchAll(/of \d+ +(\d+) us +(?:-|\d+ of)/g)].map((match) => Number(match[1]));
    expect(Math.max(...residuals)).toBeLessThan(80);
  });

  test('finds the clear cells of both probes', () => {
    const rows = [...out.matchAll(/^ {2}(imec\d) +(\d+) +(\d+) +(\d+) +(\d\.\d+)/gm)];
    expect(rows).toHaveLength(2);
    for (const [, , , clear, well, accuracy] of rows) {
      expect(Number(well)).toBeGreaterThanOrEqual(Number(clear) - 2);
      expect(Number(accuracy)).toBeGreaterThan(0.9);
    }
  });

  test('leaves metrics beside the units, and nothing unfinished', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('metrics.csv') && !file.endsWith('waveform_metrics.csv'))).toHaveLength(2);
    expect(files.filter((file) => /\.part$/.test(file))).toEqual([]);
    expect(existsSync(path.join(folder, 'processed', 'catgt_demo_g1', 'demo_g1_tcat.nidq.xd_2_1_50.adj.txt'))).toBe(true);
  });
});
