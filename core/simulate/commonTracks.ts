// What all channels of a probe see at once: mains hum, common-mode noise, artefacts. One track per row of the multiplex
// table, because the channels of row g are converted g/D of a sample later.

import type { Artefact } from './artefacts.ts';
import { addArtefacts } from './artefacts.ts';
import type { Clock } from './clock.ts';
import type { NoiseDescription } from './probeDescription.ts';
import type { RandomKey } from './random.ts';
import { addSmoothNoise } from './smoothNoise.ts';

export interface CommonSetting {
  readonly noise: NoiseDescription;
  readonly clock: Clock;
  /** Rows of the multiplex table and the fractions a sample is divided into. */
  readonly rows: number;
  readonly divisor: number;
  /** True for amplifiers that pass what is below 300 Hz. */
  readonly lowFrequencies: boolean;
  /** Samples of this stream per lattice step of the common noise. */
  readonly noiseStep: number;
  readonly key: RandomKey;
  readonly artefacts: readonly Artefact[];
}

/** Adds the tracks of samples first .. first + count - 1 to `into`, row after row. */
export function fillCommonTracks(into: Float32Array, setting: CommonSetting, first: number, count: number): void {
  const { noise, clock, rows, divisor } = setting;
  into.fill(0);
  const start = clock.timeAt(first);
  const step = (clock.timeAt(first + count) - start) / count;
  const near = setting.artefacts.filter(({ time, tauS }) => time < start + (count + 1) * step && time + 12 * tauS > start);
  // A first-order 300 Hz high pass lets a sixth of a 50 Hz hum through.
  const hum = setting.lowFrequencies ? noise.lineUv : noise.lineUv / 6;
  for (let row = 0; row < rows; row++) {
    const track = into.subarray(row * count, (row + 1) * count);
    const lag = row / divisor;
    const time = start + lag * step;
    addHum(track, count, time, step, noise.lineHz, hum);
    addHum(track, count, time, step, 3 * noise.lineHz, hum / 3);
    addSmoothNoise(track, count, (first + lag) / setting.noiseStep, 1 / setting.noiseStep, setting.key, noise.commonUv);
    addArtefacts(track, count, time, step, near, setting.lowFrequencies);
  }
}

/** A sine, by rotation: exact at the start of the block, good to 1e-10 over it. */
function addHum(into: Float32Array, count: number, start: number, step: number, hz: number, amplitude: number): void {
  if (amplitude === 0) return;
  const phase = 2 * Math.PI * ((hz * start) % 1);
  const turn = 2 * Math.PI * hz * step;
  const cosine = Math.cos(turn);
  const sine = Math.sin(turn);
  let x = amplitude * Math.cos(phase);
  let y = amplitude * Math.sin(phase);
  for (let i = 0; i < count; i++) {
    into[i] = into[i]! + y;
    const next = x * cosine - y * sine;
    y = x * sine + y * cosine;
    x = next;
  }
}
