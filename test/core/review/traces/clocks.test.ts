// Times of one device on the clock of another, by the sync edges that CatGT extracted.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findOutputs, fromReference, readClocks, runOfFolder, toReference } from '../../../../core/review/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

/** NI counts 50 parts per million fast and began 0.25 s later. */
async function outputFolder() {
  const folder = path.join(temporaryFolder(), 'catgt_m1_g0');
  const probe = path.join(folder, 'm1_g0_imec0');
  await fs.mkdir(probe, { recursive: true });
  const edges = Array.from({ length: 40 }, (_, index) => 0.5 + index);
  const lines = (times: readonly number[]) => times.map((time) => `${time.toFixed(6)}\r\n`).join('');
  await fs.writeFile(path.join(probe, 'm1_g0_tcat.imec0.ap.xd_384_6_500.txt'), lines(edges));
  await fs.writeFile(path.join(folder, 'm1_g0_tcat.nidq.xd_2_0_500.txt'), lines(edges.map((edge) => (edge - 0.25) * (1 + 50e-6))));
  await fs.writeFile(path.join(folder, 'm1_g0_fyi.txt'), 'sync_imec0=D:\\out\\catgt_m1_g0\\m1_g0_imec0\\m1_g0_tcat.imec0.ap.xd_384_6_500.txt\r\nsync_ni=D:\\out\\catgt_m1_g0\\m1_g0_tcat.nidq.xd_2_0_500.txt\r\n');
  await fs.writeFile(path.join(folder, 'm1_g0_TPrime_cmd.txt'), 'TPrime -syncperiod=1.0 -tostream=D:\\out\\m1_g0_tcat.imec0.ap.xd_384_6_500.txt');
  return findOutputs(folder);
}

describe('clocks', () => {
  test('a time between two edges moves along the line through them, and back', async () => {
    const output = await outputFolder();
    const axis = { start_s: 0, cuts: [] };
    const clocks = await readClocks([output], new Map([[output.path, new Map([['imec0', axis], ['nidq', axis]])]]), ['nidq', 'imec0']);
    expect(clocks.reference).toBe('imec0');
    const own = (20.123 - 0.25) * (1 + 50e-6);
    expect(toReference(clocks, 'nidq', own)).toBeCloseTo(20.123, 5);
    expect(fromReference(clocks, 'nidq', 20.123)).toBeCloseTo(own, 5);
    expect(toReference(clocks, 'nidq', 60)).toBeCloseTo(60 / (1 + 50e-6) + 0.25, 4);
  });

  test('edges behind a gap that was cut short lie where they were recorded', async () => {
    const output = await outputFolder();
    const axis = { start_s: 0, cuts: [{ at: 10, lost: 3 }] };
    const clocks = await readClocks([output], new Map([[output.path, new Map([['imec0', axis], ['nidq', axis]])]]), ['nidq', 'imec0']);
    const own = (20.123 - 0.25) * (1 + 50e-6);
    expect(toReference(clocks, 'nidq', own + 3)).toBeCloseTo(23.123, 5);
  });

  test('without edges a device keeps its own time', async () => {
    const clocks = await readClocks([], new Map(), ['imec0', 'nidq']);
    expect(clocks.maps.size).toBe(0);
    expect(toReference(clocks, 'nidq', 3.5)).toBe(3.5);
  });

  test('folders tell the run they belong to', () => {
    expect(['catgt_m41_d3_g0', 'm41_d3_g0_imec1', 'm41_d3_g12', 'imec0_ks4'].map((name) => runOfFolder(`/data/${name}`))).toEqual(['m41_d3', 'm41_d3', 'm41_d3', null]);
  });
});
