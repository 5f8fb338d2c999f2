// All detected spikes of the recording, put together in block order.

import { inOrder } from '../../../common/index.ts';
import type { EngineContext } from '../../../common/index.ts';
import { blockCount, blockTasks } from '../blocks.ts';
import { components } from '../noise/basis.ts';
import type { Noise } from '../noise/noise.ts';
import type { SorterSettings } from '../options.ts';
import type { Recording } from '../recording.ts';
import { featureSites } from './detectTask.ts';
import type { Detected, DetectRequest } from './detectTask.ts';

export const componentsPerSpike = featureSites * components;

export interface Spikes {
  /** Samples. */
  readonly time: Float64Array;
  readonly site: Int16Array;
  /** um, where the spike was seen. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly height: Float32Array;
  /** Index of its features, -1 without. */
  readonly feature: Int32Array;
  readonly featuresOf: (spike: number) => Int16Array;
}

export async function detectSpikes(recording: Recording, noise: Noise, settings: SorterSettings, context: EngineContext): Promise<Spikes> {
  const tasks = blockTasks(recording.samples);
  const parts: Detected[] = [];
  const shared: Omit<DetectRequest, 'blocks'> = {
    recording,
    sigma: noise.sigma,
    threshold: settings.detectSigma,
    excludeSamples: Math.round(settings.excludeMs * 1e-3 * recording.rate),
    radius: settings.detectRadius,
    basis: noise.basis.shifted,
    featuresPerBlock: Math.ceil(settings.maxFeatures / blockCount(recording.samples)),
    seed: settings.seed,
  };
  await inOrder(tasks.length, 2 * context.pool.size, (k) => context.pool.run<Detected[]>('sorter.detect', { ...shared, blocks: tasks[k] }, { signal: context.signal }), (blocks, k) => {
    parts.push(...blocks);
    context.progress?.({ label: 'detecting', done: k + 1, total: tasks.length });
  });
  return together(parts);
}

function together(parts: readonly Detected[]): Spikes {
  const total = parts.reduce((sum, part) => sum + part.time.length, 0);
  const spikes = {
    time: new Float64Array(total), site: new Int16Array(total), x: new Float32Array(total), y: new Float32Array(total),
    height: new Float32Array(total), feature: new Int32Array(total).fill(-1),
  };
  const home: { part: Detected; first: number }[] = [];
  let at = 0;
  let features = 0;
  for (const part of parts) {
    spikes.time.set(part.time, at);
    spikes.site.set(part.site, at);
    spikes.x.set(part.x, at);
    spikes.y.set(part.y, at);
    spikes.height.set(part.height, at);
    home.push({ part, first: features });
    for (let k = 0; k < part.time.length; k++) if (part.kept[k]) spikes.feature[at + k] = features++;
    at += part.time.length;
  }
  return { ...spikes, featuresOf: (spike) => lookUp(home, spikes.feature[spike]) };
}

function lookUp(home: readonly { part: Detected; first: number }[], feature: number): Int16Array {
  let low = 0;
  let high = home.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (home[middle].first <= feature) low = middle;
    else high = middle - 1;
  }
  const start = (feature - home[low].first) * componentsPerSpike;
  return home[low].part.features.subarray(start, start + componentsPerSpike);
}
