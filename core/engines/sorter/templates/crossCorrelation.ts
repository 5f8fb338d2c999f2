// How templates answer to one another: what one spike of u adds to the projection on v at every lag.

import { rank, templateLength } from './template.ts';
import type { Template } from './template.ts';

export const lagReach = templateLength - 1;
export const lagCount = 2 * lagReach + 1;

/** Everything matching needs of the templates; crosses threads. */
export interface TemplateSet {
  readonly templates: readonly Template[];
  /** For every unit the units whose projections its spikes change noticeably, itself included, ascending. */
  readonly overlaps: readonly Int32Array[];
  /** For every unit [overlap x lagCount]: projection on the overlapping unit at lag l - lagReach after the spike. */
  readonly tables: readonly Float32Array[];
}

/** A spike that changes another unit's projection by less than this share of its noise leaves it alone. */
const leastAnswer = 0.25;

export function templateSet(templates: readonly Template[]): TemplateSet {
  const rowsOf = templates.map((template) => new Map(Array.from(template.sites, (site, row) => [site, row])));
  const answers: Map<number, Float64Array>[] = templates.map(() => new Map());
  for (let u = 0; u < templates.length; u++) {
    for (let v = u; v < templates.length; v++) {
      if (u !== v && !shareSites(templates[u], rowsOf[v])) continue;
      const lags = crossCorrelate(templates[u], templates[v], rowsOf[v]);
      const largest = lags.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (u !== v && largest < leastAnswer * Math.sqrt(Math.min(templates[u].energy, templates[v].energy))) continue;
      answers[u].set(v, lags);
      if (u !== v) answers[v].set(u, lags.slice().reverse());
    }
  }
  const overlaps = answers.map((map) => Int32Array.from(map.keys()).sort());
  const tables = overlaps.map((list, u) => {
    const table = new Float32Array(list.length * lagCount);
    list.forEach((v, k) => table.set(answers[u].get(v)!, k * lagCount));
    return table;
  });
  return { templates, overlaps, tables };
}

function shareSites(u: Template, sitesOfV: Map<number, number>): boolean {
  return u.sites.some((site) => sitesOfV.has(site));
}

/** result[l + lagReach] = sum over sites and samples j of u[site][j + l] v[site][j]. */
export function crossCorrelate(u: Template, v: Template, rowOfV: Map<number, number>): Float64Array {
  const mixing = new Float64Array(rank * rank);
  u.sites.forEach((site, i) => {
    const j = rowOfV.get(site);
    if (j === undefined) return;
    for (let r = 0; r < rank; r++) for (let q = 0; q < rank; q++) mixing[r * rank + q] += u.spatial[i * rank + r] * v.spatial[j * rank + q];
  });
  const result = new Float64Array(lagCount);
  for (let r = 0; r < rank; r++) {
    const mixed = new Float64Array(templateLength);
    for (let q = 0; q < rank; q++) for (let t = 0; t < templateLength; t++) mixed[t] += mixing[r * rank + q] * v.temporal[q * templateLength + t];
    for (let lag = -lagReach; lag <= lagReach; lag++) {
      let sum = 0;
      const to = Math.min(templateLength, templateLength - lag);
      for (let j = Math.max(0, -lag); j < to; j++) sum += u.temporal[r * templateLength + j + lag] * mixed[j];
      result[lag + lagReach] += sum;
    }
  }
  return result;
}

/** Standard deviation of the noise's projection on a template of unit norm, from the noise's autocorrelation. */
export function noiseGain(template: Template, autocorrelation: Float64Array): number {
  const own = crossCorrelate(template, template, new Map(Array.from(template.sites, (site, row) => [site, row])));
  let variance = own[lagReach] * autocorrelation[0];
  for (let lag = 1; lag < Math.min(autocorrelation.length, lagReach); lag++) variance += 2 * own[lagReach + lag] * autocorrelation[lag];
  return Math.sqrt(Math.max(variance, 0.25 * template.energy) / template.energy);
}
