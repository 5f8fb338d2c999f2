import { describe, expect, it } from 'vitest';
import { chooseSpikes, type ChooseOptions, type Choice } from '../../../../core/engines/cwaves/choose.ts';
import type { Spikes } from '../../../../core/engines/cwaves/spikes.ts';

const recording = { samples: 10_000, rate: 1000, seconds: 10 };
const options: ChooseOptions = { samplesPerSpike: 82, preSamples: 20, numSpikes: 3, numerics: 'native' };

/** In blocks of three spikes. */
function sorted(counts: number[], times: number[], labels: number[]): Spikes {
  const starts = times.map((_, i) => i).filter((i) => i % 3 === 0);
  const blocks = () => starts.map((i) => ({ times: Float64Array.from(times.slice(i, i + 3)), labels: Float64Array.from(labels.slice(i, i + 3)) }));
  return { counts: Float64Array.from(counts), peaks: new Float64Array(counts.length), blocks };
}

/** Spikes of one cluster every 100 samples from 100 on, unless said otherwise. */
function choose(changes: Partial<ChooseOptions>, count = 8, times = Array.from({ length: count }, (_, i) => 100 * (i + 1))): Choice {
  return chooseSpikes(sorted([count], times, times.map(() => 0)), recording, { ...options, ...changes });
}

describe('the spikes that are measured', () => {
  it('are spread evenly over the file', () => {
    expect([...choose({}).times]).toEqual([100, 400, 700]);
    expect([...choose({ numSpikes: 4 }).times]).toEqual([100, 300, 500, 700]);
    expect([...choose({ numSpikes: 8 }).times]).toEqual([100, 200, 300, 400, 500, 600, 700, 800]);
  });

  it('lie in the time window, whose share of the file decides how they are thinned', () => {
    // 5 of 10 s: 4 of the 8 spikes are expected there, so that with 3 wanted every second is taken.
    const late = Array.from({ length: 8 }, (_, i) => 4000 + 500 * i);
    expect([...choose({ startSecs: 5, endSecs: 10 }, 8, late).times]).toEqual([5000, 6000, 7000]);
    expect([...choose({ startSecs: 5, endSecs: 10, numerics: 'exact' }, 8, late).times]).toEqual([5000, 6000, 7000]);
  });

  it('are none where the window holds too small a share of a small cluster (native)', () => {
    expect(choose({ startSecs: 0, endSecs: 1 }).times.length).toBe(0);
    expect(choose({ startSecs: 0, endSecs: 1, numerics: 'exact' }).times.length).toBe(3);
  });

  it('may lie too close to an end of the file in native, but not in exact numerics', () => {
    const times = [19, 20, 5000, 9938, 9939];
    expect([...choose({ numSpikes: 10 }, 5, times).times]).toEqual(times);
    expect([...choose({ numSpikes: 10, numerics: 'exact' }, 5, times).times]).toEqual([20, 5000, 9938]);
  });

  it('come in order of time, with their clusters; strays of clusters without spikes are counted', () => {
    const choice = chooseSpikes(sorted([2, 0, 3], [100, 500, 300, 400, 200], [2, 0, 1, 0, 2]), recording, options);
    expect([...choice.times]).toEqual([100, 200, 400, 500]);
    expect([...choice.clusters]).toEqual([2, 2, 0, 0]);
    expect([...choice.chosen]).toEqual([2, 0, 2]);
    expect([...choice.firstTimes]).toEqual([500, Number.NaN, 100]);
    expect(choice.strays).toBe(1);
  });
});
