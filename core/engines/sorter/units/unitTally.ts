// What a matching pass tells about every unit: how often it fired, its refined waveform, a sample of its spikes.

import { components } from '../noise/basis.ts';
import type { Matched, MatchRequest } from '../match/matchTask.ts';
import { uniformOf } from '../random.ts';
import type { Sites } from '../recording.ts';
import { expand, templateLength } from '../templates/template.ts';
import type { Template, Waveform } from '../templates/template.ts';
import { placeOf } from './place.ts';

/** Spikes of a unit that are kept as a sample. */
const sampleSize = 400;

export interface UnitTally {
  readonly template: Template;
  readonly around: Int32Array;
  readonly count: number;
  /** The whitened waveform on the sites around the unit: the template, plus the mean residual where that was summed. */
  readonly waveform: Waveform;
  /** Mean of the filtered trace, uV, where that was summed (else zero); same rows. */
  readonly filtered: Waveform;
  /** [spike x around x components], and their times in samples. */
  readonly sample: Float32Array;
  readonly sampleTimes: Float64Array;
  /** Median cosine of a spike with its template, relative to what a spike in unit noise would have. */
  readonly resemblance: number;
  readonly medianAmplitude: number;
  /** Interquartile range of its spikes' depths, um. */
  readonly spread: number;
}

interface Sampled {
  readonly key: number;
  readonly time: number;
  readonly amplitude: number;
  readonly cosine: number;
  readonly features: Float32Array;
}

export class Tally {
  private readonly counts: Float64Array;
  private readonly weights: Float64Array;
  private readonly totals: Float64Array[];
  private readonly sums: MatchRequest['sums'];
  private readonly samples: Sampled[][];
  private readonly templates: readonly Template[];
  private readonly around: readonly Int32Array[];
  private readonly seed: number;
  private readonly sites: Sites;

  constructor(sites: Sites, templates: readonly Template[], around: readonly Int32Array[], sums: MatchRequest['sums'], seed: number) {
    this.sites = sites;
    this.templates = templates;
    this.around = templates.map((template) => around[template.peakSite]);
    this.seed = seed;
    this.sums = sums;
    this.counts = new Float64Array(templates.length);
    this.weights = new Float64Array(templates.length);
    this.totals = this.around.map((list) => new Float64Array(list.length * templateLength));
    this.samples = templates.map(() => []);
  }

  add(matched: Matched): void {
    const { measured } = matched;
    for (const sums of measured.sums) {
      this.counts[sums.unit] += sums.count;
      this.weights[sums.unit] += sums.weight;
      const total = this.totals[sums.unit];
      for (let k = 0; k < total.length; k++) total[k] += sums.values[k];
    }
    const width = measured.features.length / Math.max(1, matched.time.length);
    for (let k = 0; k < matched.time.length; k++) this.sample(matched, k, width);
  }

  /** Keeps the spikes with the smallest hashes; the list is cut when it has grown to twice the sample. */
  private sample(matched: Matched, k: number, width: number): void {
    const unit = matched.unit[k];
    const list = this.samples[unit];
    list.push({
      key: uniformOf(this.seed, matched.time[k], unit),
      time: matched.time[k],
      amplitude: matched.amplitude[k],
      cosine: matched.measured.cosine[k],
      features: matched.measured.features.slice(k * width, k * width + this.around[unit].length * components),
    });
    if (list.length >= 2 * sampleSize) this.samples[unit] = smallest(list);
  }

  units(): UnitTally[] {
    return this.templates.map((template, unit) => {
      const around = this.around[unit];
      const chosen = smallest(this.samples[unit]).sort((a, b) => a.time - b.time);
      const width = around.length * components;
      const sample = new Float32Array(chosen.length * width);
      chosen.forEach((entry, k) => sample.set(entry.features, k * width));
      return {
        template,
        around,
        count: this.counts[unit],
        waveform: { sites: around, values: this.refined(unit) },
        filtered: { sites: around, values: this.meanOf(unit, 'filtered', this.counts[unit]) },
        sample,
        sampleTimes: Float64Array.from(chosen, (entry) => entry.time),
        resemblance: middle(chosen.map((entry) => entry.cosine)) / cosineInNoise(template),
        medianAmplitude: middle(chosen.map((entry) => entry.amplitude)),
        spread: interquartile(chosen.map((entry) => placeOf(this.sites, around, entry.features, 0).y)),
      };
    });
  }

  private meanOf(unit: number, sums: MatchRequest['sums'], weight: number): Float64Array {
    return this.totals[unit].map((value) => (sums === this.sums && weight > 0 ? value / weight : 0));
  }

  private refined(unit: number): Float64Array {
    const template = this.templates[unit];
    const values = this.meanOf(unit, 'residual', this.weights[unit]);
    const own = expand(template);
    const rowOf = new Map(Array.from(this.around[unit], (site, row) => [site, row]));
    template.sites.forEach((site, k) => {
      const row = rowOf.get(site);
      if (row === undefined) return;
      for (let t = 0; t < templateLength; t++) values[row * templateLength + t] += own[k * templateLength + t];
    });
    return values;
  }
}

/** Noise adds one to the energy of every sample: weak units on many sites cannot resemble their template closely. */
function cosineInNoise(template: Template): number {
  return Math.sqrt(template.energy / (template.energy + template.sites.length * templateLength));
}

const smallest = (list: readonly Sampled[]): Sampled[] => [...list].sort((a, b) => a.key - b.key || a.time - b.time).slice(0, sampleSize);

const middle = (values: number[]): number => quantile(values, 0.5);

const interquartile = (values: number[]): number => quantile(values, 0.75) - quantile(values, 0.25);

function quantile(values: number[], share: number): number {
  return values.length === 0 ? NaN : values.sort((a, b) => a - b)[Math.floor(share * values.length)];
}
