import { describe, expect, it } from 'vitest';
import { drift } from '../../../../core/engines/metrics/drift.ts';

const session = { first: 0, last: 300 };
const times = Float64Array.from({ length: 299 }, (_, k) => k + 1.5);
const depthAt = (seconds: number) => 100 + (seconds < 100 ? 0 : seconds < 200 ? 12.346 : 4);

describe('drift', () => {
  it('goes by the median depth of each interval', () => {
    expect(drift(times, times.map(depthAt), session, { interval: 100, leastSpikes: 10, compat: false })).toEqual({ range: 12.35, cumulative: 20.69 });
  });

  it('is undefined with fewer than two intervals; 0 in the reference', () => {
    const options = { interval: 400, leastSpikes: 10 };
    expect(drift(times, times.map(depthAt), session, { ...options, compat: false }).range).toMatch(/fewer than two intervals of 400 s/);
    expect(drift(times, times.map(depthAt), session, { ...options, compat: true })).toEqual({ range: 0, cumulative: 0 });
    expect(drift(times.subarray(0, 5), new Float64Array(5), session, { ...options, compat: true })).toEqual({ range: Number.NaN, cumulative: 0 });
  });

  it('leaves steps over intervals with too few spikes out', () => {
    const kept = times.filter((time) => time < 100 || time > 200);
    expect(drift(kept, kept.map(depthAt), session, { interval: 100, leastSpikes: 10, compat: false })).toEqual({ range: 4, cumulative: 0 });
  });
});
