// The pool's tasks. Spikes, features and depths lie on shared memory; what is handed over otherwise is small.

import path from 'node:path';
import { openNpy, type PcFeatures, readPhyFolder } from '../../formats/phyFolder/index.ts';
import { type ChooseOptions, chooseSpikes, type Chosen } from './features/choose.ts';
import type { FeatureTable } from './features/gather.ts';
import { type FeatureTask, measureFeatures } from './features/measure.ts';
import { type FeatureBlock, passFeatures } from './features/pass.ts';
import { silhouetteScores } from './features/silhouette.ts';
import type { Figure } from './figure.ts';
import { groupByUnit, shareSpikes, type Spikes, type Units } from './spikes.ts';
import { type Figures, measureTrains, type TrainTask } from './trains/measure.ts';

/** What metrics need of a sorter's folder. */
export interface Sorting {
  readonly spikes: Spikes;
  /** Undefined when the sorter left none. */
  readonly features: PcFeatures | undefined;
  /** [channels x 2] um. */
  readonly positions: Float64Array;
  /** Whether amplitudes.npy is of 32-bit decimals. */
  readonly singlePrecisionAmplitudes: boolean;
  /** Of params.py, Hz. */
  readonly sampleRate: number | undefined;
}

export interface SilhouetteTask {
  readonly features: FeatureTable;
  readonly clusters: Int32Array;
  readonly ids: Int32Array;
  readonly compat: boolean;
}

async function load({ folder }: { readonly folder: string }): Promise<Sorting> {
  const { times, clusters, templateIds: templates, amplitudes, pcFeatures, positions, params } = await readPhyFolder(folder);
  const { dtype } = await openNpy(path.join(folder, 'amplitudes.npy'));
  return {
    spikes: shareSpikes({ times, clusters, templates, amplitudes }), features: pcFeatures, positions,
    singlePrecisionAmplitudes: dtype.endsWith('f4'), sampleRate: params.rate,
  };
}

export const tasks = {
  'metrics.load': load,
  'metrics.group': (spikes: Spikes): Units => groupByUnit(spikes),
  'metrics.trains': (task: TrainTask): Figures[] => measureTrains(task),
  'metrics.choose': (task: { clusters: Int32Array; units: Units; options: ChooseOptions }): Chosen => chooseSpikes(task.clusters, task.units, task.options),
  'metrics.pass': (block: FeatureBlock): Float64Array => passFeatures(block),
  'metrics.features': (task: FeatureTask): Figures[] => measureFeatures(task),
  'metrics.silhouette': ({ features, clusters, ids, compat }: SilhouetteTask): Figure[] => silhouetteScores(features, clusters, ids, compat),
};
