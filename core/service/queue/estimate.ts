// What a step will probably take: from the speeds measured on this computer, kept in the profile in MB of input a second by
// module, or from what is usual.

import fs from 'node:fs/promises';
import { type Step, usualSeconds } from '../../execution/index.ts';
import { isObject } from '../../modules/record/index.ts';
import type { Profile } from '../house/index.ts';

export type Speeds = Readonly<Record<string, number>>;

const isSpeeds = (value: unknown): value is Speeds => isObject(value) && Object.values(value).every((speed) => typeof speed === 'number' && speed > 0);

export function speedsOf(profile: Profile): Speeds {
  return profile.get('speeds', isSpeeds) ?? {};
}

/** Bytes of the recording a step reads; of a file that is not made yet, what it will have. */
export async function inputBytes({ inputs, input, seconds }: Step): Promise<number> {
  const binaries = inputs.filter((file) => file.endsWith('.bin'));
  const sizes = await Promise.all(binaries.map((file) => fs.stat(file).then(({ size }) => size, () => undefined)));
  if (sizes.every((size) => size !== undefined)) return sizes.reduce((sum, size) => sum + size, 0);
  const ephys = isObject(input.ephys_params) ? input.ephys_params : {};
  const { num_channels: channels, sample_rate: rate } = ephys;
  return typeof channels === 'number' && typeof rate === 'number' ? 2 * channels * rate * seconds : 0;
}

export function expectedSeconds(step: Pick<Step, 'module' | 'seconds'>, input_B: number, speeds: Speeds): number {
  const speed = speeds[step.module];
  return speed !== undefined && input_B > 0 ? input_B / 1e6 / speed : usualSeconds(step);
}

/** Long steps tell more than short ones, in which starting takes most of the time. */
export async function learnSpeed(profile: Profile, module: string, input_B: number, took_s: number): Promise<void> {
  if (input_B <= 0 || took_s <= 0) return;
  const speeds = speedsOf(profile);
  const measured = input_B / 1e6 / took_s;
  const old = speeds[module] ?? measured;
  const weight = Math.min(0.5, Math.max(0.05, took_s / 120));
  await profile.set('speeds', { ...speeds, [module]: old + (measured - old) * weight });
}
