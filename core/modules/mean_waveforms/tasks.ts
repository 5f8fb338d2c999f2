// The pool's tasks: what reads whole arrays of spikes or the mean waveforms of all units.

import { InputFileError, writeWhole } from '../../common/index.ts';
import { encodeNpy } from '../../formats/index.ts';
import { makeClusTable, readPhyFolder } from '../../formats/phyFolder/index.ts';
import { readMeta, siteCoords } from '../../spikeglx/index.ts';
import type { SpikeSpan } from './epochs.ts';
import { measureWaveforms, type MetricFiles, type MetricOptions, type WaveformMetrics } from './metrics.ts';
import { writeRawWaveforms } from './rawWaveforms.ts';

export interface TableTask {
  readonly folder: string;
  /** Where clus_Table goes, and with `compat` a copy of the clusters as uint32. */
  readonly table: string;
  readonly clusters: string | undefined;
  readonly compat: boolean;
}

export interface TableResult extends SpikeSpan {
  readonly padding: number;
}

async function writeTable({ folder, table, clusters, compat }: TableTask): Promise<TableResult> {
  const phy = await readPhyFolder(folder, { compat });
  if (phy.times.length === 0) throw new InputFileError(folder, 'has no spikes, so there is nothing to measure');
  const values = makeClusTable(phy, { compat });
  await writeWhole(table, encodeNpy(values, [values.length / 2, 2]));
  if (clusters !== undefined) await writeWhole(clusters, encodeNpy(new Uint32Array(phy.clusters), [phy.clusters.length]));
  return { padding: phy.templates.padding, firstTime: phy.times[0], lastTime: phy.times[phy.times.length - 1] };
}

export interface MetricsTask {
  readonly files: MetricFiles;
  /** Of the AP file: says where the sites are. */
  readonly meta: string;
  readonly options: MetricOptions;
}

async function measure({ files, meta, options }: MetricsTask): Promise<WaveformMetrics[]> {
  return measureWaveforms(files, siteCoords(await readMeta(meta)), options);
}

export const tasks = { 'mean_waveforms.table': writeTable, 'mean_waveforms.metrics': measure, 'mean_waveforms.raw': writeRawWaveforms };
