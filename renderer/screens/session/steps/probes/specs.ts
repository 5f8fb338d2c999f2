// The entries of run_specs as the probes step changes them: probes, OneBoxes and regions; what else stands in an entry is
// left as it is.

import type { RunSummary, SessionContent } from '../../../../../core/service/contract/index.ts';

/** [name, gates, triggers, probes, obx, regions] */
export type SpecEntry = readonly unknown[];

/** Of the whole probe; or of its shanks, shank 0 first, each of which is sorted by itself. */
export type ProbeRegion = string | readonly string[];

export interface ProbeUse {
  readonly probe: number;
  readonly region: ProbeRegion;
}

export interface RunUse {
  readonly run: string;
  readonly probes: readonly ProbeUse[];
  readonly obx: readonly number[];
}

export function specsOf(session: SessionContent): readonly SpecEntry[] {
  return Array.isArray(session.run_specs) ? (session.run_specs as unknown[]).filter((entry): entry is SpecEntry => Array.isArray(entry)) : [];
}

export function readUse(entry: SpecEntry): RunUse {
  const [run, , , probes, obx = '', regions = []] = entry;
  const list = typeof regions === 'string' ? (regions.trim() === '' ? [] : [regions]) : (regions as unknown[]);
  return { run: String(run), probes: indexes(probes).map((probe, index) => ({ probe, region: isRegion(list[index]) ? list[index] : 'default' })), obx: indexes(obx) };
}

function isRegion(value: unknown): value is ProbeRegion {
  return typeof value === 'string' || (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'));
}

/** The regions of a probe that is sorted apart: one for each of its shanks. */
export function perShank(region: ProbeRegion, shanks: number): string[] {
  return Array.from({ length: shanks }, (_, shank) => (typeof region === 'string' ? region : (region[shank] ?? 'default')));
}

/** Probes in ascending order, as CatGT takes them. */
export function withUse(entry: SpecEntry, { probes, obx }: Pick<RunUse, 'probes' | 'obx'>): SpecEntry {
  const sorted = [...probes].sort((a, b) => a.probe - b.probe);
  return [...entry.slice(0, 3), sorted.map(({ probe }) => probe).join(','), [...obx].sort((a, b) => a - b).join(','), sorted.map(({ region }) => region)];
}

export function withProbe(entry: SpecEntry, probe: number, isUsed: boolean, region: ProbeRegion): SpecEntry {
  const { probes, obx } = readUse(entry);
  const others = probes.filter((each) => each.probe !== probe);
  return withUse(entry, { obx, probes: isUsed ? [...others, { probe, region }] : others });
}

export function withObx(entry: SpecEntry, box: number, isUsed: boolean): SpecEntry {
  const { probes, obx } = readUse(entry);
  const others = obx.filter((each) => each !== box);
  return withUse(entry, { probes, obx: isUsed ? [...others, box] : others });
}

/** Every probe and shank in region `from` is in `to` from now on. */
export function withRegionMoved(entry: SpecEntry, from: string, to: string): SpecEntry {
  const use = readUse(entry);
  const moved = (region: string) => (region === from ? to : region);
  return use.probes.some(({ region }) => [region].flat().includes(from)) ? withUse(entry, { ...use, probes: use.probes.map(({ probe, region }) => ({ probe, region: typeof region === 'string' ? moved(region) : region.map(moved) })) }) : entry;
}

export interface ListedFile {
  readonly file: string;
  readonly region: string;
}

/** The files of a session that is a list of them: a path, [path, [region]] or {file, region}. */
export function filesOf({ file_list }: SessionContent): ListedFile[] {
  return (Array.isArray(file_list) ? (file_list as unknown[]) : []).map((entry) => {
    const { file: named, region: given } = (typeof entry === 'object' && !Array.isArray(entry) ? entry : {}) as { file?: unknown; region?: unknown };
    const [file, regions] = Array.isArray(entry) ? (entry as unknown[]) : [named ?? entry, given];
    const region = Array.isArray(regions) ? (regions as unknown[])[0] : regions;
    return { file: String(file), region: typeof region === 'string' ? region : 'default' };
  });
}

/** As the field's script has them. */
export const fileEntries = (files: readonly ListedFile[]): unknown[] => files.map(({ file, region }) => [file, [region]]);

/** What to patch so that everything in region `from` is in `to`. */
export function patchRegionMoved(session: SessionContent, from: string, to: string): Record<string, unknown> {
  if (session.file_list !== undefined) return { file_list: fileEntries(filesOf(session).map((each) => (each.region === from ? { ...each, region: to } : each))) };
  return { run_specs: specsOf(session).map((entry) => withRegionMoved(entry, from, to)) };
}

/** Probes by region, in words: "imec0", "imec1 shanks 0 1", with the run's name where there are several; of lists of files, the files' names. */
export function usersOfRegions(session: SessionContent): Record<string, string[]> {
  const entries = specsOf(session).map(readUse);
  const users: Record<string, string[]> = {};
  for (const { file, region } of filesOf(session)) (users[region] ??= []).push(file.split(/[\\/]/).at(-1)!);
  for (const { run, probes } of entries) {
    for (const { probe, region } of probes) {
      const name = entries.length > 1 ? `${run} imec${probe}` : `imec${probe}`;
      for (const each of new Set([region].flat())) (users[each] ??= []).push(typeof region === 'string' ? name : `${name} ${shankText(region.flatMap((of, shank) => (of === each ? [shank] : [])))}`);
    }
  }
  return Object.fromEntries(Object.entries(users).map(([region, places]) => [region, [...new Set(places)]]));
}

const shankText = (shanks: readonly number[]) => `shank${shanks.length === 1 ? '' : 's'} ${shanks.join(' ')}`;

/** The run an entry speaks of, if it is still known. */
export function runOf(entry: SpecEntry, runs: readonly RunSummary[]): RunSummary | undefined {
  const name = String(entry[0]).toLowerCase();
  return runs.find((run) => run.name.toLowerCase() === name);
}

/** `0,3`, `0:3`, [0, 3] or 0, as session files have them. */
function indexes(value: unknown): number[] {
  const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
  return text.split(/[,;]/).flatMap((item) => {
    const match = /^\s*(\d+)\s*(?::\s*(\d+)\s*)?$/.exec(item);
    if (!match) return [];
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => Math.min(from, to) + index);
  });
}
