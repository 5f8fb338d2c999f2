// A whole recording in one strip: how far the channels reach, on average, in each of some hundred stretches of time.

import { readWindow, type TraceWindowTask } from './window.ts';

export interface OverviewTask {
  readonly window: TraceWindowTask;
  /** Of every wanted column. */
  readonly uVperBit: Float64Array;
}

export interface TraceOverview {
  readonly first_smp: number;
  readonly per_smp: number;
  /** Mean over the channels of highest minus lowest, uV; NaN where nothing was recorded or read yet. */
  readonly reach_uV: Float32Array;
  readonly missing: number;
  readonly isSlow: boolean;
}

export function readOverview({ window, uVperBit }: OverviewTask): TraceOverview {
  const { first_smp, per_smp, count, low, high, present, missing, mode, isSlow } = readWindow(window);
  const reach_uV = new Float32Array(count).fill(NaN);
  const channels = window.wanted.length;
  for (let range = 0; range < present.length; range += 2) {
    for (let column = present[range]; column < present[range + 1]; column++) {
      let sum = 0;
      for (let k = 0; k < channels && mode === 'minmax'; k++) sum += (high[k * count + column] - low[k * count + column]) * Math.abs(uVperBit[k]);
      reach_uV[column] = sum / channels;
    }
  }
  return { first_smp, per_smp, reach_uV, missing, isSlow };
}
