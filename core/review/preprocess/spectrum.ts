// Power spectra of a moment, raw and after the chain: Welch's method, mean over channels.

import { createWelch, welchFrequencies } from '../../signal/index.ts';
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
    frequency_Hz: welchFrequencies(POINTS, rate),
    raw: of(window.planes.raw),
    after: of(window.planes.final),
    channels: columns.length,
  };
}

function meanSpectrum(plane: Int16Array, columns: readonly number[], neural: number, count: number, scale: Float64Array, rate: number): Float64Array {
  const welch = createWelch(POINTS, rate);
  const values = new Float64Array(count);
  for (const column of columns) {
    for (let i = 0; i < count; i++) values[i] = plane[i * neural + column] * scale[column];
    welch.add(values);
  }
  return welch.density();
}
