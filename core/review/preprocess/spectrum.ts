// Power spectra of a moment, raw and after the chain: Welch's method, mean over channels.

import { openSource, type SourceRequest } from './source.ts';
import { chainWindow } from './window.ts';

export interface SpectrumRequest extends SourceRequest {
  readonly from_s: number;
  readonly len_s: number;
}

export interface Spectrum {
  readonly frequency_Hz: Float64Array;
  /** uV^2 / Hz. */
  readonly raw: Float64Array;
  readonly after: Float64Array;
  /** Channels the means are over. */
  readonly channels: number;
}

const POINTS = 2048;
/** Spread evenly over the used ones. */
const MOST_CHANNELS = 48;

export function spectrum(request: SpectrumRequest): Spectrum {
  const source = openSource(request);
  const { rate, scale, used, processing } = source;
  const window = chainWindow(source, Math.round(request.from_s * rate), Math.max(POINTS, Math.round(request.len_s * rate)));
  const all = used.flatMap((isUsed, column) => (isUsed ? [column] : []));
  const step = Math.max(1, Math.ceil(all.length / MOST_CHANNELS));
  const columns = all.filter((_, index) => index % step === 0);
  const of = (plane: Int16Array) => meanSpectrum(plane, columns, processing.chain.neural, window.count, scale, rate);
  return {
    frequency_Hz: Float64Array.from({ length: POINTS / 2 }, (_, bin) => ((bin + 1) * rate) / POINTS),
    raw: of(window.planes.raw),
    after: of(window.planes.final),
    channels: columns.length,
  };
}

function meanSpectrum(plane: Int16Array, columns: readonly number[], neural: number, count: number, scale: Float64Array, rate: number): Float64Array {
  const hann = Float64Array.from({ length: POINTS }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / POINTS));
  const weight = hann.reduce((sum, value) => sum + value * value, 0);
  const sum = new Float64Array(POINTS / 2);
  const [re, im] = [new Float64Array(POINTS), new Float64Array(POINTS)];
  let segments = 0;
  for (const column of columns) {
    for (let start = 0; start + POINTS <= count; start += POINTS / 2) {
      let mean = 0;
      for (let i = 0; i < POINTS; i++) mean += plane[(start + i) * neural + column] / POINTS;
      for (let i = 0; i < POINTS; i++) re[i] = (plane[(start + i) * neural + column] - mean) * scale[column] * hann[i];
      im.fill(0);
      transform(re, im);
      for (let bin = 1; bin <= POINTS / 2; bin++) sum[bin - 1] += re[bin] * re[bin] + im[bin] * im[bin];
      segments++;
    }
  }
  // One-sided: what lies at negative frequencies is counted too, except at half the rate.
  return sum.map((value, index) => (value * (index === POINTS / 2 - 1 ? 1 : 2)) / (Math.max(1, segments) * rate * weight));
}

/** In-place complex FFT; the length is a power of two. */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j], im[i], im[j]] = [re[j], re[i], im[j], im[i]];
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const [stepRe, stepIm] = [Math.cos((-2 * Math.PI) / size), Math.sin((-2 * Math.PI) / size)];
    for (let start = 0; start < n; start += size) {
      let [wRe, wIm] = [1, 0];
      for (let k = start; k < start + half; k++) {
        const [xRe, xIm] = [re[k + half] * wRe - im[k + half] * wIm, re[k + half] * wIm + im[k + half] * wRe];
        re[k + half] = re[k] - xRe;
        im[k + half] = im[k] - xIm;
        re[k] += xRe;
        im[k] += xIm;
        [wRe, wIm] = [wRe * stepRe - wIm * stepIm, wRe * stepIm + wIm * stepRe];
      }
    }
  }
}
