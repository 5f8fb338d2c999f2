// Shifting the spikes of a unit so that its mean waveform peaks where the sorter puts the time of a spike.

import { npyNumbers, readNpy } from '../../formats/index.ts';
import { npyRowReader, openNpy } from '../../formats/phyFolder/index.ts';

/** What the mean waveforms are measured with, and the sample at which they should peak. */
export const alignment = { samples: 82, before: 20, peak: 19, spikes: 5000 } as const;

/** Units with this many spikes or fewer have no mean waveform worth looking at. */
const fewSpikes = 10;

/** A trough and a peak that both exceed this (uV) both count, and the earlier is taken. */
const clearlyThere = 30;

/** Per cluster: samples to subtract from its spikes' times. `means` [clusters x channels x samples] uV; `snr` [clusters x 2]. */
export async function findShifts(means: string, snr: string): Promise<Int32Array> {
  const counts = npyNumbers(await readNpy(snr)).filter((_, index) => index % 2 === 1);
  const file = await openNpy(means);
  const [, channels, samples] = file.shape;
  const reader = await npyRowReader(file);
  const shifts = new Int32Array(counts.length);
  try {
    for (let cluster = 0; cluster < counts.length; cluster++) {
      if (counts[cluster] > fewSpikes) shifts[cluster] = alignment.peak - extremum(widest(await reader.read([cluster]), channels, samples));
    }
  } finally {
    await reader.close();
  }
  return shifts;
}

/** New times, samples, in the old order; none before the start of the recording. */
export function shiftSpikes(times: Float64Array, clusters: Int32Array, shifts: Int32Array): Float64Array {
  return times.map((time, index) => Math.max(0, time - shifts[clusters[index]]));
}

/** The sample at which a waveform (uV) has its trough or peak: the earlier when both are clear, otherwise the larger. */
export function extremum(waveform: Float64Array): number {
  const [lowest, highest] = [Math.min(...waveform), Math.max(...waveform)];
  const [trough, peak] = [waveform.indexOf(lowest), waveform.indexOf(highest)];
  if (Math.abs(lowest) > clearlyThere && Math.abs(highest) > clearlyThere) return Math.min(trough, peak);
  return Math.abs(lowest) > Math.abs(highest) ? trough : peak;
}

/** The channel of a mean waveform [channels x samples] with the largest range. */
function widest(mean: Float64Array, channels: number, samples: number): Float64Array {
  const rows = Array.from({ length: channels }, (_, channel) => mean.subarray(channel * samples, (channel + 1) * samples));
  const ranges = rows.map((row) => Math.max(...row) - Math.min(...row));
  return rows[ranges.indexOf(Math.max(...ranges))];
}
