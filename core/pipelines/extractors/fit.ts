// Whether an extractor fits a stream's file: is its word one of the columns and of its kind, do the thresholds lie in the
// range of the input, is it the sync line that CatGT takes by itself. From the meta alone: no samples are read.

import { formatG } from '../../common/index.ts';
import { type Extractor, eventSuffixes, printExtractor, syncExtractor } from '../../engines/catgt/index.ts';
import { type LineWord, lineWords, type Meta, type StreamFacts, streamLabel } from '../../spikeglx/index.ts';
import type { ExtractorNotice } from './notice.ts';

/** What extractors see of a stream's file. */
export interface LineColumns {
  /** `nidq`, `obx1`, `imec0.ap` */
  readonly stream: string;
  readonly columns: number;
  readonly words: readonly LineWord[];
  /** What CatGT extracts by itself. */
  readonly sync?: Extractor;
}

/** Names in a sentence: of more columns they say nothing. */
const mostNames = 12;

/** @param syncMs width of a sync pulse */
export function lineColumns(meta: Meta, facts: StreamFacts, syncMs = 0): LineColumns {
  const sync = syncExtractor(meta, facts, syncMs);
  return { stream: streamLabel(facts.stream), columns: facts.columns, words: lineWords(meta, facts), ...(typeof sync === 'object' ? { sync } : {}) };
}

/** Everything that is to be said of an extractor on its own stream's file, the worst first. */
export function fitNotices(extractor: Extractor, file: LineColumns): ExtractorNotice[] {
  const column = columnOf(extractor, file);
  const outside = wordOutside(extractor, column, file);
  if (outside) return [outside];
  const word = file.words.find((each) => each.word === column)!;
  return [...('threshold1' in extractor ? voltNotices(extractor, word.range_V) : []), ...syncNotices(extractor, column, file)];
}

/** Of extractors as such, whatever the file. @param inARow samples a pulse must last */
export function widthNotices(extractor: Extractor, inARow: number): ExtractorNotice[] {
  if (extractor.kind === 'bf') return [];
  const { ms, tolerance } = extractor;
  if (ms === 0) return [{ id: 'any-width', severity: 'note', text: `Width 0 keeps every edge, also bounces longer than ${inARow} samples.` }];
  if (tolerance !== undefined && tolerance >= ms) return [{ id: 'wide-tolerance', severity: 'warn', text: `Tolerance ${formatG(tolerance)} ms is wider than the pulse: any pulse under ${formatG(ms + tolerance)} ms counts.` }];
  return [];
}

function columnOf({ word }: Extractor, { columns }: LineColumns): number {
  return word < 0 ? columns - 1 : word;
}

const isAnalog = ({ kind }: Extractor) => kind === 'xa' || kind === 'xia';

/** A word that is not there, or not of the kind the extractor reads. */
function wordOutside(extractor: Extractor, column: number, file: LineColumns): ExtractorNotice | undefined {
  const { columns, words } = file;
  const stop = (id: string, text: string): ExtractorNotice => ({ id, severity: 'stop', text, ...nearest(extractor, column, file) });
  if (column >= columns) {
    const names = words.length > 0 && words.length <= mostNames ? ` (${words.map(({ name }) => name).join(', ')})` : '';
    return stop('word-range', `Word ${column} does not exist: this file has ${columns === 1 ? 'word 0' : `words 0 to ${columns - 1}`}${names}.`);
  }
  const word = words.find((each) => each.word === column);
  if (word === undefined) return stop('word-neural', `Word ${column} is a neural channel. The digital word is ${words.map((each) => each.word).join(' or ')}.`);
  if (isAnalog(extractor) && word.kind === 'digital') return stop('word-digital', `Word ${column} is digital: use xd, xid or bf.`);
  if (!isAnalog(extractor) && word.kind === 'analog') return stop('word-analog', `Word ${column} is analog: use xa or xia.`);
  return undefined;
}

/** The same extractor on the nearest word it can read. */
function nearest(extractor: Extractor, column: number, { words }: LineColumns): Pick<ExtractorNotice, 'instead'> {
  const kind = isAnalog(extractor) ? 'analog' : 'digital';
  const [near] = words.filter((word) => word.kind === kind).sort((a, b) => Math.abs(a.word - column) - Math.abs(b.word - column));
  if (near === undefined) return {};
  const bit = 'bit' in extractor ? ` bit ${extractor.bit}` : extractor.kind === 'bf' ? ` bit ${extractor.startBit}` : '';
  return { instead: { label: `Use word ${near.word}${bit}`, text: printExtractor({ ...extractor, word: near.word }) } };
}

function voltNotices({ kind, threshold1, threshold2 }: Extract<Extractor, { threshold1: number }>, range_V: number): ExtractorNotice[] {
  const beyond = kind === 'xa' ? threshold2 > threshold1 : threshold2 < threshold1;
  const outside = [threshold1, ...(beyond ? [threshold2] : [])].find((volts) => Math.abs(volts) > range_V);
  return [
    ...(outside === undefined ? [] : [{ id: 'volts-range', severity: 'stop', text: `${formatG(outside)} V is outside ±${formatG(range_V)} V of this input.` } as const]),
    ...(beyond || threshold2 === 0 || threshold2 === threshold1 ? [] : [{ id: 'second-threshold', severity: 'note', text: `Threshold 2 (${volts(threshold2)} V) lies inside threshold 1 (${volts(threshold1)} V), so it is not used.` } as const]),
  ];
}

/** Always with a decimal: 3.0 V. */
const volts = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : formatG(value));

function syncNotices(extractor: Extractor, column: number, file: LineColumns): ExtractorNotice[] {
  const { sync, columns } = file;
  if (!sync || columnOf(sync, file) !== column) return [];
  const isSame = 'bit' in sync ? extractor.kind === 'xd' && extractor.bit === sync.bit : extractor.kind === 'xa';
  const name = eventSuffixes(sync, columns)[0].slice(1, -'.txt'.length);
  return isSame ? [{ id: 'sync-line', severity: 'note', text: `This is the sync line. It is extracted anyway, as \`${name}\`.` }] : [];
}
