// All metrics of a unit that need the features of its spikes and of its neighbours'.

import { drift } from '../drift.ts';
import type { Figure } from '../figure.ts';
import type { MetricOptions } from '../options.ts';
import { type Spikes, type Units, valuesOf } from '../spikes.ts';
import type { Session } from '../trains/firing.ts';
import type { Figures } from '../trains/measure.ts';
import { dPrime } from './discriminant.ts';
import { type FeatureTable, gatherComparison } from './gather.ts';
import { mahalanobisMetrics } from './mahalanobis.ts';
import { nearestMetrics } from './nearest.ts';
import { neighbourhood, type Sites } from './neighbours.ts';

export interface FeatureTask {
  readonly spikes: Pick<Spikes, 'times'>;
  readonly units: Units;
  readonly features: FeatureTable;
  readonly sites: Sites;
  /** Per spike, um; NaN where it does not count. */
  readonly spikeDepths: Float64Array;
  /** Units from .. to - 1. */
  readonly from: number;
  readonly to: number;
  readonly session: Session;
  readonly options: MetricOptions;
}

export function measureFeatures(task: FeatureTask): Figures[] {
  return Array.from({ length: task.to - task.from }, (_, i) => ({ ...isolation(task, task.from + i), ...movement(task, task.from + i) }));
}

function isolation({ units, features, sites, options }: FeatureTask, unit: number): Figures {
  const around = neighbourhood(unit, units, features.source, sites, options);
  if (around.neighbours.length === 0) return isolationUndefined('no other unit within the radius shares its channels');
  const comparison = gatherComparison(unit, around, units, features, options.spikesPerUnit);
  const others = comparison.total - comparison.own;
  if (comparison.own <= 5 || others <= 5 || comparison.total <= 10) {
    return isolationUndefined(`too few spikes with features on the same channels (${comparison.own}, neighbours ${others})`);
  }
  const { isolationDistance, lRatio } = mahalanobisMetrics(comparison, options.compat);
  const { hitRate, missRate } = nearestMetrics(comparison, { neighbours: options.neighbours, mostSpikes: options.nearestNeighbourSpikes });
  return { isolation_distance: isolationDistance, l_ratio: lRatio, d_prime: dPrime(comparison), nn_hit_rate: hitRate, nn_miss_rate: missRate };
}

function isolationUndefined(reason: string): Figures {
  return { isolation_distance: reason, l_ratio: reason, d_prime: reason, nn_hit_rate: reason, nn_miss_rate: reason };
}

/** Spikes of other templates than the unit's most frequent do not count; those without a depth only in the reference. */
function movement({ spikes, units, features, spikeDepths, session, options }: FeatureTask, unit: number): { max_drift: Figure; cumulative_drift: Figure } {
  const counted = units.order.subarray(units.starts[unit], units.starts[unit + 1]).filter((spike) => {
    return options.compat ? features.templates[spike] === units.templates[unit] : !Number.isNaN(spikeDepths[spike]);
  });
  const whole = { order: counted, starts: Uint32Array.of(0, counted.length) };
  const times = valuesOf(spikes.times, whole, 0).map((sample) => sample / options.sampleRate);
  const { range, cumulative } = drift(times, valuesOf(spikeDepths, whole, 0), session, {
    interval: options.driftInterval, leastSpikes: options.driftSpikes, compat: options.compat,
  });
  return { max_drift: range, cumulative_drift: cumulative };
}
