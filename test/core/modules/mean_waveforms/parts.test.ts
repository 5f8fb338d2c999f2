import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numpyOrder } from '../../../../core/modules/mean_waveforms/numpyOrder.ts';
import { slope } from '../../../../core/modules/mean_waveforms/regression.ts';
import { measureShape } from '../../../../core/modules/mean_waveforms/shape.ts';
import { measureSpread } from '../../../../core/modules/mean_waveforms/spread.ts';
import { upsample, upsamplingWeights } from '../../../../core/modules/mean_waveforms/upsample.ts';

describe('upsampling', () => {
  // scipy.signal.resample of the same waveforms.
  it.each<[number[], number[]]>([
    [[0, 1, -3, 2, 0.5, -1], [0, 1.5364301173677117, 0.09115496234251452, -2.8343308870345663, -1.5425969233437864, 2, 1.9864500834478918, -0.14422292848610105, -0.9516747891132866, -0.9745429685137115]],
    [[0, 1, -3, 2, 0.5], [0, 1.7828452783484063, -0.2763422069509682, -2.976353624672637, -1.018033988749895, 2.456494887749197, 1.6943761957008632, -0.862986541424966]],
  ])('of %j is that of scipy', (waveform, expected) => {
    const finer = upsample(Float64Array.from(waveform), upsamplingWeights(waveform.length, expected.length));
    finer.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 12));
  });

  it('keeps the samples it was given', () => {
    const value = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(fc.property(fc.array(value, { minLength: 2, maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (waveform, factor) => {
      const finer = upsample(Float64Array.from(waveform), upsamplingWeights(waveform.length, waveform.length * factor));
      waveform.forEach((sample, index) => expect(finer[index * factor]).toBeCloseTo(sample, 9));
    }));
  });
});

describe('the order of numpy.argsort', () => {
  it('is NumPy 1.24\'s for values that are equal in pairs', () => {
    expect(numpyOrder([6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])).toEqual([11, 13, 12, 15, 14, 10, 9, 7, 8, 17, 16, 5, 19, 6, 18, 4, 3, 20, 21, 23, 2, 1, 22, 0]);
  });

  it('is an order', () => {
    const values = fc.oneof(fc.array(fc.nat(9), { maxLength: 400 }), fc.nat(2000).map((n) => Array.from({ length: n }, (_, k) => Math.abs(k - (n >> 1)))));
    fc.assert(fc.property(values, (list) => {
      const order = numpyOrder(list);
      expect([...order].sort((a, b) => a - b)).toEqual(list.map((_, index) => index));
      expect(order.map((index) => list[index])).toEqual([...list].sort((a, b) => a - b));
    }));
  });
});

describe('the shape of a waveform', () => {
  /** Falls to -100 at sample 20, is at +40 at sample 40, and both at -50 where it crosses half. */
  const negative = Float64Array.from({ length: 80 }, (_, t) => (t <= 10 ? 0 : t <= 20 ? -10 * (t - 10) : t <= 40 ? -100 + 7 * (t - 20) : Math.max(0, 40 - (t - 40))));
  const interval = 1e-5;

  it('is measured from the trough', () => {
    const shape = measureShape(negative, interval);
    expect(shape.duration).toBeCloseTo(20 * interval * 1e3, 12);
    expect(shape.halfwidth).toBeCloseTo((28 - 16) * interval * 1e3, 12); // first sample below -50: 16; first above: 28
    expect(shape.ptRatio).toBeCloseTo(0.4, 12);
    expect(shape.repolarizationSlope).toBeCloseTo((7 / interval) * 1e-6, 9);
    expect(shape.recoverySlope).toBeCloseTo((-1 / interval) * 1e-6, 9);
  });

  it('is the same upside down, but for the ratio', () => {
    const [up, down] = [measureShape(negative.map((value) => -value), interval), measureShape(negative, interval)];
    expect({ ...up, ptRatio: 0.4 }).toEqual({ ...down, ptRatio: expect.closeTo(0.4, 12) });
    expect(up.ptRatio).toBeCloseTo(2.5, 12);
  });

  it('has undefined parts where the waveform ends too early', () => {
    const shape = measureShape(Float64Array.from([0, -1, -5, -9]), interval);
    expect(shape.halfwidth).toBeNaN();
    expect([shape.repolarizationSlope, shape.recoverySlope]).toEqual([NaN, NaN]);
  });
});

describe('a line through points', () => {
  it('has the least-squares slope', () => expect(slope([0, 20, 40, -20], [3, 5, 4, 1])).toBeCloseTo(0.055, 14));
  it('has none through one point or above one place', () => expect([slope([1], [2]), slope([3, 3], [1, 2]), slope([], [])]).toEqual([NaN, NaN, NaN]));
});

describe('the spread of a unit', () => {
  const rows = 12;
  /** Two columns of sites, 20 um between rows; the left one 10 um higher. */
  const sites = { x: Float64Array.from({ length: 2 * rows }, (_, site) => 32 * (site % 2)), y: Float64Array.from({ length: 2 * rows }, (_, site) => 20 * (site >> 1) + 10 * (1 - (site % 2))) };
  const samples = 40;
  const peak = 12; // left, row 6

  /** A trough that loses 15 uV and comes one sample later with each row from the peak. */
  function mean(amplitude = (site: number) => Math.max(0, 100 - 15 * Math.abs((site >> 1) - 6))): Float64Array {
    const values = new Float64Array(2 * rows * samples);
    for (let site = 0; site < 2 * rows; site++) values[site * samples + 10 + Math.abs((site >> 1) - 6)] = -amplitude(site);
    return values;
  }
  const options = { siteRange: 16, threshold: 0.12, interval: 1 / 30000, compat: false };

  it('is how far the sites with enough of its amplitude lie apart, and how fast it travels', () => {
    const { amplitude, spread, velocityAbove, velocityBelow } = measureSpread(mean(), samples, peak, sites, options);
    expect(amplitude).toBe(100);
    expect(spread).toBe(200); // rows 1 to 11 of the left column; the nearest site in another row is in it too
    expect([velocityAbove, velocityBelow]).toEqual([expect.closeTo(5 / 3, 12), expect.closeTo(-5 / 3, 12)]); // 1 sample in 20 um
  });

  it('is 0, without velocity, on one site', () => {
    expect(measureSpread(mean((site) => (site === peak ? 80 : 0)), samples, peak, sites, options)).toEqual({ amplitude: 80, spread: 0, velocityAbove: NaN, velocityBelow: NaN });
  });

  it('lets a far site not count', () => {
    const near = (site: number) => (Math.abs((site >> 1) - 6) < 2 ? 100 : 0);
    const withFar = (site: number) => (site === 0 ? 50 : near(site));
    const wide = { ...options, siteRange: 24 };
    expect(measureSpread(mean(withFar), samples, peak, sites, wide).spread).toBe(measureSpread(mean(near), samples, peak, sites, wide).spread);
  });

  it('looks at the larger of two columns that are equally near, with compat at the last', () => {
    const three = { x: Float64Array.from([0, 32, 64]), y: Float64Array.from([20, 0, 20]) };
    const values = new Float64Array(3 * samples);
    [60, 100, 6].forEach((depth, site) => { values[site * samples + 5] = -depth; }); // the left one is larger
    const narrow = { ...options, siteRange: 2, threshold: 0.5 };
    expect(measureSpread(values, samples, 1, three, narrow).spread).toBe(20);
    expect(measureSpread(values, samples, 1, three, { ...narrow, compat: true }).spread).toBe(0);
  });
});
