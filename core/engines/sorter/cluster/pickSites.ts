// Features of some sites out of samples that hold more.

import { components } from '../noise/basis.ts';

/** @param sample [spikes][sites][components] @returns [spikes][wanted][components]; `wanted` are indexes of sites */
export function pickSites(sample: Float32Array, sites: number, wanted: readonly number[]): Float32Array {
  const count = sample.length / (sites * components);
  const result = new Float32Array(count * wanted.length * components);
  for (let k = 0; k < count; k++) {
    wanted.forEach((site, j) => {
      const from = (k * sites + site) * components;
      result.set(sample.subarray(from, from + components), (k * wanted.length + j) * components);
    });
  }
  return result;
}
