// The table of units: plain facts from the spikes and templates, metrics from the tables beside them, labels.

import fs from 'node:fs/promises';
import path from 'node:path';
import { metrics as registry } from '../../engines/metrics/index.ts';
import { modalTemplates, nextVersion, numbered, peakSites, readClusterTable, readCsv, type TextTable } from '../../formats/phyFolder/index.ts';
import { loadFolder, type LoadedFolder } from './loaded.ts';

export interface UnitFacts {
  readonly ids: Int32Array;
  readonly columns: readonly UnitColumnFacts[];
  readonly values: Readonly<Record<string, Float64Array>>;
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

export interface UnitColumnFacts {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  readonly help: string;
  readonly good: string;
  readonly log: boolean;
  readonly version: number;
  readonly aliases: readonly string[];
  readonly undefinedBecause: string;
}

const fact = (key: string, title: string, unit: string, help: string, aliases: readonly string[], log = false): UnitColumnFacts => (
  { key, title, unit, help, good: 'Any.', log, version: 0, aliases, undefinedBecause: 'not told by the folder' });

const plainFacts: readonly UnitColumnFacts[] = [
  fact('ch', 'Channel', '', 'Column of the recording where the template is largest.', ['channel', 'peak_channel_template']),
  fact('shank', 'Shank', '', 'Shank of that channel.', ['sh']),
  fact('depth', 'Depth', 'um', 'Height of that channel above the tip.', ['z']),
  fact('n_spikes', 'Spikes', '', 'Number of spikes.', ['spikes'], true),
];

/** Columns that are texts or repeat others. */
const notNumbers = new Set(['cluster_id', 'peak_channel']);

export async function unitTable({ folder }: { readonly folder: string }): Promise<UnitFacts> {
  const loaded = await loadFolder(folder);
  const ids = loaded.phy.clusterIds;
  const tables = (await Promise.all(['metrics.csv', 'waveform_metrics.csv'].map((name) => newestTable(path.join(folder, name))))).filter((table) => table !== undefined);
  const measured = tables.flatMap((table) => measuredColumns(table, ids));
  const first = measured.filter(({ column }, index) => measured.findIndex((other) => other.column.key === column.key) === index);
  return {
    ids,
    columns: [...plainFacts, ...first.map(({ column }) => column)],
    values: { ...factsOf(loaded), ...Object.fromEntries(first.map(({ column, values }) => [column.key, values])) },
    labels: await labelsOf(folder, ids),
  };
}

/** Of name.csv, name_1.csv ... the one made last. */
async function newestTable(file: string): Promise<TextTable | undefined> {
  const next = await nextVersion(file);
  return next === 0 ? undefined : readCsv(numbered(file, next - 1));
}

function measuredColumns(table: TextTable, ids: Int32Array): { readonly column: UnitColumnFacts; readonly values: Float64Array }[] {
  const idColumn = table.header.indexOf('cluster_id');
  if (idColumn < 0) return [];
  const rowOf = new Map(table.rows.map((row) => [Number(row[idColumn]), row]));
  return table.header.flatMap((key, index) => {
    const cells = [...ids].map((id) => rowOf.get(id)?.[index] ?? '');
    const values = Float64Array.from(cells, (cell) => (cell.trim() === '' ? NaN : Number(cell)));
    const isText = cells.some((cell, row) => cell.trim() !== '' && Number.isNaN(values[row]) && !/^-?nan$/i.test(cell));
    return notNumbers.has(key) || key.startsWith('epoch_name') || isText ? [] : [{ column: columnOf(key), values }];
  });
}

function columnOf(key: string): UnitColumnFacts {
  const metric = registry.find((each) => each.key === key || (each.aliases as readonly string[]).includes(key));
  if (!metric) return { ...fact(key, key, '', 'A column of the table of metrics that Aftergate did not make.', []), good: 'Not known.' };
  const { title, unit, help, good, log, version, aliases } = metric;
  return { key, title, unit, help, good, log, version, aliases, undefinedBecause: 'the unit has too few spikes, no neighbours or no features for it' };
}

function factsOf({ phy, groups }: LoadedFolder): Record<string, Float64Array> {
  const modal = modalTemplates(groups, phy.templateIds, phy.templates.count);
  const sites = peakSites(phy.templates, phy.whiteningInverse);
  const siteOf = (id: number) => (modal[id] >= 0 ? sites[modal[id]] : -1);
  const perUnit = (value: (id: number) => number) => Float64Array.from(phy.clusterIds, value);
  return {
    ch: perUnit((id) => phy.channelMap[siteOf(id)] ?? NaN),
    shank: perUnit((id) => phy.shanks?.[siteOf(id)] ?? NaN),
    depth: perUnit((id) => phy.positions[siteOf(id) * 2 + 1] ?? NaN),
    n_spikes: perUnit((id) => groups.first[id + 1] - groups.first[id]),
  };
}

/** Every cluster_<set>.tsv that holds words. `group` comes first, even when it is empty. */
async function labelsOf(folder: string, ids: Int32Array): Promise<Record<string, readonly string[]>> {
  const names = (await fs.readdir(folder)).flatMap((name) => /^cluster_(.+)\.tsv$/.exec(name)?.[1] ?? []).filter((name) => name !== 'group').sort();
  const labels: Record<string, readonly string[]> = {};
  for (const name of ['group', ...names]) {
    const rows = (await readClusterTable(folder, name))?.rows ?? [];
    const valueOf = new Map(rows.map(({ cluster, value }) => [cluster, value]));
    const texts = [...ids].map((id) => valueOf.get(id) ?? '');
    const areWords = texts.some((text) => text !== '' && Number.isNaN(Number(text)));
    if (name === 'group' || areWords) labels[name] = texts;
  }
  return labels;
}

