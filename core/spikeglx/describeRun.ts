// One run from its scanned files: gates, triggers, streams, probes, joins, health.

import { dataFolder, runFolder } from './findFiles.ts';
import { firstOfEach, groupBy } from './grouping.ts';
import { joinTo, trimToShortest } from './join.ts';
import type { StreamKind } from './names.ts';
import type { ScannedFile } from './scanFile.ts';
import { fileHealth, runHealth, trialLabel } from './scanHealth.ts';
import type { Health } from './scanHealth.ts';
import type { ScannedGate, ScannedJoin, ScannedProbe, ScannedRun, ScannedStream } from './scanResult.ts';

/** `now` in ms since 1970. */
export function describeRun(unordered: readonly ScannedFile[], collisions: readonly Health[], now: number): ScannedRun {
  const files = [...unordered].sort(inSeries);
  const gates = describeGates(files);
  const joins = describeJoins(files);
  return {
    name: files[0]!.name.run,
    path: gates[0]!.path,
    folders: firstOfEach(files.map(dataFolder), (folder) => folder),
    created: files.map((file) => file.content?.created).filter((text) => text).sort()[0] ?? null,
    seconds: total(gates.flatMap((gate) => gate.triggers), (trigger) => Math.max(0, ...trigger.streams.map((stream) => stream.seconds))),
    bytes: total(files, (file) => file.bytes),
    gates,
    probes: describeProbes(files),
    ni: files.some((file) => file.name.stream.kind === 'nidq'),
    obx: firstOfEach(files.filter((file) => file.name.stream.kind === 'obx').map((file) => file.name.stream.index), (index) => index),
    joins: joins.map(({ file: _file, ...join }) => join),
    health: [...collisions, ...files.flatMap((file) => fileHealth(file, now)), ...unrelatedTriggers(joins), ...runHealth(files)],
  };
}

const kindOrder: readonly StreamKind[] = ['nidq', 'obx', 'ap', 'lf'];

/** Gates outer, triggers inner, then streams. */
function inSeries(a: ScannedFile, b: ScannedFile): number {
  const place = ({ name }: ScannedFile) => [name.gate, Number(name.trigger), kindOrder.indexOf(name.stream.kind), name.stream.index];
  const left = place(a);
  const difference = place(b).map((value, index) => left[index]! - value).find((value) => value !== 0);
  return difference ?? 0;
}

function describeGates(files: readonly ScannedFile[]): ScannedGate[] {
  return [...groupBy(files, (file) => file.name.gate)].map(([gate, ofGate]) => ({
    gate,
    path: runFolder(ofGate[0]!),
    triggers: [...groupBy(ofGate, (file) => Number(file.name.trigger))].map(([trigger, ofTrigger]) => ({
      trigger,
      streams: ofTrigger.flatMap((file) => describeStream(file)),
    })),
  }));
}

/** Nothing of a file whose meta cannot be used: neither its rate nor its channels are known. */
function describeStream(file: ScannedFile): ScannedStream[] {
  if (!file.content) return [];
  const { length, rate, firstSample, columns } = file.content;
  return [{
    stream: file.label,
    path: file.path,
    samples: length.samples,
    seconds: length.samples / rate,
    bytes: file.bytes,
    rate,
    firstSample: firstSample ?? null,
    channels: columns,
  }];
}

function describeProbes(files: readonly ScannedFile[]): ScannedProbe[] {
  const ofProbes = files.filter((file) => file.name.stream.kind === 'ap' || file.name.stream.kind === 'lf').sort((a, b) => a.name.stream.index - b.name.stream.index);
  return [...groupBy(ofProbes, (file) => file.name.stream.index)].map(([index, ofProbe]) => {
    const content = ofProbe.find((file) => file.content)?.content;
    const { partNumber = null, type = null, shanks = null, sites = 0 } = content?.probe ?? {};
    return { index, partNumber, type, shanks, channels: content?.neural ?? 0, sites };
  });
}

interface FileJoin extends ScannedJoin {
  readonly file: ScannedFile;
}

/** Every file to the one before it in its stream, on the lengths that are left after trimming each trial to its shortest stream. */
function describeJoins(files: readonly ScannedFile[]): FileJoin[] {
  const usable = files.filter((file) => file.content && file.hasBin);
  if (usable.some((file) => file.content!.survey)) return [];
  const trimmed = trimmedLengths(usable);
  return [...groupBy(usable, (file) => file.label).values()].flatMap((series) =>
    series.slice(1).flatMap((file, index) => joinOf(series[index]!, file, trimmed)));
}

function joinOf(previous: ScannedFile, file: ScannedFile, trimmed: ReadonlyMap<ScannedFile, number>): FileJoin[] {
  const [before, first] = [previous.content!.firstSample, file.content!.firstSample];
  if (before === undefined || first === undefined) return [];
  const { kind, samples } = joinTo({ first: before, samples: trimmed.get(previous)! }, { first, samples: trimmed.get(file)! });
  if (kind === 'first') return [];
  return [{ stream: file.label, gate: file.name.gate, trigger: Number(file.name.trigger), kind: kind === 'swallowed' ? 'unrelated' : kind, samples, file }];
}

function trimmedLengths(files: readonly ScannedFile[]): Map<ScannedFile, number> {
  const lengths = new Map<ScannedFile, number>();
  for (const trial of groupBy(files, trialLabel).values()) {
    const trimmed = trimToShortest(trial.map(({ content }) => ({ samples: content!.length.samples, rate: content!.rate, columns: content!.columns })));
    trial.forEach((file, index) => lengths.set(file, trimmed[index]!));
  }
  return lengths;
}

function unrelatedTriggers(joins: readonly FileJoin[]): Health[] {
  return firstOfEach(joins.filter((join) => join.kind === 'unrelated'), (join) => trialLabel(join.file)).map(({ file, stream }) => ({
    severity: 'error',
    code: 'unrelated-trigger',
    message: `${trialLabel(file)} begins so long before the end of the file before it (${stream}) that joining would drop it whole: these are files of different runs. Join them as a super-run instead.`,
    path: file.path,
  }));
}

function total<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}
