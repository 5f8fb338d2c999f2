import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { runModule } from '../../../../core/modules/index.ts';
import { psthEvents } from '../../../../core/modules/psth_events/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

// A run as CatGT leaves it: NI events in the run's folder, a sorter's folder in that of the probe.
let runFolder: string;
let sorted: string;
let warnings: string[];
beforeEach(async () => {
  runFolder = path.join(temporaryFolder(), 'catgt_r_g0');
  sorted = path.join(runFolder, 'r_g0_imec0', 'imec0_ks4');
  warnings = [];
  await fs.mkdir(sorted, { recursive: true });
});

const write = (name: string, text: string) => fs.writeFile(path.join(runFolder, name), text);
const events = () => fs.readFile(path.join(sorted, 'events.csv'), 'utf8');

async function run(extractor: string, directories: Record<string, string> = {}) {
  const input = { psth_events: { event_ex_param_str: extractor }, directories: { kilosort_output_directory: sorted, ...directories } };
  return runModule(psthEvents, input, { context: { pool: inlinePool({}), cwd: runFolder, log: () => undefined, warn: (line) => warnings.push(line) } });
}

describe('psth_events', () => {
  it('takes the aligned times of NI events before the raw ones', async () => {
    await write('r_g0_tcat.nidq.xd_8_1_50.txt', '3.1\n4.2\n');
    await write('r_g0_tcat.nidq.xd_8_1_50.adj.txt', '3.35\r\n4.45\r\n');
    const output = await run('xd=0,0,8,1,50');
    expect(await events()).toBe('3.350000,4.450000');
    expect(output).toMatchObject({ aftergate: { figures: { events: 2 }, outputs: [{ path: path.join(sorted, 'events.csv') }] } });
    expect(warnings).toEqual([]);
  });

  it('takes times that were not aligned with a warning', async () => {
    await write('r_g0_imec0/r_g0_tcat.imec0.ap.xd_384_6_0.txt', '1\n2.5\n');
    await run('-xd=2,0,384,6,0');
    expect(await events()).toBe('1.000000,2.500000');
    expect(warnings).toEqual([expect.stringContaining('xd_384_6_0.txt: these times are not aligned')]);
  });

  it('finds the word that only CatGT knew, and files that lie elsewhere', async () => {
    const elsewhere = temporaryFolder();
    await fs.writeFile(path.join(elsewhere, 'r_g0_tcat.nidq.xa_2_25.adj.txt'), '7\n');
    await run('xa=0,0,-1,3.0,4.5,25', { extracted_data_directory: elsewhere });
    expect(await events()).toBe('7.000000');
  });

  it('says where it looked when there is nothing', async () => {
    await expect(run('xd=0,0,8,1,50')).rejects.toThrow(`no event file of 'xd=0,0,8,1,50' (*.nidq.xd_8_1_50.txt) was found in ${path.dirname(sorted)}`);
    await expect(run('')).rejects.toThrow('psth_events.event_ex_param_str: is required');
    await expect(run('dx=1')).rejects.toThrow("psth_events.event_ex_param_str: 'dx=1' is not an extractor");
    await write('r_g0_tcat.nidq.xd_8_1_50.adj.txt', '');
    await run('xd=0,0,8,1,50');
    expect(warnings).toEqual([expect.stringContaining('holds no events')]);
  });
});
