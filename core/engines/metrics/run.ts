// Quality metrics of all units of a sorting.

import { type EngineContext, inOrder } from '../../common/index.ts';
import type { PcFeatures } from '../../formats/phyFolder/index.ts';
import type { Chosen } from './features/choose.ts';
import type { FeatureTable } from './features/gather.ts';
import { featureBlocks, type FeaturePass, peakChannels } from './features/pass.ts';
import type { Figure } from './figure.ts';
import type { MetricOptions } from './options.ts';
import type { Units } from './spikes.ts';
import { metricKeys, metricTable, type MetricTable, referenceTable } from './table.ts';
import type { FeatureTask } from './features/measure.ts';
import type { SilhouetteTask, Sorting } from './tasks.ts';
import type { Session } from './trains/firing.ts';
import type { Figures, TrainTask } from './trains/measure.ts';

/** Reads a sorter's folder in a worker, onto shared memory. Throws InputFileError. */
export function loadSorting(folder: string, { pool, signal }: EngineContext): Promise<Sorting> {
  return pool.run<Sorting>('metrics.load', { folder }, { signal });
}

/** Bytes of features kept in memory, whatever the length of the recording. */
const tableBytes = 400e6;
/** Tasks units are divided into: enough to keep many workers busy, few enough to cost nothing. */
const unitTasks = 48;

/** The result does not depend on the number of workers. */
export async function runMetrics(sorting: Sorting, options: MetricOptions, context: EngineContext): Promise<MetricTable> {
  const { pool, signal } = context;
  const { spikes } = sorting;
  const units = await pool.run<Units>('metrics.group', spikes, { signal });
  context.log(`units: ${units.ids.length}, spikes: ${spikes.times.length}`);
  const session: Session = { first: units.first / options.sampleRate, last: units.last / options.sampleRate };
  const trains = measureAllTrains({ spikes, units, session, options }, context);
  const isolation = options.featureMetrics ? measureAllFeatures(sorting, units, session, options, context) : undefined;
  trains.catch(() => undefined); // awaited below, after the other
  const featureFigures = (await isolation) ?? Array.from(units.ids, (): Figures => ({}));
  const trainFigures = await trains;
  const figures = trainFigures.map((figure, unit) => ({ ...figure, ...featureFigures[unit] }));
  return options.compat ? referenceTable(units.ids, figures, options) : metricTable(units.ids, figures, metricKeys(options));
}

async function measureAllTrains(work: Omit<TrainTask, 'from' | 'to'> & { readonly units: Units }, context: EngineContext): Promise<Figures[]> {
  context.log('Calculating firing rate, presence, ISI violations, contamination, amplitude cutoff');
  if (work.options.ibl) context.log('Calculating sliding refractory period, noise cutoff');
  return perUnit('metrics.trains', work, context);
}

async function measureAllFeatures({ spikes, features, positions }: Sorting, units: Units, session: Session, options: MetricOptions, context: EngineContext): Promise<Figures[]> {
  if (!features) {
    const reason = 'the sorter left no pc_features.npy';
    return Array.from(units.ids, () => Object.fromEntries(featureKeys.map((key) => [key, reason])));
  }
  const { pool, signal } = context;
  const chosen = await pool.run<Chosen>('metrics.choose', {
    clusters: spikes.clusters, units, options: { mostRows: Math.floor(tableBytes / rowBytes(features)), silhouetteSpikes: options.silhouetteSpikes, seed: options.seed },
  }, { signal });
  const table = new Float32Array(new SharedArrayBuffer(chosen.spikes.length * rowBytes(features)));
  const spikeDepths = new Float64Array(new SharedArrayBuffer(8 * spikes.times.length));
  const depths = positions.filter((_, i) => i % 2 === 1);
  const peaks = await passAll({ source: features, spikes, units, depths, chosen, table, spikeDepths }, spikes.times.length, context);

  context.log('Calculating PC-based metrics, silhouette score, drift metrics');
  const featureTable: FeatureTable = { source: features, chosen, table, templates: spikes.templates };
  const silhouette = pool.run<Figure[]>('metrics.silhouette', { features: featureTable, clusters: spikes.clusters, ids: units.ids, compat: options.compat } satisfies SilhouetteTask, { signal });
  silhouette.catch(() => undefined);
  const figures = await perUnit('metrics.features', { spikes, units, features: featureTable, sites: { positions, peaks }, spikeDepths, session, options } satisfies Omit<FeatureTask, 'from' | 'to'>, context);
  const scores = await silhouette;
  return figures.map((figure, unit) => ({ ...figure, silhouette_score: scores[unit] }));
}

const featureKeys = ['isolation_distance', 'l_ratio', 'd_prime', 'nn_hit_rate', 'nn_miss_rate', 'silhouette_score', 'max_drift', 'cumulative_drift'] as const;

/** Of a row of the table, which holds 32-bit decimals. */
function rowBytes({ components, features }: PcFeatures): number {
  return 4 * components * features;
}

/** Fills the pass's shared arrays; returns the units' peak channels. */
async function passAll(pass: FeaturePass, spikes: number, { pool, signal, log, progress }: EngineContext): Promise<Int32Array> {
  log('Reading PC features');
  const blocks = featureBlocks(pass, spikes);
  const sums = new Float64Array(pass.units.ids.length * pass.source.features);
  await inOrder(blocks.length, 2 * pool.size, (k) => pool.run<Float64Array>('metrics.pass', blocks[k], { signal }), (block, k) => {
    block.forEach((sum, i) => { sums[i] += sum; });
    progress?.({ label: 'PC features', done: k + 1, total: blocks.length });
  });
  return peakChannels(pass, sums);
}

/** Runs a task over all units, in groups of about the same number of spikes. */
async function perUnit<Work extends { readonly units: Units }>(task: 'metrics.trains' | 'metrics.features', work: Work, { pool, signal, progress }: EngineContext): Promise<Figures[]> {
  const bounds = evenGroups(work.units.starts, unitTasks);
  const figures: Figures[] = [];
  await inOrder(bounds.length - 1, 2 * pool.size, (k) => pool.run<Figures[]>(task, { ...work, from: bounds[k], to: bounds[k + 1] }, { signal }), (group, k) => {
    figures.push(...group);
    progress?.({ label: task === 'metrics.trains' ? 'spike trains' : 'features', done: k + 1, total: bounds.length - 1 });
  });
  return figures;
}

/** First units of at most `groups` groups, and the end. */
function evenGroups(starts: Uint32Array, groups: number): number[] {
  const units = starts.length - 1;
  const bounds = [0];
  for (let unit = 1; unit <= units; unit++) {
    if (unit === units || starts[unit] >= (starts[units] * bounds.length) / groups) bounds.push(unit);
  }
  return bounds;
}
