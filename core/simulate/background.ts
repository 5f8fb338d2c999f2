// The spiking of many far cells: band-limited noise that neighbouring sites share. Nodes stand along every shank at the
// noise's reach; a site hears the two nodes around it, with constant power in between.

import { blockSamples } from './blockSource.ts';
import type { BackgroundShare } from './blockSource.ts';
import type { ProbeWorld } from './probeWorld.ts';
import { addWhiteNoise, randomKey } from './random.ts';

export interface Background {
  prepare(block: number): void;
  /** What one column hears: near * below + far * above, uV. */
  at(column: number): BackgroundShare;
}

/** A low pass of about 5 kHz at 30 kHz, of unit power. */
const taps = normalized([0.35, 0.8, 1, 0.8, 0.35]);

export function makeBackground(world: ProbeWorld, seed: number): Background {
  const { backgroundUv, backgroundUm } = world.description.noise;
  const key = randomKey(seed, 'background', world.index);
  const nodes = new Map<number, Float32Array>();
  const raw = new Float32Array(blockSamples + taps.length - 1);
  const nodeOf = (shank: number, step: number) => {
    const name = shank * 100_000 + step;
    if (!nodes.has(name)) nodes.set(name, new Float32Array(blockSamples));
    return nodes.get(name)!;
  };
  const columns = world.saved.ap.map((channel) => {
    const { shank, y } = world.sites[channel]!;
    const step = Math.floor(y / backgroundUm);
    const angle = (Math.PI / 2) * (y / backgroundUm - step);
    const strength = y > world.surfaceY ? 0 : backgroundUv;
    return { below: nodeOf(shank, step), above: nodeOf(shank, step + 1), near: strength * Math.cos(angle), far: strength * Math.sin(angle) };
  });
  return {
    prepare(block) {
      if (backgroundUv === 0) return;
      for (const [name, track] of nodes) {
        raw.fill(0);
        addWhiteNoise(raw, raw.length, 1, key, name, block);
        smooth(raw, track);
      }
    },
    at: (column) => columns[column]!,
  };
}

function smooth(raw: Float32Array, track: Float32Array): void {
  const [a, b, c] = [taps[0]!, taps[1]!, taps[2]!];
  for (let i = 0; i < track.length; i++) track[i] = a * (raw[i]! + raw[i + 4]!) + b * (raw[i + 1]! + raw[i + 3]!) + c * raw[i + 2]!;
}

function normalized(values: readonly number[]): number[] {
  const power = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / power);
}
