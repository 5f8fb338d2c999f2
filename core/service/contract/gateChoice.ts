// Gates and triggers as run_specs hold them ("0,1", "start,end", lists), as CatGT options say them (-g, -t, -gtlist), and
// as ranges of what a run has. Pure text: the screens and the service read it the same way.

/** The triggers `first` to `last` of a gate. */
export interface GateRange {
  readonly gate: number;
  readonly first: number;
  readonly last: number;
}

/** `start` and `end` are a rule: the first and last there are. */
export interface TriggerRule {
  readonly first: number | 'start';
  readonly last: number | 'end';
}

/** One output: gates that are joined, and the triggers of each (one rule for all, or one per gate). */
export interface GateGroup {
  readonly first: number;
  readonly last: number;
  readonly triggers: readonly TriggerRule[];
}

/** Elements 1 and 2 of an entry of run_specs. */
export interface GateSpec {
  readonly gates: unknown;
  readonly triggers: unknown;
}

export type Parsed<Value> = { readonly value: Value } | { readonly problem: string };

interface HasGates {
  readonly gates: readonly { readonly gate: number; readonly triggers: readonly number[] }[];
}

export const allTriggers: TriggerRule = { first: 'start', last: 'end' };

export function readGateSpec({ gates, triggers }: GateSpec): Parsed<readonly GateGroup[]> {
  const entries = Array.isArray(gates) ? (gates as unknown[]) : [gates];
  const perEntry = Array.isArray(gates) && Array.isArray(triggers) ? (triggers as unknown[]) : entries.map(() => triggers);
  if (entries.length === 0) return { problem: 'No gate is chosen.' };
  if (perEntry.length !== entries.length) return { problem: `There are ${perEntry.length} trigger ranges for ${entries.length} gates.` };
  const groups: GateGroup[] = [];
  for (const [index, entry] of entries.entries()) {
    const range = readGates(entry);
    if ('problem' in range) return range;
    const [first, last] = range.value;
    const given = perEntry[index];
    const rules = (Array.isArray(given) ? (given as unknown[]) : [given]).map(readTriggers);
    for (const rule of rules) if ('problem' in rule) return rule;
    if (Array.isArray(given) && rules.length !== last - first + 1) return { problem: `There are ${rules.length} trigger ranges for gates ${first} to ${last}.` };
    groups.push({ first, last, triggers: rules.flatMap((rule) => ('value' in rule ? [rule.value] : [])) });
  }
  return { value: groups };
}

/** The shortest form that means the same. */
export function writeGateSpec(groups: readonly GateGroup[]): GateSpec {
  const gates = groups.map(({ first, last }) => (first === last ? `${first}` : `${first},${last}`));
  const triggers = groups.map(({ triggers: rules }) => {
    const texts = rules.map(ruleText);
    return texts.every((text) => text === texts[0]) ? texts[0] : texts;
  });
  const isOneForAll = triggers.every((text) => typeof text === 'string' && text === triggers[0]);
  return { gates: gates.length === 1 ? gates[0] : gates, triggers: gates.length === 1 || isOneForAll ? triggers[0] : triggers };
}

/** What the rules mean in this run: per output the ranges, holes left out. */
export function rangesOf(groups: readonly GateGroup[], { gates }: HasGates): GateRange[][] {
  return groups.map(({ first, last, triggers }) => Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((gate, index) => {
    const there = gates.find((candidate) => candidate.gate === gate)?.triggers ?? [];
    return rangesOfGate(gate, triggers[index] ?? triggers[0], there);
  }));
}

function rangesOfGate(gate: number, rule: TriggerRule, there: readonly number[]): GateRange[] {
  const from = rule.first === 'start' ? there[0] : rule.first;
  const to = rule.last === 'end' ? there.at(-1) : rule.last;
  if (from === undefined || to === undefined) return [];
  const isRule = rule.first === 'start' || rule.last === 'end';
  const ranges: { gate: number; first: number; last: number }[] = [];
  for (let trigger = from; trigger <= to; trigger++) {
    if (isRule && !there.includes(trigger)) continue;
    const range = ranges.at(-1);
    if (range && trigger === range.last + 1) range.last = trigger;
    else ranges.push({ gate, first: trigger, last: trigger });
  }
  return ranges;
}

/** What is asked for and not there, in sentences. */
export function gateProblems(groups: readonly GateGroup[], { gates }: HasGates): string[] {
  const numbers = gates.map(({ gate }) => gate);
  const has = numbers.length === 0 ? 'no gates' : numbers.length === 1 ? `only gate ${numbers[0]}` : `gates ${numbers.join(', ')}`;
  return groups.flatMap(({ first, last, triggers }) => {
    const asked = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    if (asked.some((gate) => !numbers.includes(gate))) return [`${first === last ? `Gate ${first} is` : `Gates ${first} to ${last} are`} asked for; this run has ${has}.`];
    return asked.flatMap((gate, index) => {
      const { triggers: there } = gates.find((candidate) => candidate.gate === gate)!;
      const rule = triggers[index] ?? triggers[0];
      const absent = [rule.first, rule.last].filter((trigger, at, both): trigger is number => typeof trigger === 'number' && !there.includes(trigger) && both.indexOf(trigger) === at);
      return absent.map((trigger) => `Trigger ${trigger} does not exist in g${gate} (${there.length === 1 ? `only t${there[0]}` : `t${there[0]} to t${there.at(-1)!}`}).`);
    });
  });
}

/** As CatGT options: `-g=0,1 -t=0,2` where that says it, `-gtlist={0,0,2}{1,0,0}` otherwise. */
export function catgtGates(ranges: readonly GateRange[]): string {
  if (ranges.length === 0) return '';
  const [{ gate, first, last }] = ranges;
  const isOneRange = ranges.every((range, index) => range.gate === gate + index && range.first === first && range.last === last);
  if (!isOneRange) return `-gtlist=${ranges.map((range) => `{${range.gate},${range.first},${range.last}}`).join('')}`;
  const lastGate = ranges.at(-1)!.gate;
  return `-g=${gate}${lastGate > gate ? `,${lastGate}` : ''} -t=${first}${last > first ? `,${last}` : ''}`;
}

/** In the script's form, `0,1 start,end`; with braces where gates differ, outputs after one another with `;`. Reads back by readGateText. */
export function gateText(groups: readonly GateGroup[]): string {
  return groups.map(({ first, last, triggers }) => {
    const texts = triggers.map(ruleText);
    if (texts.every((text) => text === texts[0])) return `${first === last ? first : `${first},${last}`} ${texts[0]}`;
    return `-gtlist=${texts.map((text, index) => `{${first + index},${text}}`).join('')}`;
  }).join('; ');
}

/**
 * Reads what people write: `-g=0,1 -t=0,2`, `-gtlist={0,0,2}{1,0,0}`, the script form `0,1 start,end` (gates, then
 * triggers), gates alone (`0,1`), triggers alone (`start,end`); several outputs with `;` between them. What is not said
 * stays as it is.
 */
export function readGateText(text: string, current: readonly GateGroup[]): Parsed<readonly GateGroup[]> {
  const parts = text.split(';').filter((part) => part.trim() !== '');
  if (parts.length < 2) return readOutput(parts[0] ?? '', current);
  const outputs = parts.map((part) => readOutput(part, []));
  const wrong = outputs.find((output) => 'problem' in output);
  return wrong ?? { value: outputs.flatMap((output) => ('value' in output ? output.value : [])) };
}

function readOutput(text: string, current: readonly GateGroup[]): Parsed<readonly GateGroup[]> {
  const words = text.trim().replace(/,\s+/g, ',').split(/\s+/).filter((word) => word !== '' && !/^-(t_miss_ok|run=\S*)$/.test(word));
  if (words.length === 0) return { problem: 'Write gates and triggers, such as -g=0 -t=0,2 or start,end.' };
  const unknown = words.find((word) => word.startsWith('-') && !/^-(g|t|gtlist)=/.test(word));
  if (unknown) return { problem: `'${unknown}' says nothing of gates or triggers.` };
  const valueOf = (name: string) => words.find((word) => word.startsWith(`-${name}=`))?.slice(name.length + 2);
  const list = valueOf('gtlist');
  if (list !== undefined) return words.length > 1 ? { problem: '-gtlist stands alone: it says gates and triggers.' } : readGateList(list);
  const plain = words.filter((word) => !word.startsWith('-'));
  const isRule = (word: string) => /start|end/.test(word);
  const gatesText = valueOf('g') ?? plain.find((word) => !isRule(word));
  const triggersText = valueOf('t') ?? (plain.length > 1 ? plain[1] : plain.find(isRule));
  if (plain.length > 2 || (plain.length === 2 && isRule(plain[0]))) return { problem: 'Write gates, then triggers: 0,1 start,end.' };
  const gates = gatesText === undefined ? undefined : readGates(gatesText);
  if (gates && 'problem' in gates) return gates;
  const triggers = triggersText === undefined ? undefined : readTriggers(triggersText);
  if (triggers && 'problem' in triggers) return triggers;
  if (gates) return { value: [{ first: gates.value[0], last: gates.value[1], triggers: [triggers?.value ?? allTriggers] }] };
  if (current.length === 0) return { problem: 'Say the gate as well, such as 0 start,end.' };
  return { value: current.map((group) => ({ ...group, triggers: triggers ? [triggers.value] : group.triggers })) };
}

/** `{0,0,2}{1,0,0}`: gates that follow one another, one range each. */
function readGateList(text: string): Parsed<readonly GateGroup[]> {
  const rest = text.replace(/\{\d+,(\d+|start)(,(\d+|end))?\}/g, '');
  const entries = [...text.matchAll(/\{(\d+),([^{}]*)\}/g)].map(([, gate, triggers]) => ({ gate: Number(gate), rule: readTriggers(triggers) }));
  if (entries.length === 0 || rest.trim() !== '') return { problem: `'${text}' is not a list such as {0,0,2}{1,0,0}.` };
  const rules: TriggerRule[] = [];
  for (const [index, { gate, rule }] of entries.entries()) {
    if ('problem' in rule) return rule;
    rules.push(rule.value);
    if (index > 0 && gate !== entries[index - 1].gate + 1) return { problem: `Gate ${gate} does not follow gate ${entries[index - 1].gate}: gates that are joined follow one another, with one range each.` };
  }
  return { value: [{ first: entries[0].gate, last: entries.at(-1)!.gate, triggers: rules }] };
}

function readGates(value: unknown): Parsed<readonly [number, number]> {
  const text = plainText(value);
  const [first, last = first, ...more] = text.split(/[,:; ]+/);
  const isFine = [first, last].every((part) => /^\d{1,9}$/.test(part)) && more.length === 0;
  if (!isFine) return { problem: `'${text}' is not a gate or a range such as 0,3.` };
  return Number(last) < Number(first) ? { problem: `In gates ${text} the last comes before the first.` } : { value: [Number(first), Number(last)] };
}

function readTriggers(value: unknown): Parsed<TriggerRule> {
  const text = plainText(value);
  const [first, last = first, ...more] = text.split(/[,:; ]+/);
  const isNumber = (part: string) => /^\d{1,9}$/.test(part);
  if (more.length > 0 || !(first === 'start' || isNumber(first)) || !(last === 'end' || isNumber(last))) return { problem: `'${text}' is not a range of triggers such as 0,5 or start,end.` };
  if (isNumber(first) && isNumber(last) && Number(last) < Number(first)) return { problem: `In triggers ${text} the last comes before the first.` };
  return { value: { first: first === 'start' ? first : Number(first), last: last === 'end' ? last : Number(last) } };
}

export function ruleText({ first, last }: TriggerRule): string {
  return `${first},${last}`;
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
