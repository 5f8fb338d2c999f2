import { describe, expect, it } from 'vitest';
import { bandPassSections, filterBothWays } from '../../../../core/modules/kilosort_helper/bandPass.ts';
import { loudness, loudnessFilter, noiseChannels, runningMedian } from '../../../../core/modules/kilosort_helper/noiseChannels.ts';

describe('the band-pass', () => {
  const samples = Float64Array.from({ length: 40 }, (_, k) => 100 * Math.sin(0.7 * k) + 50 + 3 * k + 20 * ((k * 7919) % 13));
  const places = [0, 1, 20, 38, 39];

  it('gives the numbers of scipy', () => {
    // scipy 1.17.1: sosfiltfilt(butter(3, [10, corner] / nyquist, 'band', output='sos'), samples, padlen=21)[places]
    const at30k = filterBothWays(bandPassSections(10, 10000, 30000), samples);
    [-19.444074133514235, 83.84097622699045, 182.84920736915146, 363.57125016267594, 145.08799409901795].forEach((value, index) => expect(at30k[places[index]]).toBeCloseTo(value, 8));
    const at2500 = filterBothWays(loudnessFilter(2500), samples); // upper corner 0.99 of 1250 Hz
    [-32.18238668960137, 69.5352219438322, 74.36830938193815, 287.2618293780321, 62.324189466531934].forEach((value, index) => expect(at2500[places[index]]).toBeCloseTo(value, 8));
  });

  it('lets the band through where it was, and nothing of a level', () => {
    const rate = 30000;
    const sine = (frequency: number) => Float64Array.from({ length: rate }, (_, k) => 1000 + Math.sin((2 * Math.PI * frequency * k) / rate));
    const size = (frequency: number) => {
      const middle = filterBothWays(bandPassSections(10, 10000, rate), sine(frequency)).subarray(9000, 21000);
      return Math.sqrt((2 * middle.reduce((sum, value) => sum + value ** 2, 0)) / middle.length);
    };
    expect(size(500)).toBeCloseTo(1, 4);
    expect(size(10000)).toBeCloseTo(0.5, 3); // -3 dB each way
    expect(size(10)).toBeCloseTo(0.5, 2);
    expect(size(0)).toBeLessThan(1e-4);
  });

  it('wants more samples than it needs to continue them', () => {
    expect(() => filterBothWays(bandPassSections(10, 10000, 30000), new Float64Array(21))).toThrow(/more than 21/);
  });
});

describe('noise channels', () => {
  it('are measured in microvolts', () => {
    const sine = Int16Array.from({ length: 30000 }, (_, k) => Math.round(1000 * Math.sin((2 * Math.PI * 300 * k) / 30000)));
    const level = loudness(loudnessFilter(30000), sine, 2.34375);
    expect(level / ((2.34375 * 1000) / Math.SQRT2)).toBeCloseTo(1, 1); // but for the edges
  });

  it('are louder than the median of the eleven around them', () => {
    // scipy.signal.medfilt([1, 5, 2, 8, 3, 9, 4, 7, 6, 10, 12, 11], 11)
    expect([...runningMedian([1, 5, 2, 8, 3, 9, 4, 7, 6, 10, 12, 11], 11)]).toEqual([1, 2, 3, 4, 5, 6, 7, 7, 7, 6, 6, 4]);
    const levels = new Float64Array(24).fill(10);
    levels[7] = 30;
    levels[20] = 29.9;
    expect(noiseChannels(levels, 20)).toEqual([7]);
  });

  it('take silence beyond the ends, as the reference does: loud probes lose their last channels only when these stand out', () => {
    expect(noiseChannels(new Float64Array(12).fill(50), 20)).toEqual([]);
    expect(noiseChannels([50, 50, 50], 20)).toEqual([0, 1, 2]);
  });
});
