// What is wrong, or worth knowing, with a run, told from its metas, file sizes and SpikeGLX's lists of missed samples.

import { firstOfEach } from './grouping.ts';
import type { ScannedFile } from './scanFile.ts';

export type HealthCode =
  | 'recording' | 'unfinished' | 'truncated' | 'missing-bin' | 'missing-meta' | 'bad-meta' | 'unrelated-trigger' | 'missing-trigger'
  | 'no-sync' | 'errors-flagged' | 'missed-samples' | 'survey' | 'unknown-probe' | 'zero-length' | 'name-collision';

export interface Health {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: HealthCode;
  /** A sentence for the operator. */
  readonly message: string;
  readonly path: string;
}

/** A file that was written to this recently is taken to be still growing, ms. Shares have coarse clocks. */
const recently = 120_000;

/** Of one file by itself. `now` in ms since 1970. */
export function fileHealth(file: ScannedFile, now: number): Health[] {
  const health: Health[] = [];
  const say = (severity: Health['severity'], code: HealthCode, message: string) => health.push({ severity, code, message, path: file.path });
  const where = `${file.label} ${trialLabel(file)}`;
  if (!file.hasMeta) say('error', 'missing-meta', `${where} has no .meta file, so its channels and rate are not known.`);
  if (file.problem !== undefined) say('error', 'bad-meta', `The meta of ${where} cannot be used: ${file.problem}.`);
  if (!file.hasBin) say('error', 'missing-bin', `${where} has a .meta but no .bin file.`);
  if (!file.content || !file.hasBin) return health;

  const { state, samples, metaSamples } = file.content.length;
  const growing = now - file.modified < recently;
  if (state === 'unfinished' && growing) say('warning', 'recording', `${where} is still being recorded, or ended without closing a moment ago.`);
  else if (state === 'unfinished') say('warning', 'unfinished', `${where} was not closed properly: its meta does not tell its size. The length is taken from the file.`);
  else if (state === 'truncated') say('error', 'truncated', `${where} is shorter than its meta says: ${samples} of ${metaSamples} samples.${growing ? ' Is it still being copied?' : ''}`);
  if (samples === 0 && !(state === 'unfinished' && growing)) say('error', 'zero-length', `${where} is empty.`);
  for (const flags of file.content.errorFlags) say('warning', 'errors-flagged', `${where}: the probe reported errors while recording (${flags}).`);
  const { missed } = file.content;
  if (missed) say('warning', 'missed-samples', `${deviceLabel(file)} lost ${missed.stretches === 1 ? '1 stretch' : `${missed.stretches} stretches`}, ${missed.samples.toLocaleString('en')} samples, in ${trialLabel(file)}: SpikeGLX filled them with zeros.`);
  return health;
}

/** Of the run as a whole: survey, probes, sync, trials that some streams lack. */
export function runHealth(files: readonly ScannedFile[]): Health[] {
  return [...surveyHealth(files), ...probeHealth(files), ...syncHealth(files), ...missingTriggers(files)];
}

export function trialLabel(file: ScannedFile): string {
  return `g${file.name.gate} t${file.name.trigger}`;
}

function surveyHealth(files: readonly ScannedFile[]): Health[] {
  const survey = files.find((file) => file.content?.survey);
  return survey ? [{ severity: 'info', code: 'survey', message: 'This is a survey run: the probe steps through its banks, so its files are not joined or sorted.', path: survey.path }] : [];
}

function probeHealth(files: readonly ScannedFile[]): Health[] {
  const probes = files.filter((file) => file.content?.probe && !file.content.probe.known);
  return firstOfEach(probes, (file) => file.name.stream.index).map((file): Health => {
    const { hasPositions, partNumber } = file.content!.probe!;
    const told = hasPositions ? 'its meta tells where the sites are, the rest is guessed from there' : 'and its meta does not tell where the sites are';
    return {
      severity: hasPositions ? 'warning' : 'error',
      code: 'unknown-probe',
      message: `imec${file.name.stream.index}: the part number '${partNumber ?? 'none'}' is not known; ${told}.`,
      path: file.path,
    };
  });
}

/** Sync matters as soon as two devices have clocks of their own. */
function syncHealth(files: readonly ScannedFile[]): Health[] {
  const devices = firstOfEach(files.filter((file) => file.content), deviceLabel);
  const without = devices.filter((file) => !file.content!.hasSync);
  if (devices.length < 2 || without.length === 0) return [];
  return [{ severity: 'warning', code: 'no-sync', message: `No sync signal was recorded (${without.map(deviceLabel).join(', ')}), so the clocks of this run's devices cannot be aligned.`, path: without[0]!.path }];
}

function deviceLabel(file: ScannedFile): string {
  return file.label.replace(/\.(ap|lf)$/, '');
}

/** Trials that other streams have, and numbers that nobody has between the first and the last. */
function missingTriggers(files: readonly ScannedFile[]): Health[] {
  const health: Health[] = [];
  const trials = firstOfEach(files, trialLabel);
  for (const stream of firstOfEach(files, (file) => file.label)) {
    const own = new Set(files.filter((file) => file.label === stream.label).map(trialLabel));
    const lacking = trials.filter((trial) => !own.has(trialLabel(trial)));
    if (lacking.length === 0) continue;
    health.push({ severity: 'warning', code: 'missing-trigger', message: `${stream.label} lacks ${shortList(lacking.map(trialLabel))}, which other streams have.`, path: stream.path });
  }
  for (const first of firstOfEach(files, (file) => file.name.gate)) {
    const numbers = trials.filter((trial) => trial.name.gate === first.name.gate).map((trial) => Number(trial.name.trigger));
    const absent = holes(numbers);
    if (absent.length === 0) continue;
    health.push({ severity: 'warning', code: 'missing-trigger', message: `Gate ${first.name.gate} has no ${shortList(absent)}, though later triggers exist.`, path: first.path });
  }
  return health;
}

/** `t1`, `t4 to t7`: what is missing between the smallest and the largest number. */
function holes(numbers: readonly number[]): string[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.slice(1).flatMap((number, index) => {
    const from = sorted[index]! + 1;
    if (number <= from) return [];
    return number - 1 === from ? [`t${from}`] : [`t${from} to t${number - 1}`];
  });
}

function shortList(items: readonly string[]): string {
  return items.length <= 8 ? items.join(', ') : `${items.slice(0, 8).join(', ')} and ${items.length - 8} more`;
}
