import { describe, expect, it } from 'vitest';
import { inverseTransform, transform } from './fourier.ts';

const signal = Float64Array.from({ length: 64 }, (_, t) => ((t * 37) % 101) - 50);

describe('the Fourier transform of the oracle', () => {
  it('is the sum it stands for', () => {
    const re = signal.slice();
    const im = new Float64Array(64);
    transform(re, im);
    for (let k = 0; k < 64; k++) {
      const terms = Array.from(signal, (x, t) => ({ x, angle: (-2 * Math.PI * k * t) / 64 }));
      expect(re[k]).toBeCloseTo(terms.reduce((sum, { x, angle }) => sum + x * Math.cos(angle), 0), 9);
      expect(im[k]).toBeCloseTo(terms.reduce((sum, { x, angle }) => sum + x * Math.sin(angle), 0), 9);
    }
  });

  it('comes back through its inverse', () => {
    const re = signal.slice();
    const im = new Float64Array(64);
    transform(re, im);
    inverseTransform(re, im);
    signal.forEach((x, t) => expect(re[t]).toBeCloseTo(x, 11));
    im.forEach((x) => expect(x).toBeCloseTo(0, 11));
  });
});
