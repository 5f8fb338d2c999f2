// Where a spike was on the probe: the centre of mass of its peak-to-peak amplitudes above the noise.

import type { Trace } from '../frontEnd.ts';
import type { Sites } from '../recording.ts';
import type { Peak } from './peaks.ts';

const before = 10; // samples around the peak in which peak-to-peak is measured
const after = 20;
/** Peak-to-peak amplitude that noise alone reaches, in standard deviations. */
const floor = 4.5;

/** um. A peak whose amplitudes all lie below the floor is at its site. */
export function localise(trace: Trace, sites: Sites, sigma: Float64Array, near: Int32Array, peak: Peak): { x: number; y: number } {
  const { view } = trace.rows;
  let weight = 0;
  let x = 0;
  let y = 0;
  for (const site of near) {
    const start = site * trace.stride + peak.at;
    let low = Infinity;
    let high = -Infinity;
    for (let t = start - before; t <= start + after; t++) {
      const value = view[t];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const mass = high - low - floor * sigma[site];
    if (!(mass > 0)) continue;
    weight += mass;
    x += mass * sites.x[site];
    y += mass * sites.y[site];
  }
  return weight > 0 ? { x: x / weight, y: y / weight } : { x: sites.x[peak.site], y: sites.y[peak.site] };
}
