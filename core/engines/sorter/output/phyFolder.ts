// Writes the folder that phy and the reference modules read. Templates are unwhitened, in counts of the filtered trace,
// and the whitening matrices are identities: readers disagree on which side the inverse is multiplied from.

import path from 'node:path';
import { openOutputs } from '../../../common/index.ts';
import { encodeNpy } from '../../../formats/index.ts';
import type { TypedArray } from '../../../formats/index.ts';
import { lagReach, templateSet } from '../templates/crossCorrelation.ts';
import { peakToPeak, templateLength } from '../templates/template.ts';
import type { CleanUnits } from '../units/clean.ts';
import type { FinalPass } from '../units/finalPass.ts';
import { contamination, labelOf } from '../units/labels.ts';
import type { Stage } from '../units/matchPass.ts';
import { writeFeatures } from './pcFeatures.ts';
import { driftFiles } from './driftFiles.ts';

export interface SortedUnit {
  readonly id: number;
  readonly spikes: number;
  readonly label: 'good' | 'mua';
  /** Site index of its largest waveform. */
  readonly peakSite: number;
}

/** @returns what was written, unit by unit */
export async function writePhyFolder(stage: Stage, pass: FinalPass, clean: CleanUnits, featureFile: string): Promise<SortedUnit[]> {
  const { dest } = stage.settings;
  const outputs = openOutputs();
  const save = (name: string, data: TypedArray, shape: readonly number[], dtype?: string) => outputs.write(path.join(dest, name), encodeNpy(data, shape, { dtype }));
  const text = (name: string, content: string) => outputs.write(path.join(dest, name), content);
  try {
    const kept = orderOf(pass, clean);
    const columns = channelsOfUnits(stage, pass, clean);
    const units = await saveSpikes(stage, pass, clean, kept, save, text);
    await saveTemplates(stage, pass, clean, save);
    await saveProbe(stage, save);
    await save('pc_feature_ind.npy', Uint32Array.from(columns.flatMap((list) => Array.from(list))), [columns.length, columns[0].length]);
    await writeFeatures(await outputs.add(path.join(dest, 'pc_features.npy')), featureFile, stage, pass, clean, kept, columns);
    for (const file of driftFiles(stage)) await outputs.write(path.join(dest, file.name), file.content);
    await text('params.py', paramsText(stage));
    await text('dropped_units.tsv', ['template\tspikes\treason', ...clean.dropped.map((unit) => `${unit.template}\t${unit.spikes}\t${unit.reason}`), ''].join('\n'));
    await outputs.commit();
    return units;
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

type Save = (name: string, data: TypedArray, shape: readonly number[], dtype?: string) => Promise<void>;
type Text = (name: string, content: string) => Promise<void>;

/** Kept spikes by time, then unit. */
function orderOf(pass: FinalPass, clean: CleanUnits): Uint32Array {
  const { time } = pass.spikes;
  const kept = Uint32Array.from(clean.unitOf.keys()).filter((k) => clean.unitOf[k] >= 0);
  return kept.sort((a, b) => time[a] - time[b] || clean.unitOf[a] - clean.unitOf[b] || a - b);
}

/** Channels of every unit's PC features, strongest first; all lists are as long as the widest neighbourhood. */
function channelsOfUnits(stage: Stage, pass: FinalPass, clean: CleanUnits): Int32Array[] {
  const { sites } = stage.recording;
  const { metricsRadius } = stage.settings;
  const count = Math.max(...stage.around.map((list, site) => list.filter((other) => (sites.x[other] - sites.x[site]) ** 2 + (sites.y[other] - sites.y[site]) ** 2 <= metricsRadius ** 2).length));
  return clean.units.map(([template]) => {
    const { template: { peakSite }, filtered } = pass.units[template];
    const rowOf = new Map(Array.from(filtered.sites, (site, row) => [site, row]));
    const strength = (site: number) => peakToPeak(filtered, rowOf.get(site)!);
    return stage.around[peakSite].slice(0, count).sort((a, b) => strength(b) - strength(a) || a - b);
  });
}

async function saveSpikes(stage: Stage, pass: FinalPass, clean: CleanUnits, kept: Uint32Array, save: Save, text: Text): Promise<SortedUnit[]> {
  const { recording } = stage;
  const { spikes } = pass;
  const n = kept.length;
  const norms = clean.units.map(([template]) => Math.sqrt(pass.units[template].template.energy));
  await save('spike_times.npy', BigInt64Array.from(kept, (k) => BigInt(spikes.time[k])), [n]);
  for (const name of ['spike_clusters.npy', 'spike_templates.npy']) await save(name, Int32Array.from(kept, (k) => clean.unitOf[k]), [n]);
  await save('spike_detection_templates.npy', Int32Array.from(kept, (k) => spikes.unit[k]), [n]);
  await save('amplitudes.npy', Float32Array.from(kept, (k) => spikes.amplitude[k] * Math.sqrt(pass.units[spikes.unit[k]].template.energy)), [n]);
  const positions = new Float32Array(2 * n);
  kept.forEach((k, row) => positions.set([spikes.x[k], spikes.y[k]], 2 * row));
  await save('spike_positions.npy', positions, [n, 2]);
  await save('kept_spikes.npy', Uint8Array.from(clean.unitOf, (unit) => (unit >= 0 ? 1 : 0)), [spikes.count], '|b1');
  const times: number[][] = clean.units.map(() => []);
  for (const k of kept) times[clean.unitOf[k]].push(spikes.time[k]);
  const contaminated = times.map((list) => contamination(list, recording.rate, recording.samples / recording.rate));
  const labels = contaminated.map(labelOf);
  await text('cluster_Amplitude.tsv', table('Amplitude', norms.map((norm) => norm.toFixed(1))));
  await text('cluster_ContamPct.tsv', table('ContamPct', contaminated.map((share) => (100 * share).toFixed(1))));
  await text('cluster_KSLabel.tsv', table('KSLabel', labels));
  await text('cluster_group.tsv', table('group', labels));
  return clean.units.map(([template], id) => ({ id, spikes: times[id].length, label: labels[id], peakSite: pass.units[template].template.peakSite }));
}

const table = (name: string, values: readonly string[]): string => [`cluster_id\t${name}`, ...values.map((value, id) => `${id}\t${value}`), ''].join('\n');

async function saveTemplates(stage: Stage, pass: FinalPass, clean: CleanUnits, save: Save): Promise<void> {
  const { sites } = stage.recording;
  const count = clean.units.length;
  const values = new Float32Array(count * templateLength * sites.count);
  clean.units.forEach(([template], unit) => {
    const { filtered } = pass.units[template];
    filtered.sites.forEach((site, row) => {
      for (let t = 0; t < templateLength; t++) values[(unit * templateLength + t) * sites.count + site] = filtered.values[row * templateLength + t] / sites.microvolts[site];
    });
  });
  await save('templates.npy', values, [count, templateLength, sites.count]);
  await save('templates_ind.npy', BigInt64Array.from({ length: count * sites.count }, (_, k) => BigInt(k % sites.count)), [count, sites.count]);
  await save('similar_templates.npy', similarities(pass, clean), [count, count]);
}

/** Best correlation of whitened templates over lags, 0 for those that share no site. */
function similarities(pass: FinalPass, clean: CleanUnits): Float32Array {
  const templates = clean.units.map(([template]) => pass.units[template].template);
  const { overlaps, tables } = templateSet(templates);
  const count = templates.length;
  const result = new Float32Array(count * count);
  const lags = 2 * lagReach + 1;
  overlaps.forEach((list, u) => list.forEach((v, k) => {
    const best = tables[u].subarray(k * lags, (k + 1) * lags).reduce((most, value) => Math.max(most, value), 0);
    result[u * count + v] = u === v ? 1 : best / Math.sqrt(templates[u].energy * templates[v].energy);
  }));
  return result;
}

async function saveProbe(stage: Stage, save: Save): Promise<void> {
  const { sites } = stage.recording;
  const n = sites.count;
  const identity = new Float32Array(n * n);
  for (let k = 0; k < n; k++) identity[k * n + k] = 1;
  for (const name of ['whitening_mat.npy', 'whitening_mat_inv.npy', 'whitening_mat_dat.npy']) await save(name, identity, [n, n]);
  await save('channel_map.npy', sites.column, [n]);
  await save('channel_positions.npy', Float32Array.from({ length: 2 * n }, (_, k) => (k % 2 === 0 ? sites.x[k >> 1] : sites.y[k >> 1])), [n, 2]);
  await save('channel_shanks.npy', Float32Array.from(sites.shank), [n]);
}

function paramsText(stage: Stage): string {
  const { recording, settings } = stage;
  const relative = path.relative(path.resolve(settings.dest), path.resolve(recording.bin));
  const shown = (path.isAbsolute(relative) ? path.resolve(recording.bin) : relative).replaceAll('\\', '/');
  return [
    `dat_path = ${JSON.stringify(shown)}`,
    `n_channels_dat = ${recording.columns}`,
    "dtype = 'int16'",
    'offset = 0',
    `sample_rate = ${recording.rate}`,
    `hp_filtered = ${recording.highPassed ? 'True' : 'False'}`,
    '',
  ].join('\n');
}
