// From what a scan found to what the screens and the other areas are told of a run.

import { createHash } from 'node:crypto';
import type { RunFacts, ScannedFile } from '../../spikeglx/index.ts';
import type { Finding, RunDetails, RunFile, RunStream, RunSummary, Severity } from '../contract/index.ts';
import { findingsOf } from './findings.ts';
import { describeProbe } from './probes.ts';

export function idOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 12);
}

/** What only the library knows. */
export interface Circumstances {
  readonly rootId: string;
  readonly runId: string;
  readonly isGrowing: boolean;
  readonly processed: RunSummary['processed'];
}

export function describe(facts: RunFacts, { rootId, runId, isGrowing, processed }: Circumstances): RunDetails {
  const { run, known } = facts;
  const files = [...facts.files].sort(inSeries);
  const findings = known ? findingsOf({ ...facts, files }, runId, isGrowing) : [];
  const withMeta = files.filter((file) => file.content);
  return {
    summary: {
      runId,
      rootId,
      name: run.name,
      path: run.path,
      folders: run.folders,
      started_at: run.created,
      span_s: run.seconds,
      bytes_B: run.bytes,
      gates: run.gates.map(({ gate, triggers }) => ({ gate, triggers: triggers.map(({ trigger }) => trigger) })),
      streams: streamsOf(files),
      probes: run.probes.map(({ index }) => describeProbe(index, withMeta.find((file) => file.content!.probe && file.name.stream.index === index))),
      ni: run.ni,
      obx: run.obx,
      health: known ? healthOf(findings) : null,
      findings,
      processed,
      growing: isGrowing,
    },
    files: files.flatMap(describeFile),
    sync: syncOf(withMeta),
    software: softwareOf(withMeta),
  };
}

const kindOrder = ['nidq', 'obx', 'ap', 'lf'];

function inSeries(a: ScannedFile, b: ScannedFile): number {
  const place = ({ name }: ScannedFile) => [kindOrder.indexOf(name.stream.kind), name.stream.index, name.gate, Number(name.trigger)];
  const [left, right] = [place(a), place(b)];
  return left.map((value, index) => value - right[index]).find((difference) => difference !== 0) ?? 0;
}

function streamsOf(files: readonly ScannedFile[]): RunStream[] {
  const streams = new Map<string, RunStream>();
  for (const { label, name, content } of files) {
    if (content && !streams.has(label)) streams.set(label, { key: label, kind: name.stream.kind, index: name.stream.index, rate_Hz: content.rate, channels: content.columns });
  }
  return [...streams.values()];
}

function describeFile({ label, name, path, bytes, content, problem, hasBin }: ScannedFile): RunFile[] {
  if (!content) return [];
  const { rate, firstSample, created, errorFlags, length, columns } = content;
  return [{
    stream: label,
    gate: name.gate,
    trigger: Number(name.trigger),
    path,
    bytes_B: bytes,
    samples_smp: length.samples,
    seconds: length.samples / rate,
    firstSample_smp: firstSample ?? null,
    rate_Hz: rate,
    channels: columns,
    created_at: created || null,
    there: hasBin,
    errors: [...errorFlags, ...(problem === undefined ? [] : [problem])],
  }];
}

function healthOf(findings: readonly Finding[]): NonNullable<RunSummary['health']> {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const counts = { stop: count('stop'), warn: count('warn'), note: count('note') };
  return { worst: counts.stop ? 'stop' : counts.warn ? 'warn' : counts.note ? 'note' : 'ok', counts };
}

/** syncSourceIdx counts what SpikeGLX offers: nothing, an outside generator, NI, then the slots of probes and OneBoxes. */
function syncOf(files: readonly ScannedFile[]): RunDetails['sync'] {
  const content = files.find((file) => file.content!.hasSync)?.content ?? files[0]?.content;
  const source = content?.syncSource ?? 0;
  return { source: source === 0 ? 'none' : source === 1 ? 'external' : source === 2 ? 'NI' : 'imec', period_s: source === 0 ? null : (content?.syncPeriod ?? null) };
}

function softwareOf(files: readonly ScannedFile[]): string {
  const version = files.find((file) => file.content!.software !== '')?.content?.software;
  return version === undefined ? '' : `SpikeGLX ${version}`;
}
