// Quality of a unit from its spike times: contamination by other units' spikes, and the label that follows from it.

const refractorySeconds = 1.5e-3;
const censoredSeconds = 0.5e-3;
const goodBelow = 0.1;

/**
 * Share of spikes that are not the unit's own, from refractory violations v among n spikes in T seconds (Hill et al.
 * 2011): 2 f (1 - f) n^2 (t_ref - t_cens) / T = v; the smaller root, 1 where there is none. NaN without spikes.
 */
export function contamination(times: ArrayLike<number>, rate: number, duration: number): number {
  const n = times.length;
  if (n === 0) return NaN;
  let violations = 0;
  for (let k = 1; k < n; k++) {
    const interval = (times[k] - times[k - 1]) / rate;
    if (interval < refractorySeconds && interval > censoredSeconds) violations++;
  }
  const share = (violations * duration) / (2 * (refractorySeconds - censoredSeconds) * n * n);
  return share > 0.25 ? 1 : 0.5 * (1 - Math.sqrt(1 - 4 * share));
}

export const labelOf = (contaminated: number): 'good' | 'mua' => (contaminated < goodBelow ? 'good' : 'mua');
