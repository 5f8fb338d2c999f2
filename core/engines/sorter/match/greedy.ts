// Explains a stretch of projections by spikes: the most gainful first, each subtracted from the projections of all
// templates it overlaps; then amplitudes and times of overlapping spikes are refined together, spikes that have become
// too small are given back, and what is left is searched once more.
//
// With projection b of the residual on a template of energy E, a spike's amplitude is a = (b + p) / (E + p) under a
// Gaussian prior around 1 with precision p = 1/sd^2, and the gain of explaining it (b + p)^2 / (E + p) - p.

import { lagCount, lagReach } from '../templates/crossCorrelation.ts';
import type { TemplateSet } from '../templates/crossCorrelation.ts';
import { CandidateHeap } from './candidateHeap.ts';
import { parabolaWeights, summit } from './interpolation.ts';

export interface Spike {
  readonly unit: number;
  /** Sample of the trough within the stretch. */
  at: number;
  /** Part of a sample after `at`. */
  shift: number;
  amplitude: number;
}

export interface MatchRules {
  readonly amplitudeSd: number;
  readonly amplitudeMin: number;
  readonly amplitudeMax: number;
  /** Samples. */
  readonly refractory: number;
  /** Least gain of every unit. */
  readonly leastGain: Float64Array;
}

export interface Projections {
  /** [unit x stride]: projection of the data on the template with its trough at this sample. */
  readonly values: Float32Array;
  readonly stride: number;
  /** Projections are known for from <= t < to. */
  readonly from: number;
  readonly to: number;
  /** Local maxima of a unit's projections above a value, in [from, to). */
  readonly maxima: (unit: number, threshold: number) => Int32Array;
}

const refineRounds = 2;
const searches = 2;
/** In the first search a spike this large is more likely two. */
const firstAmplitudeMax = 1.4;
/** Samples by which refining may move a spike. */
const refineReach = 3;
/** A spike whose amplitude would change by less is left alone. */
const leastChange = 0.01;

/** `projections` end as those of the residual. Spikes come in time order. */
export function matchSpikes(set: TemplateSet, projections: Projections, rules: MatchRules): Spike[] {
  const state = new Matcher(set, projections, rules);
  for (let search = 0; search < searches; search++) {
    const found = state.search(search === 0 ? Math.min(firstAmplitudeMax, rules.amplitudeMax) : rules.amplitudeMax);
    if (search > 0 && found === 0) break;
    for (let round = 0; round < refineRounds; round++) state.refine();
    state.giveBackSmall();
  }
  return state.spikes.filter((spike) => spike.amplitude > 0).sort((a, b) => a.at - b.at || a.unit - b.unit);
}

class Matcher {
  spikes: Spike[] = [];
  private readonly precision: number;
  /** Projection that gives the least gain and the least amplitude. */
  private readonly least: Float64Array;
  private readonly byUnit: Spike[][];
  private readonly set: TemplateSet;
  private readonly projections: Projections;
  private readonly rules: MatchRules;

  constructor(set: TemplateSet, projections: Projections, rules: MatchRules) {
    this.set = set;
    this.projections = projections;
    this.rules = rules;
    const p = 1 / rules.amplitudeSd ** 2;
    this.precision = p;
    const energies = Float64Array.from(set.templates, (template) => template.energy);
    this.least = energies.map((e, u) => Math.max(Math.sqrt((rules.leastGain[u] + p) * (e + p)) - p, rules.amplitudeMin * (e + p) - p));
    this.byUnit = set.templates.map(() => []);
  }

  /** Takes spikes up to an amplitude until no candidate is left; returns how many. */
  search(amplitudeMax: number): number {
    const heap = new CandidateHeap();
    const { values, stride } = this.projections;
    for (let unit = 0; unit < this.set.templates.length; unit++) {
      for (const at of this.projections.maxima(unit, this.least[unit])) heap.push(this.candidate(unit, at));
    }
    let taken = 0;
    for (let item = heap.pop(); item !== undefined; item = heap.pop()) {
      const { unit, at } = item;
      if (values[unit * stride + at] !== item.projection || this.amplitudeOf(unit, item.projection) > amplitudeMax || !this.isMaximum(unit, at)) continue;
      if (this.byUnit[unit].some((spike) => Math.abs(spike.at - at) < this.rules.refractory)) continue;
      const { shift, height } = this.summitAt(unit, at);
      const spike = { unit, at, shift, amplitude: this.amplitudeOf(unit, height) };
      this.spikes.push(spike);
      this.byUnit[unit].push(spike);
      this.add(spike, -1);
      this.rescan(spike, heap);
      taken++;
    }
    return taken;
  }

  /** Every spike once more, against the residual of all others: it may move by a few samples. */
  refine(): void {
    const { values, stride } = this.projections;
    const own = new Float64Array(2 * refineReach + 3);
    for (const spike of this.spikes) {
      const { unit, at } = spike;
      for (let k = 0; k < own.length; k++) {
        const lag = k - refineReach - 1;
        own[k] = values[unit * stride + at + lag] + spike.amplitude * this.ownAnswer(spike, lag);
      }
      let best = refineReach + 1;
      for (let k = 1; k < own.length - 1; k++) if (own[k] > own[best]) best = k;
      const { shift, height } = summit(own[best - 1], own[best], own[best + 1]);
      const moved = best - refineReach - 1;
      const amplitude = Math.max(0.01, Math.min(this.rules.amplitudeMax, this.amplitudeOf(unit, height)));
      if (moved === 0 && Math.abs(amplitude - spike.amplitude) < leastChange && Math.abs(shift - spike.shift) < 0.05) continue;
      if (at + moved < this.projections.from || at + moved >= this.projections.to) continue;
      this.add(spike, 1);
      spike.at += moved;
      spike.shift = shift;
      spike.amplitude = amplitude;
      this.add(spike, -1);
    }
  }

  giveBackSmall(): void {
    for (const spike of this.spikes) {
      if (spike.amplitude >= this.rules.amplitudeMin && this.gainOf(spike) >= this.rules.leastGain[spike.unit]) continue;
      this.add(spike, 1);
      spike.amplitude = 0;
    }
    this.spikes = this.spikes.filter((spike) => spike.amplitude > 0);
    this.byUnit.forEach((_, unit) => { this.byUnit[unit] = this.spikes.filter((spike) => spike.unit === unit); });
  }

  private gainOf(spike: Spike): number {
    const { energy } = this.set.templates[spike.unit];
    return spike.amplitude ** 2 * (energy + this.precision) - this.precision;
  }

  private amplitudeOf(unit: number, projection: number): number {
    return (projection + this.precision) / (this.set.templates[unit].energy + this.precision);
  }

  private candidate(unit: number, at: number) {
    const projection = this.projections.values[unit * this.projections.stride + at];
    const gain = (projection + this.precision) ** 2 / (this.set.templates[unit].energy + this.precision) - this.precision;
    return { gain, at, unit, projection };
  }

  private isMaximum(unit: number, at: number): boolean {
    const { values, stride } = this.projections;
    const here = unit * stride + at;
    return values[here] > values[here - 1] && values[here] >= values[here + 1];
  }

  private summitAt(unit: number, at: number): { shift: number; height: number } {
    const here = unit * this.projections.stride + at;
    const { values } = this.projections;
    return summit(values[here - 1], values[here], values[here + 1]);
  }

  /** What the spike, of amplitude one, adds to its own unit's projection `lag` samples after it. */
  private ownAnswer(spike: Spike, lag: number): number {
    const table = this.set.tables[spike.unit];
    const start = this.set.overlaps[spike.unit].indexOf(spike.unit) * lagCount + lagReach + lag;
    const [a, b, c] = parabolaWeights(spike.shift);
    return a * table[start - 1] + b * table[start] + c * table[start + 1];
  }

  /** Adds (1) or takes away (-1) the spike in the projections of all templates that it overlaps. */
  private add(spike: Spike, sign: number): void {
    const { values, stride } = this.projections;
    const table = this.set.tables[spike.unit];
    const [a, b, c] = parabolaWeights(spike.shift).map((weight) => weight * sign * spike.amplitude);
    this.set.overlaps[spike.unit].forEach((unit, k) => {
      const from = unit * stride + spike.at - lagReach;
      const lags = k * lagCount;
      const last = lagCount - 1;
      values[from - 1] += c * table[lags];
      values[from] += b * table[lags] + c * table[lags + 1];
      for (let l = 1; l < last; l++) values[from + l] += a * table[lags + l - 1] + b * table[lags + l] + c * table[lags + l + 1];
      values[from + last] += a * table[lags + last - 1] + b * table[lags + last];
      values[from + lagCount] += a * table[lags + last];
    });
  }

  /** New candidates where the spike changed projections. */
  private rescan(spike: Spike, heap: CandidateHeap): void {
    const { values, stride } = this.projections;
    const first = Math.max(this.projections.from, spike.at - lagReach - 2);
    const last = Math.min(this.projections.to - 1, spike.at + lagReach + 2);
    for (const unit of this.set.overlaps[spike.unit]) {
      const row = unit * stride;
      const least = this.least[unit];
      for (let t = first; t <= last; t++) {
        const value = values[row + t];
        if (value > least && value > values[row + t - 1] && value >= values[row + t + 1]) heap.push(this.candidate(unit, t));
      }
    }
  }
}
