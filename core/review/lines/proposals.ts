// What a line looks like, in words, and the extractor that would take it. Counts are those of the extractor itself.

import { type Extractor, printExtractor } from '../../engines/catgt/index.ts';
import { extractionOfSource } from './extractor.ts';
import { previewExtraction } from './preview.ts';
import type { SurveyTask, WordFacts } from './survey.ts';
import type { BitFacts, Train } from './trains.ts';
import type { LineWord } from '../../spikeglx/index.ts';

export interface Proposal {
  /** `-xd=0,0,2,3,25`. */
  readonly extractor: string;
  readonly reason: string;
  readonly count: number;
}

export interface Proposed {
  /** In a few words. */
  readonly text: string;
  readonly proposals: readonly Proposal[];
}

/** Fewer pulses than these tell nothing. */
const LEAST_PULSES = 3;
/** Widths within this of their median are one width. */
const ONE_WIDTH = 0.18;
/** Samples in a row that a value of a bit field must last. */
const FIELD_IN_A_ROW = 3;

export function propose(task: SurveyTask, word: LineWord, facts: WordFacts): Proposed {
  return word.kind === 'analog' ? proposeAnalog(task, word, facts) : proposeDigital(task, word, facts);
}

function proposeAnalog(task: SurveyTask, word: LineWord, { analog }: WordFacts): Proposed {
  const volts = (counts: number) => `${Number((counts * word.volts_per_count).toFixed(2))} V`;
  const { levels, threshold, train, inverted, kind, noise } = analog!;
  if (kind === 'still') return { text: `${Number((1000 * noise * word.volts_per_count).toPrecision(2))} mV noise, nothing happens: unused?`, proposals: [] };
  if (kind === 'continuous') return { text: 'continuous, no levels: not a pulse line', proposals: [] };
  const between = `levels ${levels.map(volts).join(' and ')}`;
  if (task.sync?.word === word.word && task.sync.bit === undefined) return { text: `${between}: sync, CatGT takes it by itself`, proposals: [] };
  if (!train || train.edges < LEAST_PULSES) return { text: `${between}, ${train?.edges ?? 0} pulses`, proposals: [] };
  const level = niceVolts(threshold! * word.volts_per_count, (levels[1] - levels[0]) * word.volts_per_count);
  const { ms, words } = widthOf(train);
  const extractor: Extractor = { kind: inverted ? 'xia' : 'xa', ...place(task), word: word.word, threshold1: level, threshold2: (inverted ? level <= 0 : level >= 0) ? 0 : level, ms };
  const count = countOf(task, extractor);
  const text = `${count} ${inverted ? 'inverted ' : ''}pulses of ${words}`;
  return { text: `${between}, ${text}`, proposals: [{ extractor: printExtractor(extractor), reason: `${word.name}: two levels, ${levels.map(volts).join(' and ')}; ${text}: ${extractor.kind} at ${short(level)} V${ms > 0 ? ` / ${short(ms)} ms` : ', any width'}.`, count }] };
}

function proposeDigital(task: SurveyTask, word: LineWord, { bits, together, changes }: WordFacts): Proposed {
  const active = bits.filter(({ constant }) => constant === null);
  const isSync = (bit: number) => task.sync?.word === word.word && task.sync.bit === bit;
  const fields = fieldsOf(together, changes, isSync);
  const inField = new Set(fields.flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => first + index)));
  const single = active.filter(({ bit, edges }) => !isSync(bit) && !inField.has(bit) && edges >= LEAST_PULSES);
  return {
    text: active.length === 0 ? 'no bit ever changes' : `${active.length} of 16 bits change`,
    proposals: [...single.map((bit) => proposeBit(task, word, bit)), ...fields.map(({ first, count }) => proposeField(task, word, first, count))],
  };
}

function proposeBit(task: SurveyTask, word: LineWord, bit: BitFacts): Proposal {
  // A line that rests high pulses downwards: its highs are the pauses.
  const inverted = (bit.duty_pct ?? 0) > 60;
  const { ms, words } = inverted ? { ms: 0, words: 'any width' } : widthOf(bit);
  const extractor: Extractor = { kind: inverted ? 'xid' : 'xd', ...place(task), word: word.word, bit: bit.bit, ms };
  const count = countOf(task, extractor);
  const isWave = bit.duty_pct !== null && Math.abs(bit.duty_pct - 50) < 2 && bit.period_ms !== null;
  const what = isWave ? `${short(bit.rate_Hz!)} Hz square wave, ${short(bit.duty_pct!)} % duty` : `${count} ${inverted ? 'inverted ' : ''}pulses of ${words}`;
  return { extractor: printExtractor(extractor), reason: `${word.name} bit ${bit.bit}: ${what}: ${extractor.kind}${ms > 0 ? ` / ${short(ms)} ms` : ', any width'}.`, count };
}

function proposeField(task: SurveyTask, word: LineWord, startBit: number, bits: number): Proposal {
  const extractor: Extractor = { kind: 'bf', ...place(task), word: word.word, startBit, bits, inARow: FIELD_IN_A_ROW };
  const extraction = extractionOfSource(extractor, task.source, 5)!;
  const { counts, values } = previewExtraction({ source: task.source, extraction });
  return { extractor: printExtractor(extractor), reason: `${word.name} bits ${startBit}-${startBit + bits - 1} change together, never all by themselves: a ${bits}-bit code with ${values?.length ?? 0} values.`, count: counts.accepted };
}

/** Share of the rarer bit's changes that its neighbour must have too. */
const SHARED = 0.4;

/** Runs of neighbouring bits that change at the same moments. The upper bits of a counter change too rarely to begin one. */
function fieldsOf(together: readonly number[], changes: readonly number[], isSync: (bit: number) => boolean): { first: number; count: number }[] {
  const joined = (bit: number, least: number) => !isSync(bit) && !isSync(bit + 1) && together[bit] >= least && together[bit] >= SHARED * Math.min(changes[bit], changes[bit + 1]);
  const fields: { first: number; count: number }[] = [];
  for (let bit = 0; bit < 15; bit++) {
    if (!joined(bit, LEAST_PULSES)) continue;
    const first = bit;
    while (bit < 15 && joined(bit, 1)) bit++;
    fields.push({ first, count: bit - first + 1 });
  }
  return fields;
}

/** One width where pulses agree, else any. */
function widthOf({ width_ms, widths_ms }: Train): { ms: number; words: string } {
  if (width_ms === null || widths_ms === null) return { ms: 0, words: 'any width' };
  const [least, most] = widths_ms;
  const range = short(least) === short(most) ? `${short(least)} ms` : `${short(least)}-${short(most)} ms`;
  const isOne = least >= (1 - ONE_WIDTH) * width_ms && most <= (1 + ONE_WIDTH) * width_ms;
  return { ms: isOne ? nice(width_ms) : 0, words: range };
}

function countOf(task: SurveyTask, extractor: Extractor): number {
  const extraction = extractionOfSource(extractor, task.source, 5);
  return extraction ? previewExtraction({ source: task.source, extraction }).counts.accepted : 0;
}

function place({ source: { stream } }: SurveyTask): { js: 0 | 1 | 2; ip: number } {
  return { js: stream.kind === 'nidq' ? 0 : stream.kind === 'obx' ? 1 : 2, ip: stream.index };
}

/** Two digits where that is near enough. */
function nice(value: number): number {
  const two = Number(value.toPrecision(2));
  return Math.abs(two - value) <= 0.03 * value ? two : Number(value.toPrecision(3));
}

function niceVolts(volts: number, range: number): number {
  return Number(volts.toFixed(range > 1 ? 1 : range > 0.1 ? 2 : 3));
}

/** Three digits that matter. */
function short(value: number): string {
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return String(Math.abs(value) < 1e-4 ? 0 : rounded);
}
