import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cwavesCommand } from '../../../core/cli/cwaves.ts';
import { inlinePool, UsageError } from '../../../core/common/index.ts';
import { tasks } from '../../../core/engines/cwaves/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { noise, writeCase } from '../engines/cwaves/recording.ts';
import { testIO } from './commandIO.ts';

// The threads have their own tests.
vi.mock('../../../core/execution/index.ts', () => ({ createPool: () => ({ ...inlinePool(tasks), close: () => undefined }) }));

const argv = [
  '-spikeglx_bin=r_g0_tcat.imec0.ap.bin', '-clus_table_npy=table.npy', '-clus_time_npy=time.npy', '-clus_lbl_npy=label.npy', '-dest=out',
  '-samples_per_spike=20', '-pre_samples=5', '-num_spikes=100', '-snr_radius_um=50',
];

describe('aftergate cwaves', () => {
  it('writes the three arrays and appends the command and a summary to C_Waves.log', async () => {
    const io = testIO(temporaryFolder());
    await writeCase(io.cwd, noise(500), { table: [[2, 0], [0, 0]], spikes: [[100, 0], [200, 0]] });
    await cwavesCommand.run(argv, io);
    expect((await fs.readdir(path.join(io.cwd, 'out'))).sort()).toEqual(['cluster_snr.npy', 'mean_waveforms.npy', 'median_peak_waveforms.npy']);
    const log = await fs.readFile(path.join(io.cwd, 'C_Waves.log'), 'utf8');
    expect(log).toMatch(/Cmdline: C_Waves -spikeglx_bin=.* -snr_radius=8 -snr_radius_um=50\n/);
    expect(log).toContain('2 spikes of 2 clusters measured');
  });

  it('fails with a sentence that names the file, also in the log', async () => {
    const io = testIO(temporaryFolder());
    await expect(cwavesCommand.run(argv, io)).rejects.toThrow(/ap\.meta: no such file/);
    expect(await fs.readFile(path.join(io.cwd, 'C_Waves.log'), 'utf8')).toContain('ap.meta: no such file');
  });

  it('refuses wrong usage', async () => {
    await expect(cwavesCommand.run(argv.slice(1), testIO(temporaryFolder()))).rejects.toThrow(UsageError);
  });
});
