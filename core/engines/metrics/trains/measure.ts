// All metrics of a unit that need its times and amplitudes only.

import type { Figure } from '../figure.ts';
import type { MetricOptions } from '../options.ts';
import type { UnitMetricKey } from '../registry/index.ts';
import { type Spikes, type Units, valuesOf } from '../spikes.ts';
import { amplitudeCutoff } from './amplitudeCutoff.ts';
import { contaminationRate } from './contamination.ts';
import { firingRate, presenceRatio, type Session } from './firing.ts';
import { isiViolations } from './isiViolations.ts';
import { noiseCutoff } from './noiseCutoff.ts';
import { slidingRefractory } from './slidingRefractory.ts';

export type Figures = Readonly<Partial<Record<UnitMetricKey, Figure>>>;

export interface TrainTask {
  readonly spikes: Pick<Spikes, 'times' | 'amplitudes'>;
  readonly units: Pick<Units, 'starts' | 'order'>;
  /** Units from .. to - 1. */
  readonly from: number;
  readonly to: number;
  readonly session: Session;
  readonly options: MetricOptions;
}

export function measureTrains({ spikes, units, from, to, session, options }: TrainTask): Figures[] {
  return Array.from({ length: to - from }, (_, i) => {
    const samples = valuesOf(spikes.times, units, from + i);
    return measureTrain(samples, valuesOf(spikes.amplitudes, units, from + i), session, options);
  });
}

/** @param samples spike times, ascending */
function measureTrain(samples: Float64Array, amplitudes: Float64Array, session: Session, options: MetricOptions): Figures {
  const { sampleRate, compat } = options;
  const seconds = samples.map((sample) => sample / sampleRate);
  const isi = isiViolations(seconds, session, options.isiThreshold, options.minIsi);
  return {
    firing_rate: firingRate(samples.length, session),
    presence_ratio: presenceRatio(seconds, session, compat),
    isi_viol: isi.contamination,
    num_viol: isi.violations,
    amplitude_cutoff: amplitudeCutoff(amplitudes, options.singlePrecisionAmplitudes && compat),
    contam_rate: contaminationRate(seconds, { bin: options.correlogramBin, refractory: options.isiThreshold, compat }),
    ...(options.ibl ? {
      // The reference comes back to samples from seconds, which may lose one.
      slidingRP: slidingRefractory(compat ? seconds.map((time) => Math.trunc(time * sampleRate)) : samples, sampleRate, compat),
      nongauss_noise_cutoff: noiseCutoff(amplitudes),
    } : {}),
  };
}
