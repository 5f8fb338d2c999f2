// The residual: the whitened trace less all spikes that were found.

import type { Trace } from '../frontEnd.ts';
import type { TemplateSet } from '../templates/crossCorrelation.ts';
import { templateBefore, templateLength } from '../templates/template.ts';
import type { Spike } from './greedy.ts';
import { parabolaWeights } from './interpolation.ts';

/** @param waveforms [site x templateLength] of every template */
export function subtractSpikes(white: Trace, set: TemplateSet, waveforms: readonly Float64Array[], spikes: readonly Spike[]): void {
  const { view } = white.rows;
  for (const spike of spikes) {
    const values = waveforms[spike.unit];
    const [a, b, c] = parabolaWeights(spike.shift).map((weight) => weight * spike.amplitude);
    set.templates[spike.unit].sites.forEach((site, row) => {
      const to = site * white.stride + spike.at - templateBefore;
      const from = row * templateLength;
      const last = templateLength - 1;
      view[to - 1] -= c * values[from];
      view[to] -= b * values[from] + c * values[from + 1];
      for (let t = 1; t < last; t++) view[to + t] -= a * values[from + t - 1] + b * values[from + t] + c * values[from + t + 1];
      view[to + last] -= a * values[from + last - 1] + b * values[from + last];
      view[to + templateLength] -= a * values[from + last];
    });
  }
}
