// How the channels of a probe differ from one another, whichever of them are saved: noise, gain for what is common, dead
// and noisy ones. And how the noise level changes with time.

import type { ProbeWorld } from './probeWorld.ts';
import { gaussianAt, randomKey } from './random.ts';
import { addSmoothNoise } from './smoothNoise.ts';

export interface ChannelTraits {
  /** Per acquired AP channel: standard deviation of the amplifier's noise, uV. */
  readonly whiteUv: Float64Array;
  /** Per acquired AP channel: how strongly it sees common signals. */
  readonly commonGain: Float64Array;
  /** Per acquired AP channel: 1 when nothing but noise comes from it. */
  readonly silent: Uint8Array;
  /** Factor of the noise at a true time. */
  level(time: number): number;
}

export function channelTraits(world: ProbeWorld, seed: number): ChannelTraits {
  const { facts, dead, noisy, index } = world;
  const { whiteUv, wander } = world.description.noise;
  const noiseKey = randomKey(seed, 'channel noise', index);
  const gainKey = randomKey(seed, 'channel gain', index);
  const wanderKey = randomKey(seed, 'wander', index);
  const one = new Float32Array(1);
  const perChannel = (value: (channel: number) => number) => Float64Array.from({ length: facts.acqAp }, (_, channel) => value(channel));
  return {
    whiteUv: perChannel((channel) => whiteUv * factorOf(channel) * (1 + 0.12 * gaussianAt(noiseKey, channel))),
    commonGain: perChannel((channel) => (1 + 0.05 * gaussianAt(gainKey, channel)) * (isInAir(channel) ? shareInAir : 1)),
    silent: Uint8Array.from({ length: facts.acqAp }, (_, channel) => Number(dead.has(channel))),
    level(time) {
      one[0] = 0;
      addSmoothNoise(one, 1, time / secondsPerStep, 0, wanderKey, wander);
      return 1 + Math.max(-0.8, one[0]);
    },
  };

  function isInAir(channel: number): boolean {
    return world.description.aboveSurface === 'air' && world.sites[channel]!.y > world.surfaceY;
  }

  function factorOf(channel: number): number {
    if (dead.has(channel)) return 0.1;
    return noisy.has(channel) ? 6 : 1;
  }
}

const secondsPerStep = 7;
const shareInAir = 0.05;
