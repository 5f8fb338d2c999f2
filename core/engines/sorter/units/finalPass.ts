// Matches the whole recording with the final templates. Spikes are held as numbers; their features go to a file.

import fs from 'node:fs';
import { outputFileError } from '../../../common/index.ts';
import { blockCount } from '../blocks.ts';
import { components } from '../noise/basis.ts';
import type { Template } from '../templates/template.ts';
import { matchBlocks } from './matchPass.ts';
import type { Stage } from './matchPass.ts';
import { Tally } from './unitTally.ts';
import type { UnitTally } from './unitTally.ts';
import { GrowingArray } from './growingArray.ts';
import { placeOf } from './place.ts';

/** Components that are written for every spike and site. */
export const writtenComponents = 3;

export interface FoundSpikes {
  readonly count: number;
  /** Samples, ascending within a block. */
  readonly time: Float64Array;
  readonly unit: Int32Array;
  readonly amplitude: Float32Array;
  readonly cosine: Float32Array;
  /** um, where the spike was seen. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface FinalPass {
  readonly spikes: FoundSpikes;
  readonly units: readonly UnitTally[];
  /** Sites of a spike's features in the file. */
  readonly featureSites: number;
}

/** @param featureFile receives [spike x featureSites x writtenComponents] float32 */
export async function matchEverything(stage: Stage, templates: readonly Template[], featureFile: string): Promise<FinalPass> {
  const blocks = Array.from({ length: blockCount(stage.recording.samples) }, (_, block) => block);
  const tally = new Tally(stage.recording.sites, templates, stage.around, 'filtered', stage.settings.seed);
  const time = new GrowingArray(Float64Array);
  const unit = new GrowingArray(Int32Array);
  const amplitude = new GrowingArray(Float32Array);
  const cosine = new GrowingArray(Float32Array);
  const x = new GrowingArray(Float32Array);
  const y = new GrowingArray(Float32Array);
  const around = templates.map((template) => stage.around[template.peakSite]);
  const featureSites = Math.max(...around.map((list) => list.length));
  const file = openForWriting(featureFile);
  try {
    await matchBlocks(stage, templates, blocks, 'filtered', (matched) => {
      tally.add(matched);
      time.append(matched.time);
      unit.append(matched.unit);
      amplitude.append(matched.amplitude);
      cosine.append(matched.measured.cosine);
      const places = Array.from(matched.unit, (u, k) => placeOf(stage.recording.sites, around[u], matched.measured.features, k * featureSites * components));
      x.append(Float32Array.from(places, (place) => place.x));
      y.append(Float32Array.from(places, (place, k) => place.y + matched.measured.displacement[k]));
      write(file, featureFile, firstComponents(matched.measured.features));
    });
  } finally {
    fs.closeSync(file);
  }
  const spikes = { count: time.length, time: time.take(), unit: unit.take(), amplitude: amplitude.take(), cosine: cosine.take(), x: x.take(), y: y.take() };
  return { spikes, units: tally.units(), featureSites };
}

function firstComponents(features: Float32Array): Float32Array {
  const count = features.length / components;
  const result = new Float32Array(count * writtenComponents);
  for (let k = 0; k < count; k++) for (let c = 0; c < writtenComponents; c++) result[k * writtenComponents + c] = features[k * components + c];
  return result;
}

function openForWriting(path: string): number {
  try {
    return fs.openSync(path, 'w');
  } catch (error) {
    throw outputFileError(path, error);
  }
}

function write(file: number, path: string, values: Float32Array): void {
  try {
    fs.writeSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  } catch (error) {
    throw outputFileError(path, error);
  }
}
