// The figures a report tells of a probe, from the output JSONs of its steps and the sorter's folder. What is not there is
// null.

import fs from 'node:fs/promises';
import path from 'node:path';
import { readInputJson } from '../../../modules/index.ts';
import { isObject } from '../../../modules/record/index.ts';
import { physicalProbe, withPhysicalProbe } from '../../../notation/index.ts';
import type { ReportProbe } from '../../contract/index.ts';
import type { JobStep } from '../job.ts';

export type ProbeFigures = Pick<ReportProbe, 'units' | 'good' | 'spikes' | 'syncResidual_ms' | 'gfixEdits' | 'saturated_percent' | 'missedSamples' | 'syErrors' | 'drift_um' | 'folder'> & {
  /** All streams are aligned to this one. */
  readonly isReference: boolean;
};

type Json = Readonly<Record<string, unknown>>;

/** @param probe its number, or a shank's: artefacts and clock are told of the whole probe @param own done steps of the probe @param ofRun done steps of its run */
export async function probeFigures(probe: number, own: readonly JobStep[], ofRun: readonly JobStep[]): Promise<ProbeFigures> {
  const outputs = await Promise.all(own.map(async (step) => ({ module: step.module, figures: figuresOf(await output(step)), content: await output(step) })));
  const sorted = outputs.find(({ module }) => isSorter(module));
  const folder = outputs.map(({ content }) => at(content, 'input_parameters', 'directories', 'kilosort_output_directory')).find((value) => typeof value === 'string') as string | undefined;
  const last = (name: string) => outputs.map(({ figures }) => number(figures[name])).findLast((value) => value !== null) ?? null;
  const catgt = await outputOf(ofRun, 'catGT_helper');
  const tprime = await outputOf(ofRun, 'tPrime_helper');
  return {
    units: last('units') ?? number(sorted?.content.nTemplate),
    spikes: last('spikes') ?? last('spikes_after') ?? number(sorted?.content.nTot),
    good: sorted && folder ? await goodUnits(folder) : null,
    drift_um: number(sorted?.figures.largest_displacement_um),
    ...recordingFigures(list(figuresOf(catgt).streams).find(({ stream }) => stream === `imec${physicalProbe(probe)}.ap`) ?? {}),
    ...residual(probe, tprime),
    folder: folder ?? null,
  };
}

/** @param stream what catGT_helper tells of a stream */
function recordingFigures(stream: Json): Pick<ReportProbe, 'gfixEdits' | 'saturated_percent' | 'missedSamples' | 'syErrors'> {
  const [saturated, recorded] = [number(stream.saturated_seconds), number(stream.recorded_seconds)];
  return {
    gfixEdits: number(stream.gfix_edits),
    saturated_percent: saturated === null || !recorded ? null : (100 * saturated) / recorded,
    missedSamples: number(stream.missed_samples),
    syErrors: number(stream.sy_errors),
  };
}

export function isSorter(module: string): boolean {
  return ['spike_sorter', 'ks4_helper', 'kilosort_helper'].includes(module);
}

function residual(probe: number, tprime: Json): { syncResidual_ms: number | null; isReference: boolean } {
  const sync = list(figuresOf(tprime).sync);
  const entry = sync.find(({ streams }) => Array.isArray(streams) && streams.includes(`imec${probe}`));
  const sd = number(entry?.residual_sd_s);
  const reference = at(tprime, 'input_parameters', 'tPrime_helper_params', 'toStream_sync_params');
  return { syncResidual_ms: sd === null ? null : sd * 1000, isReference: typeof reference === 'string' && withPhysicalProbe(reference) === `imec${physicalProbe(probe)}` };
}

/** Units labelled good by the sorter, or by whoever has looked since; null without labels. */
async function goodUnits(folder: string): Promise<number | null> {
  for (const name of ['cluster_group.tsv', 'cluster_KSLabel.tsv']) {
    const text = await fs.readFile(path.join(folder, name), 'utf8').catch(() => '');
    const labels = text.split(/\r?\n/).slice(1).filter((line) => line !== '').map((line) => line.split('\t')[1]);
    if (labels.length > 0) return labels.filter((label) => label === 'good').length;
  }
  return null;
}

async function output(step: JobStep): Promise<Json> {
  return readInputJson(step.outputJson).catch(() => ({}));
}

/** The content of a module's output JSON among these steps; empty when it has none. */
async function outputOf(steps: readonly JobStep[], module: string): Promise<Json> {
  const step = steps.find((each) => each.module === module);
  return step ? output(step) : {};
}

function figuresOf(content: Json): Json {
  const figures = at(content, 'aftergate', 'figures');
  return isObject(figures) ? figures : {};
}

function at(content: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), content);
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
