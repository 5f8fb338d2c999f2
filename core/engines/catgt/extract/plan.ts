// From the extractors that were asked for to extractions of one stream: volts become counts, milliseconds become samples, and each gets
// the names of its files.

import { formatG } from '../../../common/index.ts';
import { requireNumber, streamLabel, type Meta, type StreamFacts } from '../../../spikeglx/index.ts';
import { printExtractor } from '../command/extractorOptions.ts';
import { streamNumbers, type AnalogExtractor, type BitFieldExtractor, type CatGTOptions, type DigitalExtractor, type Extractor } from '../command/options.ts';
import type { Extraction, FieldExtraction, PulseExtraction } from './extraction.ts';
import { syncExtractor } from './sync.ts';

export interface ExtractionPlan {
  /** The automatic sync extraction first, then those asked for in their order. */
  readonly extractions: readonly Extraction[];
  readonly warnings: readonly string[];
}

/** What an extractor becomes depends on the stream and on -inarow. */
interface Setting {
  readonly meta: Meta;
  readonly facts: StreamFacts;
  readonly inARow: number;
  readonly numerics: CatGTOptions['numerics'];
}

/**
 * `syncMs` is the width of a sync pulse (see syncWidthMs). Throws InputFileError when the meta lacks the voltage range
 * that an analog threshold needs.
 */
export function planExtractions(options: Pick<CatGTOptions, 'extractors' | 'inARow' | 'autoSync' | 'numerics'>, meta: Meta, facts: StreamFacts, syncMs: number): ExtractionPlan {
  const setting: Setting = { meta, facts, inARow: options.inARow, numerics: options.numerics };
  const label = streamLabel(facts.stream);
  const warnings: string[] = [];
  const extractions: Extraction[] = [];

  const sync = options.autoSync ? syncExtractor(meta, facts, syncMs) : undefined;
  if (typeof sync === 'string') warnings.push(`No sync edges are extracted from ${label}: ${sync}.`);
  else if (sync) extractions.push(extraction(sync, setting, undefined));

  for (const extractor of options.extractors.filter((candidate) => reads(candidate, facts))) {
    if (extractor.word >= facts.columns) {
      warnings.push(`Word ${extractor.word} >= nchans (${facts.columns}) in ${label}: ${printExtractor(extractor)} is left out.`);
      continue;
    }
    const rank = extractions.filter((made) => !made.automatic).length;
    const made = extraction(extractor, setting, rank);
    const twin = extractions.find((other) => other.timesSuffix === made.timesSuffix && !other.automatic);
    if (twin) warnings.push(`Two extractors write the file *${made.timesSuffix} of ${label}: the later one, ${printExtractor(extractor)}, stays.`);
    extractions.push(made);
  }
  return { extractions, warnings };
}

function reads(extractor: Extractor, { stream }: StreamFacts): boolean {
  return extractor.js === streamNumbers[stream.kind] && extractor.ip === stream.index;
}

function extraction(extractor: Extractor, setting: Setting, rank: number | undefined): Extraction {
  const column = extractor.word < 0 ? setting.facts.columns - 1 : extractor.word;
  const common = { column, rank, automatic: rank === undefined };
  const suffixes = eventSuffixes(extractor, setting.facts.columns);
  return extractor.kind === 'bf' ? fieldExtraction(extractor, suffixes, common) : pulseExtraction(extractor, setting, suffixes, common);
}

/** What is appended to the output's base name: `.xa_2_25.txt`; of bit fields the times' file, then the values'. Thresholds are not in it. */
export function eventSuffixes(extractor: Extractor, columns: number): string[] {
  const column = extractor.word < 0 ? columns - 1 : extractor.word;
  if (extractor.kind === 'bf') return ['bft', 'bfv'].map((kind) => `.${kind}_${column}_${extractor.startBit}_${extractor.bits}.txt`);
  const where = 'bit' in extractor ? `${column}_${extractor.bit}` : `${column}`;
  return [`.${extractor.kind}_${where}_${formatG(extractor.ms).replace('.', 'p')}.txt`];
}

function fieldExtraction({ kind, startBit, bits, inARow }: BitFieldExtractor, suffixes: readonly string[], common: { column: number; rank: number | undefined; automatic: boolean }): FieldExtraction {
  const [timesSuffix, valuesSuffix] = suffixes;
  return { ...common, kind, startBit, bits, inARow, timesSuffix, valuesSuffix };
}

function pulseExtraction(extractor: AnalogExtractor | DigitalExtractor, setting: Setting, [timesSuffix]: readonly string[], common: { column: number; rank: number | undefined; automatic: boolean }): PulseExtraction {
  const { kind, ms } = extractor;
  return {
    ...common,
    kind,
    inARow: setting.inARow,
    ...('bit' in extractor ? { signal: { bit: extractor.bit } } : thresholds(extractor, setting)),
    ...(ms === 0 ? {} : { width: acceptedWidths(extractor, setting.facts.rate) }),
    timesSuffix,
  };
}

/**
 * Volts to counts: int(32767 * V / range), whatever the gain and the converter's width. The second threshold counts only
 * when it lies beyond the first.
 */
function thresholds(extractor: AnalogExtractor, { meta, facts, numerics }: Setting): Pick<PulseExtraction, 'signal' | 'reach'> {
  const range = requireNumber(meta, facts.stream.kind === 'nidq' ? 'niAiRangeMax' : 'obAiRangeMax');
  const [threshold, second] = [extractor.threshold1, extractor.threshold2].map((volts) => Math.trunc((32767 * volts) / range));
  const beyond = extractor.kind === 'xa' ? second > threshold : second < threshold;
  // The native tool's extreme starts at 0: a threshold on the near side of 0 counts as reached.
  const from = numerics === 'native' ? 0 : extractor.kind === 'xa' ? -Infinity : Infinity;
  return { signal: { threshold }, ...(beyond ? { reach: { counts: second, from } } : {}) };
}

/** The width within 20 %, or within the tolerance that was given. */
function acceptedWidths({ ms, tolerance }: AnalogExtractor | DigitalExtractor, rate: number): { least: number; most: number } {
  const samples = (milliseconds: number) => Math.trunc(milliseconds * 1e-3 * rate);
  if (tolerance !== undefined) return { least: samples(ms - tolerance), most: samples(ms + tolerance) };
  return { least: samples(ms * 0.8), most: samples(ms * 1.2) };
}
