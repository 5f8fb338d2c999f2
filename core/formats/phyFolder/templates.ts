// The sorter's templates: reading them, and undoing the whitening.

import { InputFileError } from '../../common/index.ts';
import { npyNumbers, readNpy } from '../npy.ts';

export interface Templates {
  /** [count x samples x channels], whitened, NaN replaced by 0, without the padding. */
  readonly data: Float32Array;
  readonly count: number;
  readonly samples: number;
  readonly channels: number;
  /** Samples of zeros that preceded every template in the file and were dropped. */
  readonly padding: number;
}

/**
 * `templateThenInverse`: T W^-1, the proper one for templates whose rows are samples. `inverseThenTemplate`: W^-1 T',
 * which the reference uses in one place; the two differ where the whitening is not symmetric.
 */
export type Unwhitening = 'templateThenInverse' | 'inverseThenTemplate';

/** With `compat` the padding ends at the last sample, not the first, where all templates add up to zero. */
export async function readTemplates(file: string, options: { compat: boolean }): Promise<Templates> {
  const array = await readNpy(file);
  if (array.shape.length !== 3) throw new InputFileError(file, `has the shape (${array.shape.join(', ')}) instead of (templates, samples, channels)`);
  const [count, samples, channels] = array.shape;
  const data = array.data instanceof Float32Array && !array.fortranOrder ? array.data : Float32Array.from(npyNumbers(array));
  replaceUndefined(data);
  const whole = { data, count, samples, channels, padding: 0 };
  return withoutPadding(whole, options.compat ? lastZeroSample(whole) : leadingZeros(whole));
}

/** A template [samples x channels] in the sorter's units without whitening. `inverse`: [channels x channels]. */
export function unwhitenedTemplate({ data, samples, channels }: Templates, inverse: Float64Array, index: number, order: Unwhitening = 'templateThenInverse'): Float64Array {
  const result = new Float64Array(samples * channels);
  const from = index * samples * channels;
  for (let t = 0; t < samples; t++) {
    const row = result.subarray(t * channels, (t + 1) * channels);
    for (let c = 0; c < channels; c++) {
      const value = data[from + t * channels + c];
      if (value === 0) continue; // templates are zero on most channels
      if (order === 'templateThenInverse') for (let out = 0; out < channels; out++) row[out] += value * inverse[c * channels + out];
      else for (let out = 0; out < channels; out++) row[out] += value * inverse[out * channels + c];
    }
  }
  return result;
}

/**
 * Per template: the channel (row of channel_map) where it reaches farthest from its lowest to its highest value; the first
 * of equals. `inverseThenTemplate` takes the padding as part of the template, as the reference does there.
 */
export function peakSites(templates: Templates, inverse: Float64Array, order: Unwhitening = 'templateThenInverse'): Int32Array {
  const withZero = order === 'inverseThenTemplate' && templates.padding > 0;
  return Int32Array.from({ length: templates.count }, (_, index) => widestChannel(unwhitenedTemplate(templates, inverse, index, order), templates, withZero));
}

/** The column of `waveform` [samples x channels] with the largest range. */
function widestChannel(waveform: Float64Array, { samples, channels }: Templates, withZero: boolean): number {
  let widest = 0;
  let range = -Infinity;
  for (let c = 0; c < channels; c++) {
    let lowest = withZero ? 0 : Infinity;
    let highest = withZero ? 0 : -Infinity;
    for (let t = 0; t < samples; t++) {
      const value = waveform[t * channels + c];
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    if (highest - lowest > range) {
      range = highest - lowest;
      widest = c;
    }
  }
  return widest;
}

const largestFloat32 = 3.4028234663852886e38;

function replaceUndefined(data: Float32Array): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (Number.isFinite(value)) continue;
    data[i] = Number.isNaN(value) ? 0 : Math.sign(value) * largestFloat32;
  }
}

function leadingZeros({ data, count, samples, channels }: Templates): number {
  for (let t = 0; t < samples; t++) {
    for (let k = 0; k < count; k++) {
      const start = (k * samples + t) * channels;
      for (let at = start; at < start + channels; at++) if (data[at] !== 0) return t;
    }
  }
  return 0;
}

function lastZeroSample({ data, count, samples, channels }: Templates): number {
  for (let t = samples - 1; t > 0; t--) {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const start = (k * samples + t) * channels;
      for (let at = start; at < start + channels; at++) sum += data[at];
    }
    if (sum === 0) return t + 1;
  }
  return 0;
}

function withoutPadding(templates: Templates, padding: number): Templates {
  if (padding === 0) return templates;
  const { count, samples, channels, data } = templates;
  const kept = samples - padding;
  const result = new Float32Array(count * kept * channels);
  for (let k = 0; k < count; k++) result.set(data.subarray((k * samples + padding) * channels, (k + 1) * samples * channels), k * kept * channels);
  return { data: result, count, samples: kept, channels, padding };
}
