// Steep transients that all channels see at once, such as a lick, a stimulation or a static discharge: what gfix is for.

import type { RunDescription } from './description.ts';
import { randomStream } from './random.ts';

export interface Artefact {
  /** True time of the onset, s. */
  readonly time: number;
  /** Signed size at the electrode, uV. */
  readonly microvolts: number;
  readonly tauS: number;
}

/** Stated and drawn artefacts up to `seconds`, ascending. */
export function drawArtefacts(run: RunDescription, seconds: number): Artefact[] {
  const { atS, perMinute, amplitudeMv, tauMs } = run.artefacts;
  const random = randomStream(run.seed, 'artefact times');
  const times = [...atS];
  if (perMinute > 0) for (let time = 60 * (random.exponential() / perMinute); time < seconds; time += 60 * (random.exponential() / perMinute)) times.push(time);
  return times.sort((a, b) => a - b).map((time, index) => {
    const own = randomStream(run.seed, 'artefact', index);
    const sign = own.uniform() < 0.5 ? -1 : 1;
    return { time, microvolts: sign * 1000 * amplitudeMv * (0.8 + 0.4 * own.uniform()), tauS: (tauMs / 1000) * (0.8 + 0.4 * own.uniform()) };
  });
}

/**
 * Adds the artefacts to samples taken at start, start + step, ... (s). Amplifiers that pass low frequencies show a decay,
 * those that do not an undershoot with no area.
 */
export function addArtefacts(into: Float32Array, count: number, start: number, step: number, artefacts: readonly Artefact[], lowFrequencies: boolean): void {
  for (const { time, microvolts, tauS } of artefacts) {
    const first = Math.max(0, Math.ceil((time - start) / step));
    const end = Math.min(count, Math.ceil((time + 12 * tauS - start) / step));
    for (let i = first; i < end; i++) {
      const since = start + i * step - time;
      const decay = Math.exp(-since / tauS);
      const rise = 1 - Math.exp(-since / riseS);
      into[i] = into[i]! + microvolts * rise * decay * (lowFrequencies ? 1 : 1 - since / tauS);
    }
  }
}

/** One and a half samples: steep enough for any slope threshold. */
const riseS = 5e-5;
