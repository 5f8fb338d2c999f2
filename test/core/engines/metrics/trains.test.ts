import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplitudeCutoff } from '../../../../core/engines/metrics/trains/amplitudeCutoff.ts';
import { contaminationRate } from '../../../../core/engines/metrics/trains/contamination.ts';
import { firingRate, presenceRatio } from '../../../../core/engines/metrics/trains/firing.ts';
import { isiViolations } from '../../../../core/engines/metrics/trains/isiViolations.ts';
import { noiseCutoff } from '../../../../core/engines/metrics/trains/noiseCutoff.ts';
import { slidingRefractory } from '../../../../core/engines/metrics/trains/slidingRefractory.ts';

const times = (count: number, at: (k: number) => number) => Float64Array.from({ length: count }, (_, k) => at(k));

describe('firing rate and presence', () => {
  const session = { first: 0, last: 100 };

  it('counts over the session, not over the unit\'s own spikes', () => {
    expect(firingRate(50, session)).toBe(0.5);
    expect(firingRate(1, { first: 3, last: 3 })).toMatch(/one time only/);
  });

  it('is 1 for a unit that fires all the time, and 0.99 in the reference', () => {
    const steady = times(1001, (k) => k / 10);
    expect(presenceRatio(steady, session, false)).toBe(1);
    expect(presenceRatio(steady, session, true)).toBe(0.99);
    expect(presenceRatio(times(500, (k) => k / 10), session, false)).toBe(0.5);
  });
});

describe('ISI violations', () => {
  it('solves the quadratic: v = 2 N (t_r - t_min) rate c (1 - c)', () => {
    // 1,000 spikes in 100 s, 4 of them 1 ms after another: c (1 - c) = 4 / (2 * 1004 * 0.0015 * 10.04)
    const train = Float64Array.from([...times(1000, (k) => k / 10), 5.001, 6.001, 7.001, 8.001]).sort();
    const { contamination, violations } = isiViolations(train, { first: 0, last: 100 }, 0.0015, 0);
    expect(violations).toBe(4);
    const product = 4 / (2 * 1004 * 0.0015 * 10.04);
    expect((contamination as number) * (1 - (contamination as number))).toBeCloseTo(product, 12);
  });

  it('is 1 when there are too many, and leaves duplicates out', () => {
    const doublets = Float64Array.from([...times(100, (k) => k), ...times(100, (k) => k + 0.001)]).sort();
    expect(isiViolations(doublets, { first: 0, last: 100 }, 0.0015, 0)).toEqual({ contamination: 1, violations: 100 });
    expect(isiViolations(doublets, { first: 0, last: 100 }, 0.0025, 0.0015)).toEqual({ contamination: 0, violations: 0 });
  });
});

describe('contamination from the autocorrelogram', () => {
  const options = { bin: 0.001, refractory: 0.0015, compat: false };

  it('is 0 for a train with a refractory period, about 1 for random spikes', () => {
    let seed = 1;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    let clock = 0;
    const poisson = times(20000, () => (clock -= Math.log(random()) / 40));
    expect(contaminationRate(poisson, options)).toBeGreaterThan(0.8);
    expect(contaminationRate(poisson, options)).toBeLessThan(1.2);
    clock = 0;
    expect(contaminationRate(times(20000, () => (clock += 0.003 - Math.log(random()) / 40)), options)).toBe(0);
  });

  it('counts the bins symmetrically, the reference one bin fewer', () => {
    // pairs 1 ms apart only: bins -1 and +1, the second of which the reference leaves out
    const pairs = Float64Array.from([...times(200, (k) => k / 10), ...times(200, (k) => k / 10 + 0.001)]).sort();
    const sane = contaminationRate(pairs, options) as number;
    expect(contaminationRate(pairs, { ...options, compat: true })).toBeCloseTo(sane / 2, 12);
  });

  it('says why it is undefined', () => {
    expect(contaminationRate(times(10, (k) => k), options)).toBe('fewer than 11 spikes');
    expect(contaminationRate(times(50, (k) => k), options)).toBe('no two spikes within half a second');
  });
});

describe('amplitude cutoff', () => {
  it('has the numbers of numpy and scipy (histogram of 500 bins, gaussian_filter1d sigma 3)', () => {
    expect(amplitudeCutoff(times(400, (i) => 20 + Math.tan(Math.sin(i * 1.7) * 1.2)))).toBeCloseTo(0.007816343601500169, 14);
    expect(amplitudeCutoff(times(400, (i) => 20 + 6 * Math.sin(i * 1.7) + 3 * Math.sin(i * i * 0.013)))).toBe(0.5);
    expect(amplitudeCutoff(times(30, () => 5))).toBe('all spikes have the same amplitude');
  });

  it('stays between 0 and 0.5 whatever the amplitudes', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 200 }), (values) => {
      const cutoff = amplitudeCutoff(Float64Array.from(values));
      return typeof cutoff === 'string' ? Math.max(...values) / Math.min(...values) < 1 + 1e-12 : cutoff >= 0 && cutoff <= 0.5;
    }));
  });
});

describe('tests of the International Brain Laboratory', () => {
  it('pass a long train with a refractory period, fail one of doublets and one too short to tell', () => {
    let state = 7;
    const gap = () => 90 + ((state = (state * 16807) % 2147483647) % 2820);
    let clock = 0;
    const clean = times(20000, () => (clock += gap()));
    expect(slidingRefractory(clean, 30000, false)).toBe(1);
    expect(slidingRefractory(clean, 30000, true)).toBe(1);
    const doublets = Float64Array.from([...clean, ...clean.map((time) => time + 30)]).sort();
    expect(slidingRefractory(doublets, 30000, false)).toBe(0);
    expect(slidingRefractory(clean.subarray(0, 50), 30000, false)).toBe(0);
    expect(slidingRefractory(clean.subarray(0, 1), 30000, false)).toBe('fewer than two spikes');
  });

  it('fails a histogram that the threshold cuts, passes one that tapers off on both sides', () => {
    const bell = times(4000, (k) => 30 + 10 * ((((k * 7) % 401) + ((k * 11) % 397) + ((k * 13) % 389) + ((k * 17) % 383)) / 400 - 2));
    expect(noiseCutoff(bell)).toBe(1);
    expect(noiseCutoff(bell.filter((amplitude) => amplitude > 30))).toBe(0);
    expect(noiseCutoff(times(1, () => 30))).toBe('fewer than two spikes');
  });
});
