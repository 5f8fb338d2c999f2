// The choices of the gates step as they stand in the session: elements 1 and 2 of every entry of run_specs, and four CatGT
// options. Everything here is read from the session and written to it; nothing is kept beside it.

import { allTriggers, catgtGates, catgtValues, catgtWords, type Draft, type Finding, gateProblems, gateText, type GateGroup, hasCatgtOption, type Parsed, rangesOf, readGateSpec, ruleText, type RunSummary, type SessionContent, type TriggerRule, withCatgtOption, writeGateSpec } from '../../../../../core/service/contract/index.ts';
import { readUse, type SpecEntry, specsOf } from '../probes/specs.ts';

export type GateMode = 'range' | 'list' | 'each';
export type TriggerMode = 'all' | 'range' | 'one' | 'per-gate';

export function groupsOf(entry: SpecEntry): Parsed<readonly GateGroup[]> {
  return readGateSpec({ gates: entry[1], triggers: entry[2] });
}

export function withGroups(entry: SpecEntry, groups: readonly GateGroup[]): SpecEntry {
  const { gates, triggers } = writeGateSpec(groups);
  return [entry[0], gates, triggers, ...entry.slice(3)];
}

/** The session key with some entries changed. */
export function specsPatch(session: SessionContent, change: (entry: SpecEntry, index: number) => SpecEntry): { run_specs: readonly SpecEntry[] } {
  return { run_specs: specsOf(session).map(change) };
}

export function gateModeOf(groups: readonly GateGroup[], gates: readonly number[]): GateMode {
  if (groups.length === 1) return 'range';
  const isEach = groups.length === gates.length && groups.every(({ first, last }, index) => first === last && first === gates[index]);
  return isEach ? 'each' : 'list';
}

export function triggerModeOf(groups: readonly GateGroup[]): TriggerMode {
  const rules = groups.flatMap(({ triggers }) => triggers);
  if (rules.every(({ first, last }) => first === 'start' && last === 'end')) return 'all';
  if (!rules.every((rule) => sameRule(rule, rules[0]))) return 'per-gate';
  return rules[0].first === rules[0].last ? 'one' : 'range';
}

const sameRule = (a: TriggerRule, b: TriggerRule) => a.first === b.first && a.last === b.last;

/** The rule of every gate that is taken. */
export function rulesByGate(groups: readonly GateGroup[]): { readonly gate: number; readonly rule: TriggerRule }[] {
  return groups.flatMap(({ first, last, triggers }) => Array.from({ length: last - first + 1 }, (_, index) => ({ gate: first + index, rule: triggers[index] ?? triggers[0] })));
}

/** What the rules `start` and `end` come to in this run: "start,end = 0,2 in g0 and 0,0 in g1"; empty when only numbers are said. */
export function rulesToday(groups: readonly GateGroup[], { gates }: Pick<RunSummary, 'gates'>): string {
  const byRule = new Map<string, string[]>();
  for (const { gate, rule } of rulesByGate(groups)) {
    const there = gates.find((each) => each.gate === gate)?.triggers;
    if (!there || (rule.first !== 'start' && rule.last !== 'end')) continue;
    const today = `${rule.first === 'start' ? there[0] : rule.first},${rule.last === 'end' ? there.at(-1)! : rule.last} in g${gate}`;
    byRule.set(ruleText(rule), [...(byRule.get(ruleText(rule)) ?? []), today]);
  }
  return [...byRule].map(([rule, today]) => `${rule} = ${today.length === 1 ? today[0] : `${today.slice(0, -1).join(', ')} and ${today.at(-1)!}`}`).join('; ');
}

/** All outputs as CatGT options, `;` between them; as written where the run has not what is asked for. */
export function catgtText(groups: readonly GateGroup[], run: RunSummary | undefined): string {
  const ranges = run && gateProblems(groups, run).length === 0 ? rangesOf(groups, run) : [];
  return ranges.length > 0 && ranges.every((output) => output.length > 0) ? ranges.map(catgtGates).join('; ') : gateText(groups);
}

/** Other outputs of the same rules; gates that were not taken before get all their triggers. */
export function regrouped(groups: readonly GateGroup[], outputs: readonly { readonly first: number; readonly last: number }[]): GateGroup[] {
  const known = new Map(rulesByGate(groups).map(({ gate, rule }) => [gate, rule]));
  const isOneRule = triggerModeOf(groups) !== 'per-gate';
  const fallback = isOneRule ? (groups[0]?.triggers[0] ?? allTriggers) : allTriggers;
  return outputs.map(({ first, last }) => ({ first, last, triggers: Array.from({ length: last - first + 1 }, (_, index) => known.get(first + index) ?? fallback) }));
}

export function withMode(groups: readonly GateGroup[], mode: GateMode, gates: readonly number[]): GateGroup[] {
  const taken = rulesByGate(groups).map(({ gate }) => gate);
  const [first, last] = [Math.min(...taken), Math.max(...taken)];
  if (mode === 'range') return regrouped(groups, [{ first, last }]);
  const each = (mode === 'each' ? gates : taken).map((gate) => ({ first: gate, last: gate }));
  return regrouped(groups, each);
}

export function withRule(groups: readonly GateGroup[], ruleOf: (gate: number, old: TriggerRule) => TriggerRule): GateGroup[] {
  return groups.map(({ first, last, triggers }) => ({ first, last, triggers: Array.from({ length: last - first + 1 }, (_, index) => ruleOf(first + index, triggers[index] ?? triggers[0])) }));
}

/** What was dragged over: the gates it touches in one output, each with the triggers from the first to the last that were touched. */
export function fromTrials(trials: readonly { readonly gate: number; readonly trigger: number }[], run: RunSummary, groups: readonly GateGroup[]): GateGroup[] {
  const gates = [...new Set(trials.map(({ gate }) => gate))].sort((a, b) => a - b);
  const rules = new Map(gates.map((gate) => {
    const touched = trials.filter((trial) => trial.gate === gate).map(({ trigger }) => trigger);
    const there = run.gates.find((candidate) => candidate.gate === gate)?.triggers ?? [];
    return [gate, touched.length === there.length ? allTriggers : { first: Math.min(...touched), last: Math.max(...touched) }];
  }));
  const outputs = groups.length === 1 ? [{ first: gates[0], last: gates.at(-1)! }] : gates.map((gate) => ({ first: gate, last: gate }));
  return outputs.map(({ first, last }) => ({ first, last, triggers: Array.from({ length: last - first + 1 }, (_, index) => rules.get(first + index) ?? allTriggers) }));
}

export interface JoinOptions {
  readonly command: string;
  /** ms; null fills whole gaps. */
  readonly zerofillmax: number | null;
  readonly mayMiss: boolean;
  readonly startsecs: number | null;
  readonly maxsecs: number | null;
}

export function joinOptions({ effective }: Draft): JoinOptions {
  const command = typeof effective['catGT_cmd_string'] === 'string' ? effective['catGT_cmd_string'] : '';
  const number = (name: string) => {
    const [text] = catgtValues(command, name);
    return text === undefined || text === '' || !Number.isFinite(Number(text)) || Number(text) < 0 ? null : Number(text);
  };
  return { command, zerofillmax: number('zerofillmax'), mayMiss: hasCatgtOption(command, 't_miss_ok'), startsecs: number('startsecs'), maxsecs: number('maxsecs') };
}

export function commandPatch(command: string, name: string, value: string | null): { catGT_cmd_string: string } {
  return { catGT_cmd_string: withCatgtOption(command, name, value) };
}

const joinNames = ['zerofillmax', 't_miss_ok', 'startsecs', 'maxsecs'];

/** The options of joining alone, as they stand in the command. */
export function joinText(command: string): string {
  return catgtWords(command).filter(({ name }) => joinNames.includes(name)).map(({ text }) => text).join(' ');
}

/** Written text of this step: the options of joining go into the command (those not in the text are off), the rest says gates and triggers. */
export function withJoinText(command: string, text: string): { readonly command: string; readonly rest: string } {
  const words = catgtWords(text);
  const valueOf = (name: string) => {
    const word = words.find((each) => each.name === name);
    return word ? (word.value ?? '') : null;
  };
  return {
    command: joinNames.reduce((all, name) => withCatgtOption(all, name, valueOf(name)), command),
    rest: words.filter(({ name }) => !joinNames.includes(name)).map((word) => word.text).join(' '),
  };
}

/** The streams of a run that take part, by what the session says of probes, NI and OneBoxes. */
export function streamsOf(entry: SpecEntry, run: RunSummary, { effective }: Draft): string[] {
  const { probes, obx } = readUse(entry);
  const taken = new Set(probes.map(({ probe }) => probe));
  return run.streams.filter(({ kind, index }) => {
    if (kind === 'nidq') return effective['ni_present'] !== false;
    if (kind === 'obx') return effective['obx_present'] !== false && (obx.includes(index) || (obx.length === 0 && effective['obx_present'] === true));
    return taken.has(index) && (kind === 'ap' || effective['process_lf'] === true);
  }).map(({ key }) => key);
}

/**
 * What the check of the session says of gates and triggers, in the place it concerns: one entry of the session, or all of
 * them (undefined). The step's mark counts the same findings.
 */
export function findingsAt(findings: readonly Finding[], entries: readonly SpecEntry[], index?: number): Finding[] {
  return findings.filter(({ where }) => where.step === 'gates' && placeOf(where, entries) === index)
    .map((finding) => ({ ...finding, next: finding.next.filter(({ route }) => !route?.endsWith('/gates')) }));
}

function placeOf({ run, gate, trigger }: Finding['where'], entries: readonly SpecEntry[]): number | undefined {
  const ofRun = entries.flatMap((entry, index) => (String(entry[0]).toLowerCase() === run?.toLowerCase() ? [index] : []));
  const takes = (index: number) => {
    const read = groupsOf(entries[index]);
    return !('value' in read) || rulesByGate(read.value).some(({ gate: taken, rule }) => taken === gate && (trigger === undefined || ((typeof rule.first !== 'number' || rule.first <= trigger) && (typeof rule.last !== 'number' || rule.last >= trigger))));
  };
  return ofRun.find((index) => gate === undefined || takes(index)) ?? ofRun[0];
}
