// `aftergate cwaves`: C_Waves' command line.

import fs from 'node:fs';
import { cwavesCommandLine, parseCWavesArguments, runCWaves, tasks, type CWavesOptions } from '../engines/cwaves/index.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress.ts';
import { runLogged } from './runLogged.ts';
import { toolPool } from './toolPool.ts';

export const cwavesCommand: Command = {
  name: 'cwaves',
  summary: 'mean waveforms and signal-to-noise of sorted clusters (C_Waves\' command line)',
  usage: `aftergate cwaves -spikeglx_bin=AP.bin -clus_table_npy=F -clus_time_npy=F -clus_lbl_npy=F -dest=FOLDER
                 -samples_per_spike=N -pre_samples=P -num_spikes=M [options]

Writes mean_waveforms.npy (clusters, channels, samples; uV), median_peak_waveforms.npy (clusters, samples; uV) and
cluster_snr.npy (clusters, 2: ratio and spikes). The options are those of C_Waves; the log is appended to C_Waves.log
in the working folder.

  -spikeglx_bin=AP.bin   filtered AP file, its .meta beside it
  -clus_table_npy=F      (clusters, 2): number of spikes, peak channel (column of the file)
  -clus_time_npy=F       spike times, samples, ascending
  -clus_lbl_npy=F        cluster (row of the table) of each spike
  -dest=FOLDER           where to write
  -samples_per_spike=N   length of a waveform, samples
  -pre_samples=P         samples before the spike time
  -num_spikes=M          spikes to use per cluster, at most
  -snr_radius=8          neighbourhood of the peak channel in rows and columns (metas with ~snsShankMap only)
  -snr_radius_um=140     the same in micrometers; preferred
  -startsecs=S           only spikes from here on, seconds
  -endsecs=S             only spikes before this time, seconds
  -chnexcl=0,3:5         acquisition channels to leave out of the neighbourhood
  -prefix=NAME           NAME_ before the outputs' names
  -numerics=native       C_Waves' numbers (the default)
  -numerics=exact        undefined ratios are NaN instead of -1; spikes cut by the file's ends are left out
  -debug_npy             accepted; .npy headers that cannot be read are always reported
`,
  async run(argv, io) {
    const options = parseCWavesArguments(argv, io.cwd);
    const progress = progressLine(io);
    const pool = await toolPool(tasks, isLarge(options));
    try {
      await runLogged(io, 'C_Waves', cwavesCommandLine(options), async ({ log, warn }) => {
        const result = await runCWaves(options, { pool, signal: io.signal, log, warn, progress: progress.report });
        progress.clear();
        log(`${result.spikes} spikes of ${result.clusters} clusters measured, ${result.cut} of them cut by an end of the file; ${result.empty} clusters without spikes`);
      });
    } finally {
      await pool.close();
    }
  },
};

/** By the sizes of the arrays: at most so many spikes can be chosen. */
function isLarge({ timeNpy, tableNpy, numSpikes }: CWavesOptions): boolean {
  const bytes = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return Math.min(bytes(timeNpy) / 8, (bytes(tableNpy) / 8) * numSpikes) > 40_000;
}
