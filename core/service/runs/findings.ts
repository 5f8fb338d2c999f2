// What is noticed about a run, with stable ids and sentences: from the scan's health, the joins of its files, and their
// clocks.

import { longFill_s } from '../../pipelines/index.ts';
import type { RunFacts, ScannedFile, ScannedJoin } from '../../spikeglx/index.ts';
import type { Finding, FindingAction, Severity } from '../contract/index.ts';
import { grouped, span, trialText, trialsText } from './words.ts';

/** Clocks further apart than this are not of one run, s. */
const sameClock_s = 5;

type Health = RunFacts['run']['health'][number];

/** The scan's words for what is wrong, in the ids of the screens. */
const ids: Readonly<Record<Health['code'], string>> = {
  'recording': 'still-writing', 'unfinished': 'size-mismatch', 'truncated': 'size-mismatch', 'missing-bin': 'bin-missing', 'missing-meta': 'meta-missing', 'bad-meta': 'meta-unreadable',
  'unrelated-trigger': 'tiny-content', 'missing-trigger': 'trigger-missing', 'no-sync': 'no-sync', 'errors-flagged': 'error-flags', 'missed-samples': 'missed-samples', 'survey': 'survey', 'unknown-probe': 'unknown-probe',
  'zero-length': 'empty-file', 'name-collision': 'same-name',
};
const severities: Readonly<Record<Health['severity'], Severity>> = { error: 'stop', warning: 'warn', info: 'note' };

export function findingsOf({ run, files }: RunFacts, runId: string, isGrowing: boolean): Finding[] {
  const at = { runId, run: run.name };
  const byPath = new Map(files.map((file) => [file.path, file]));
  const unrelated = unrelatedClocks(files, at);
  const isUnrelated = (gate: number, trigger: number) => unrelated.trials.has(trialText(gate, trigger));
  const health = run.health.filter((entry) => {
    const file = byPath.get(entry.path);
    return entry.code !== 'recording' && !(entry.code === 'unrelated-trigger' && file && isUnrelated(file.name.gate, Number(file.name.trigger)));
  });
  return [
    ...(isGrowing ? [{ id: 'still-writing', severity: 'stop' as const, text: 'This run grew a moment ago. SpikeGLX seems to be recording, or it is being copied. Wait for it to stop, or choose an earlier gate.', where: at, next: [] }] : []),
    ...unrelated.findings,
    ...health.map((entry) => fromHealth(entry, byPath.get(entry.path), at)),
    ...joinFindings(run.joins.filter(({ gate, trigger }) => !isUnrelated(gate, trigger)), files, at),
  ];
}

function fromHealth({ code, severity, message, path }: Health, file: ScannedFile | undefined, at: Finding['where']): Finding {
  const where = file ? { ...at, gate: file.name.gate, trigger: Number(file.name.trigger), stream: file.label } : at;
  const name = file ? `${file.label} ${trialText(file.name.gate, Number(file.name.trigger))}` : path;
  return { id: ids[code], severity: severities[code === 'missing-trigger' && message.includes('lacks') ? 'error' : severity], text: sentence(code, name, message, file), where, next: [] };
}

function sentence(code: Health['code'], name: string, message: string, file: ScannedFile | undefined): string {
  const lacking = file?.content && file.content.length.metaSamples !== undefined ? (file.content.length.metaSamples * file.content.columns * 2) - file.bytes : 0;
  switch (code) {
    case 'missing-meta': return `${name} has no meta beside its .bin. Copy it back from the acquisition drive: without it rate and gain are unknown.`;
    case 'truncated': return `${name} holds ${grouped(lacking)} bytes less than its meta says: the copy is not whole, or the recording stopped hard. Copy it again from the acquisition drive, or leave it out.`;
    case 'unfinished': return `${name} was not closed, the recording probably stopped hard: its meta does not tell its size. The last whole sample is used.`;
    case 'missing-trigger': return `${message} Leave it out of the range, or let missing files be filled.`;
    case 'unrelated-trigger': return `${file ? trialText(file.name.gate, Number(file.name.trigger)) : name} lies wholly inside time already covered and would be dropped. Its clock belongs to another run: join such files as a super-run, or process them one by one.`;
    default: return message;
  }
}

/** One per trial: all streams of it say the same. */
function joinFindings(joins: readonly ScannedJoin[], files: readonly ScannedFile[], at: Finding['where']): Finding[] {
  const seen = new Set<string>();
  const trials = [...new Set(files.map((file) => file.name.gate * 1e9 + Number(file.name.trigger)))].sort((a, b) => a - b).map((key) => ({ gate: Math.floor(key / 1e9), trigger: key % 1e9 }));
  return joins.flatMap(({ stream, gate, trigger, kind, samples }): Finding[] => {
    const here = trialText(gate, trigger);
    if ((kind !== 'gap' && kind !== 'overlap') || seen.has(here)) return [];
    seen.add(here);
    const content = files.find((file) => file.label === stream && file.content)?.content;
    const index = trials.findIndex((trial) => trial.gate === gate && trial.trigger === trigger);
    const before = trials[index - 1];
    if (!content || !before) return [];
    const from = trialText(before.gate, before.trigger);
    const seconds = samples / content.rate;
    const where = { ...at, gate, trigger, stream };
    if (kind === 'overlap') return [{ id: 'overlap-trimmed', severity: 'note', text: `${here} starts ${span(seconds)} before ${from} ends. The repeated part is used once.`, where, next: [] }];
    return [gapFinding(from, here, seconds, files, where)];
  });
}

export function gapFinding(from: string, to: string, seconds: number, files: readonly { readonly label: string; readonly content?: { readonly columns: number; readonly rate: number } }[], where: Finding['where']): Finding {
  if (seconds < longFill_s) return { id: 'gap-filled', severity: 'note', text: `Between ${from} and ${to} there are ${span(seconds)} that were not recorded. They will be filled with straight lines so that times stay true.`, where, next: [] };
  const ap = files.find((file) => file.label.endsWith('.ap') && file.content)?.content;
  const size = ap ? `: ${((seconds * ap.rate * ap.columns * 2) / 1e9).toPrecision(3)} GB a probe without data, and Kilosort 2 to 3 are known to stop on long fills` : '';
  return { id: 'long-fill', severity: 'warn', text: `${span(seconds)} between ${from} and ${to} will be filled${size}. Sort the gates apart, or cap the fills.`, where, next: [] };
}

interface Unrelated {
  readonly findings: Finding[];
  /** `g0 t1`. */
  readonly trials: ReadonlySet<string>;
}

/** Files whose creation times lie further apart than their first samples say: renamed runs posing as triggers. */
function unrelatedClocks(files: readonly ScannedFile[], at: Finding['where']): Unrelated {
  const streams = new Map<string, ScannedFile[]>();
  for (const file of files) if (file.content) streams.set(file.label, [...(streams.get(file.label) ?? []), file]);
  const apart = new Map<string, { gate: number; trigger: number; seconds: number; overlaps: boolean }>();
  for (const series of streams.values()) {
    series.sort((a, b) => a.name.gate - b.name.gate || Number(a.name.trigger) - Number(b.name.trigger));
    for (const [index, file] of series.entries()) {
      const [own, before] = [file.content!, series[index - 1]?.content];
      if (!before || own.firstSample === undefined || before.firstSample === undefined) continue;
      const byCreation = (Date.parse(own.created) - Date.parse(before.created)) / 1000;
      const bySamples = (own.firstSample - before.firstSample) / own.rate;
      // Some programs write one creation time into all files: then it tells nothing.
      if (!Number.isFinite(byCreation) || byCreation === 0 || Math.abs(byCreation - bySamples) <= sameClock_s) continue;
      const [gate, trigger] = [file.name.gate, Number(file.name.trigger)];
      apart.set(trialText(gate, trigger), { gate, trigger, seconds: Math.abs(byCreation - bySamples), overlaps: bySamples * own.rate < before.length.samples });
    }
  }
  if (apart.size === 0) return { findings: [], trials: new Set() };
  const all = [...apart.values()];
  const overlaps = all.some((trial) => trial.overlaps);
  const howFar = span(Math.max(...all.map(({ seconds }) => seconds)));
  const names = trialsText(all);
  const first = all[0];
  const consequence = overlaps ? 'but claim to overlap: these are renamed runs, not triggers. CatGT would keep only the first.' : 'though their first samples say otherwise: these are renamed runs, not triggers, and the gaps between them are not real.';
  return {
    trials: new Set(apart.keys()),
    findings: [{
      id: 'unrelated-clocks', severity: overlaps ? 'stop' : 'warn',
      text: `${names} ${all.length === 1 ? 'was' : 'were'} created up to ${howFar} off, ${consequence} Join the ${all.length + 1} as a super-run, or process them one by one.`,
      where: { ...at, gate: first.gate, trigger: first.trigger }, next: superRun(files, at.run ?? ''),
    }],
  };
}

/** A session of this run alone, each file of its gate by itself, joined in the order in which they were made. */
function superRun(files: readonly ScannedFile[], run: string): FindingAction[] {
  const gates = new Set(files.map(({ name }) => name.gate));
  const triggers = [...new Set(files.map(({ name }) => Number(name.trigger)))];
  const made = triggers.map((trigger) => ({ trigger, at: Math.min(...files.filter(({ name, content }) => Number(name.trigger) === trigger && content).map(({ content }) => Date.parse(content!.created))) }));
  if (gates.size > 1 || made.some(({ at }) => !Number.isFinite(at))) return [];
  const indexes = (pattern: RegExp) => [...new Set(files.flatMap(({ label }) => pattern.exec(label)?.slice(1).map(Number) ?? []))].sort((a, b) => a - b);
  const [probes, obx] = [indexes(/^imec(\d*)\./), indexes(/^obx(\d+)$/)];
  if (probes.length === 0) return [];
  const specs = made.sort((a, b) => a.at - b.at || a.trigger - b.trigger).map(({ trigger }) => [run, String([...gates][0]), `${trigger},${trigger}`, probes.join(','), obx.join(','), probes.map(() => 'default')]);
  return [{ label: `Make a super-run of ${specs.length}`, patch: { kind: 'super-run', run_specs: specs } }];
}
