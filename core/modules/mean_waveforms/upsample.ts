// Sampling a waveform more finely, as a periodic signal without frequencies above those it has.

/**
 * The weights [length x samples] of the samples of a waveform in each sample of the finer one: the Fourier interpolation
 * of scipy.signal.resample. Both begin at the same time; `length` must not be below `samples`.
 */
export function upsamplingWeights(samples: number, length: number): Float64Array {
  const weights = new Float64Array(length * samples);
  for (let m = 0; m < length; m++) {
    for (let n = 0; n < samples; n++) weights[m * samples + n] = interpolation(m / length - n / samples, samples);
  }
  return weights;
}

/** The period is 1: the sum of all `samples` harmonics, the highest of an even number counted half on each side. */
function interpolation(distance: number, samples: number): number {
  let sum = 1;
  for (let k = 1; k < samples / 2; k++) sum += 2 * Math.cos(2 * Math.PI * k * distance);
  if (samples % 2 === 0) sum += Math.cos(Math.PI * samples * distance);
  return sum / samples;
}

export function upsample(waveform: Float64Array, weights: Float64Array): Float64Array {
  const samples = waveform.length;
  const finer = new Float64Array(weights.length / samples);
  for (let m = 0; m < finer.length; m++) {
    let sum = 0;
    for (let n = 0; n < samples; n++) sum += weights[m * samples + n] * waveform[n];
    finer[m] = sum;
  }
  return finer;
}
