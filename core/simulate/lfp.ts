// The local field potential: a few 1/f sources at different depths, each seen by the sites around it. Given at knots
// 2,500 times per second, where an LF stream samples it; full-band streams interpolate between the knots.

import { addPinkNoise } from './smoothNoise.ts';
import { randomKey, randomStream } from './random.ts';
import type { ProbeSite } from './sites.ts';

export interface Lfp {
  /** Adds uV at knots start, start + 1, ... (fractions allowed) for one site. */
  add(into: Float32Array, count: number, start: number, site: number): void;
  /** Prepares the sources for knots start .. start + count - 1; `add` then mixes them. */
  prepare(start: number, count: number): void;
}

const sources = 6;
const knotsPerSecond = 2500;
const reachUm = 500;

/** @param sites as columns of the stream; `microvolts` is the standard deviation where it is strongest */
export function makeLfp(sites: readonly (ProbeSite & { absoluteX: number })[], microvolts: number, surfaceY: number, seed: number, probeIndex: number): Lfp {
  const weights = siteWeights(sites, microvolts, surfaceY, seed, probeIndex);
  const keys = Array.from({ length: sources }, (_, source) => randomKey(seed, 'lfp', probeIndex, source));
  let tracks: Float32Array[] = [];
  let from = 0;
  return {
    prepare(start, count) {
      from = start;
      tracks = keys.map((key) => {
        const track = new Float32Array(count);
        addPinkNoise(track, count, start / knotsPerSecond, 1 / knotsPerSecond, 0.5, key, 1);
        return track;
      });
    },
    add(into, count, start, site) {
      const offset = start - from;
      for (let source = 0; source < sources; source++) {
        const weight = weights[site * sources + source]!;
        const track = tracks[source]!;
        for (let i = 0; i < count; i++) into[i] = into[i]! + weight * track[offset + i]!;
      }
    },
  };
}

function siteWeights(sites: readonly (ProbeSite & { absoluteX: number })[], microvolts: number, surfaceY: number, seed: number, probeIndex: number): Float32Array {
  const random = randomStream(seed, 'lfp sources', probeIndex);
  const centres = Array.from({ length: sources }, () => ({ x: 1000 * random.uniform(), y: 4000 * random.uniform(), sign: random.uniform() < 0.5 ? -1 : 1 }));
  // One source is everywhere, so that no probe lies in silence.
  const weights = new Float32Array(sites.length * sources);
  sites.forEach((site, index) => {
    centres.forEach((centre, source) => {
      const away = Math.hypot(site.absoluteX - centre.x, site.y - centre.y) / reachUm;
      const seen = source === 0 ? 0.7 : Math.exp(-0.5 * away * away);
      weights[index * sources + source] = microvolts * seen * centre.sign * (site.y > surfaceY ? 0.3 : 1);
    });
  });
  return weights;
}
