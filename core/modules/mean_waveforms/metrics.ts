// The waveform metrics of all units, from the mean waveforms C_Waves has measured.

import { npyNumbers, readNpy } from '../../formats/index.ts';
import { npyRowReader, openNpy } from '../../formats/phyFolder/index.ts';
import { measureShape, type Shape } from './shape.ts';
import { measureSpread, type Sites, type Spread, type SpreadOptions } from './spread.ts';
import { upsample, upsamplingWeights } from './upsample.ts';

export interface MetricFiles {
  /** [clusters x channels x samples] uV. */
  readonly means: string;
  /** [clusters x 2] {signal-to-noise, spikes measured}. */
  readonly snr: string;
  /** [clusters x 2] {spikes, peak channel}. */
  readonly table: string;
}

export interface MetricOptions extends Omit<SpreadOptions, 'interval'> {
  /** Hz. */
  readonly rate: number;
  readonly upsampling: number;
  /** Channels looked at, from the first. */
  readonly channels: number;
}

export interface WaveformMetrics extends Shape, Spread {
  readonly cluster: number;
  readonly peakChannel: number;
  readonly snr: number;
}

/** One per cluster that has measured spikes. */
export async function measureWaveforms(files: MetricFiles, sites: Sites, options: MetricOptions): Promise<WaveformMetrics[]> {
  const [snr, table] = [npyNumbers(await readNpy(files.snr)), npyNumbers(await readNpy(files.table))];
  const means = await openNpy(files.means);
  const [clusters, columns, samples] = means.shape;
  const channels = Math.min(options.channels, columns, sites.x.length);
  const own = { x: sites.x.subarray(0, channels), y: sites.y.subarray(0, channels) };
  const weights = upsamplingWeights(samples, Math.trunc(samples * options.upsampling));
  const intervals = sampleIntervals(samples, weights.length / samples, options);
  const reader = await npyRowReader(means);
  const metrics: WaveformMetrics[] = [];
  try {
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (!(snr[2 * cluster + 1] > 0)) continue;
      const mean = await reader.read([cluster]);
      const peakChannel = peakOf(mean, channels, samples) ?? table[2 * cluster + 1];
      const finer = upsample(mean.subarray(peakChannel * samples, (peakChannel + 1) * samples), weights);
      metrics.push({
        cluster, peakChannel, snr: snr[2 * cluster],
        ...measureShape(finer, intervals.shape),
        ...measureSpread(mean, samples, peakChannel, own, { ...options, interval: intervals.spread }),
      });
    }
  } finally {
    await reader.close();
  }
  return metrics;
}

/**
 * Seconds between samples of upsampled and of mean waveforms. The reference spreads the upsampled ones so that the last
 * falls on the end of the waveform, and takes the same interval for those of the mean waveform.
 */
function sampleIntervals(samples: number, length: number, { rate, compat }: MetricOptions): { shape: number; spread: number } {
  if (compat) return { shape: samples / rate / (length - 1), spread: samples / rate / (length - 1) };
  return { shape: samples / rate / length, spread: 1 / rate };
}

/** The channel with the largest range; undefined when all are flat. */
function peakOf(mean: Float64Array, channels: number, samples: number): number | undefined {
  let largest = 0;
  let peak: number | undefined;
  for (let channel = 0; channel < channels; channel++) {
    const waveform = mean.subarray(channel * samples, (channel + 1) * samples);
    const range = Math.max(...waveform) - Math.min(...waveform);
    if (!(range > largest)) continue;
    largest = range;
    peak = channel;
  }
  return peak;
}
