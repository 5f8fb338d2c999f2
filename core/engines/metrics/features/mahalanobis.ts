// How far the spikes of neighbours lie from a unit, measured by the unit's own covariance.

import type { Figure } from '../figure.ts';
import { chiSquareTail } from '../gamma.ts';
import { addScatter, cholesky, meanRow, squaredDistance } from '../linear.ts';
import type { Comparison } from './gather.ts';

export interface MahalanobisMetrics {
  readonly isolationDistance: Figure;
  readonly lRatio: Figure;
}

/**
 * Isolation distance (Harris et al. 2001, Neuron 32:141): squared distance of the n-th nearest foreign spike, n the number
 * of own spikes, or of foreign ones where they are fewer. L-ratio (Schmitzer-Torbert et al. 2005, Neuroscience 131:1):
 * mean over foreign spikes, as in the reference (not divided by the own spikes, as in the paper), of the chance that an
 * own spike lies farther away.
 */
export function mahalanobisMetrics({ values, width, own, total, thinning }: Comparison, compat: boolean): MahalanobisMetrics {
  const others = total - own;
  const mean = meanRow(values, width, 0, own);
  const covariance = new Float64Array(width * width);
  addScatter(values, width, 0, own, mean, covariance);
  const lower = own > width ? cholesky(covariance.map((sum) => sum / (own - 1)), width) : undefined;
  if (!lower) {
    const reason = own > width ? 'the unit\'s features depend on each other' : `no more spikes (${own}) than features (${width})`;
    return { isolationDistance: reason, lRatio: reason };
  }
  const scratch = new Float64Array(width);
  const distances = new Float64Array(others);
  let tails = 0;
  for (let i = 0; i < others; i++) {
    distances[i] = squaredDistance(lower, width, values, own + i, mean, scratch);
    const tail = chiSquareTail(distances[i], width);
    tails += compat ? 1 - (1 - tail) : tail; // the reference subtracts a probability near 1 from 1
  }
  const rank = Math.max(1, Math.round(Math.min(own, others / thinning) * thinning));
  return { isolationDistance: distances.sort()[rank - 1], lRatio: tails / others };
}
