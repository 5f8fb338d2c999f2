// Counting what two thresholds of gfix would take, from the candidates of a scan, while they are dragged.

import type { GfixScan } from '../../../../../core/service/contract/index.ts';

export interface Thresholds {
  readonly amp_mV: number;
  readonly slope_mV: number;
}

/** Single precision and whole counts: a candidate on the line is beyond it. */
const SLACK = 0.995;

export function isBeyond(scan: GfixScan, index: number, { amp_mV, slope_mV }: Thresholds): boolean {
  return scan.amp_mV[index] >= amp_mV * SLACK && scan.slope_mV[index] >= slope_mV * SLACK;
}

export interface TuneCount {
  readonly accepted: number;
  readonly candidates: number;
  readonly perSecond: number;
}

export function countBeyond(scan: GfixScan, thresholds: Thresholds): TuneCount {
  let accepted = 0;
  for (let index = 0; index < scan.at_s.length; index++) if (isBeyond(scan, index, thresholds)) accepted++;
  return { accepted, candidates: scan.at_s.length, perSecond: accepted / scan.seconds };
}

/** A log axis from the floor of the candidates to a little beyond what there is; both ends in log10 mV. */
export function logRange(values: Float32Array, least: number, threshold: number): readonly [number, number] {
  const positive = values.filter((value) => value > 0);
  const low = Math.min(least, threshold / 2, ...(positive.length > 0 ? [positive.reduce((a, b) => Math.min(a, b))] : []));
  const high = Math.max(10 * least, threshold * 2, positive.reduce((a, b) => Math.max(a, b), 0) * 1.5);
  return [Math.log10(Math.max(low, 1e-3) * 0.9), Math.log10(high)];
}
