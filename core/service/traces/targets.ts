// From what the page names (a run, or an output folder) to files: the raw streams, the outputs under the user's folders,
// the clocks. Read once and kept for the requests that follow; `read` looks again.

import path from 'node:path';
import { type Clocks, eventLines, type EventLine, findOutputFolders, findOutputs, indexSpans, type OutputFolder, readClocks, readTarget, runOfFolder, type SpanIndex, spansOf, toReference, type TraceTarget } from '../../review/index.ts';
import { InputFileError } from '../../common/index.ts';
import { readPhyParams } from '../../formats/phyFolder/index.ts';
import type { TraceTargetId } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface OpenTarget {
  readonly name: string;
  readonly target: TraceTarget;
  readonly outputs: readonly OutputFolder[];
  readonly clocks: Clocks;
  readonly devices: readonly string[];
  readonly events: readonly EventLine[];
  readonly spans: SpanIndex;
  /** Reference seconds of the first and last sample of all. */
  readonly from_s: number;
  readonly to_s: number;
}

export interface Targets {
  /** As it was when last read. */
  get(id: TraceTargetId): Promise<OpenTarget>;
  read(id: TraceTargetId): Promise<OpenTarget>;
}

/** Targets that are kept; a screen shows one. */
const mostKept = 8;

export function openTargets(context: AreaContext): Targets {
  const kept = new Map<string, Promise<OpenTarget>>();
  const keyOf = (id: TraceTargetId) => JSON.stringify(id);
  const read = (id: TraceTargetId): Promise<OpenTarget> => {
    const reading = ('runId' in id ? ofRun(context, id.runId) : ofFolder(context, id.folder)).then(openTarget);
    kept.delete(keyOf(id));
    kept.set(keyOf(id), reading);
    reading.catch(() => kept.delete(keyOf(id)));
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return reading;
  };
  return { read, get: (id) => kept.get(keyOf(id)) ?? read(id) };
}

interface Found {
  readonly name: string;
  readonly rawFiles: readonly string[];
  readonly outputs: readonly OutputFolder[];
}

async function ofRun({ runs }: AreaContext, runId: string): Promise<Found> {
  const { summary, files } = runs.get(runId);
  const listed = summary.processed.map((entry) => entry.path).filter((folder) => runOfFolder(folder) === summary.name);
  const roots = [...runs.roots().map((root) => root.path), ...summary.processed.map((entry) => entry.path)];
  const folders = [...new Set([...listed, ...(await findOutputFolders([...new Set(roots)], summary.name))])];
  return { name: summary.name, rawFiles: files.map((file) => file.path), outputs: await outputsIn(folders) };
}

async function ofFolder({ access, runs }: AreaContext, folder: string): Promise<Found> {
  const real = await access.check(folder);
  const top = await topFolder(access, real);
  const data = await dataFolder(access, real);
  const name = runOfFolder(top) ?? (data === null ? null : runOfFolder(data)) ?? path.basename(top);
  const parent = await allowed(access, path.dirname(top));
  const siblings = parent !== null && path.basename(top).startsWith('catgt_') ? await findOutputFolders([parent], name) : [];
  const run = runs.list().find((each) => each.name === name);
  const rawFiles = run ? runs.get(run.runId).files.map((file) => file.path) : [];
  return { name, rawFiles, outputs: await outputsIn([...new Set([top, ...(data === null ? [] : [data]), ...siblings])]) };
}

/** From a sorter's or a probe's folder up to the folder of the run's outputs, as far as may be looked into. */
async function topFolder(access: AreaContext['access'], folder: string): Promise<string> {
  let top = folder;
  for (let up = folder, steps = 0; steps < 3; steps++, up = path.dirname(up)) {
    if ((await allowed(access, up)) === null) break;
    if (/^(catgt|supercat)_/.test(path.basename(up))) return up;
    if (/_imec\d*$/.test(path.basename(up))) top = up;
  }
  return top;
}

/** Where the recording lies that a sorter's folder was made from, if it may be looked into. */
async function dataFolder(access: AreaContext['access'], folder: string): Promise<string | null> {
  const { dataFile } = await readPhyParams(folder).catch(() => ({ dataFile: undefined }));
  return dataFile === undefined ? null : topFolder(access, path.dirname(dataFile)).then((top) => allowed(access, top));
}

const allowed = (access: AreaContext['access'], folder: string) => access.check(folder).catch(() => null);

async function outputsIn(folders: readonly string[]): Promise<OutputFolder[]> {
  const found = await Promise.all(folders.map((folder) => findOutputs(folder).catch(() => null)));
  return found.filter((output) => output !== null);
}

async function openTarget({ name, rawFiles, outputs }: Found): Promise<OpenTarget> {
  const target = await readTarget(rawFiles, outputs);
  if (target.sources.length === 0) {
    throw new InputFileError(name, `there are no recordings here that can be shown${target.problems.length > 0 ? `: ${target.problems[0]}` : ''}`, { next: 'Choose the folder of a run, or one that CatGT wrote (catgt_<run>_g<gate>).' });
  }
  const devices = [...new Set(target.sources.map(({ device }) => device))];
  const clocks = await readClocks(outputs, target.times, devices);
  const ends = target.sources.flatMap(({ files, rate_Hz, device }) => files.map((file) => ({
    from: toReference(clocks, device, file.first_smp / rate_Hz), to: toReference(clocks, device, (file.first_smp + file.samples_smp) / rate_Hz),
  })));
  return {
    name, target, outputs, clocks, devices, events: eventLines(outputs),
    spans: indexSpans(spansOf(target), (device, own_s) => toReference(clocks, device, own_s)),
    from_s: Math.min(...ends.map(({ from }) => from)), to_s: Math.max(...ends.map(({ to }) => to)),
  };
}
