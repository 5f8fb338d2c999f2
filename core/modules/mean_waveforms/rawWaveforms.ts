// RawWaveforms/Unit<id>_RawSpikes.npy: the mean waveforms of both halves of a recording, as UnitMatch wants them.

import path from 'node:path';
import { makeFolder, writeWhole } from '../../common/index.ts';
import { encodeNpy, npyNumbers, readNpy } from '../../formats/index.ts';
import { npyRowReader, openNpy } from '../../formats/phyFolder/index.ts';

export interface RawTask {
  /** [clusters x columns x samples] each, uV. */
  readonly halves: readonly [string, string];
  /** [clusters x 2] {spikes, peak channel}: clusters without spikes get no file. */
  readonly table: string;
  /** Columns at the end that are not channels. */
  readonly syncChannels: number;
  readonly folder: string;
}

/** Writes [samples x channels x 2] for each cluster; returns the names of the files. */
export async function writeRawWaveforms({ halves, table, syncChannels, folder }: RawTask): Promise<string[]> {
  await makeFolder(folder);
  const counts = npyNumbers(await readNpy(table));
  const files = await Promise.all(halves.map(openNpy));
  const [clusters, columns, samples] = files[0].shape;
  const channels = columns - syncChannels;
  const readers = await Promise.all(files.map(npyRowReader));
  const names: string[] = [];
  try {
    for (let cluster = 0; cluster < Math.min(clusters, counts.length / 2); cluster++) {
      if (counts[2 * cluster] === 0) continue;
      const raw = new Float64Array(samples * channels * 2);
      for (let half = 0; half < 2; half++) {
        const mean = await readers[half].read([cluster]);
        for (let channel = 0; channel < channels; channel++) {
          for (let t = 0; t < samples; t++) raw[(t * channels + channel) * 2 + half] = mean[channel * samples + t];
        }
      }
      const name = `Unit${cluster}_RawSpikes.npy`;
      await writeWhole(path.join(folder, name), encodeNpy(raw, [samples, channels, 2]));
      names.push(name);
    }
  } finally {
    for (const reader of readers) await reader.close();
  }
  return names;
}
