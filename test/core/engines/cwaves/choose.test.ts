import { describe, expect, it } from 'vitest';
import { chooseSpikes, type ChooseOptions, type Choice } from '../../../../core/engines/cwaves/choose.ts';

const recording = { samples: 10_000, rate: 1000, seconds: 10 };
const options: ChooseOptions = { samplesPerSpike: 82, preSamples: 20, numSpikes: 3, numerics: 'native' };

/** Spikes of one cluster every 100 samples from 100 on, unless said otherwise. */
function choose(changes: Partial<ChooseOptions>, count = 8, times = Array.from({ length: count }, (_, i) => 100 * (i + 1))): Choice {
  return chooseSpikes({ counts: Float64Array.of(count), peaks: Float64Array.of(0), times: Float64Array.from(times), labels: new Float64Array(times.length) }, recording, { ...options, ...changes });
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

  it('come cluster by cluster; strays of clusters without spikes are counted', () => {
    const spikes = { counts: Float64Array.of(2, 0, 3), peaks: new Float64Array(3), times: Float64Array.of(100, 200, 300, 400, 500), labels: Float64Array.of(2, 0, 1, 0, 2) };
    const choice = chooseSpikes(spikes, recording, options);
    expect([...choice.times]).toEqual([200, 400, 100, 500]);
    expect([...choice.first]).toEqual([0, 2, 2, 4]);
    expect(choice.strays).toBe(1);
  });
});
