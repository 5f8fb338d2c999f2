// What the extraction step works on: the extractors of the session, the view on a stream, and new extractors for a line.

import { type AnalogFields, type DigitalFields, type Draft, type ExtractorFields, type ExtractorString, extractorPlace, hasCatgtOption, catgtValues, type LineSurvey, type LineWord, readExtractString, streamOfExtractor, unusedSecondThreshold, writeExtractor } from '../../../../../core/service/contract/index.ts';

/** What is looked at: a stream of a gate, and in it a word or neighbouring bits. */
export interface Line {
  readonly word: number;
  /** First and last bit; null for an analog word. */
  readonly bits: readonly [number, number] | null;
}

export interface Window {
  readonly from_s: number;
  readonly to_s: number;
}

/** `2`, `2.8-11`: a line as it stands in the address. */
export function lineText({ word, bits }: Line): string {
  return bits === null ? String(word) : `${word}.${bits[0]}-${bits[1]}`;
}

export function readLine(text: string): Line | undefined {
  const match = /^(\d+)(?:\.(\d+)-(\d+))?$/.exec(text);
  if (!match) return undefined;
  return { word: Number(match[1]), bits: match[2] === undefined ? null : [Number(match[2]), Math.min(15, Number(match[3]))] };
}

export function readWindow(text: string): Window | undefined {
  const [from_s, to_s] = text.split(',').map(Number);
  return to_s > from_s && from_s >= 0 ? { from_s, to_s } : undefined;
}

export const stringKey = 'ni_obx_extract_string';

/** The letter an extractor goes by: A, B ... Z, A2. */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`;
}

export function extractStringOf(draft: Draft): ExtractorString {
  const text = draft.effective[stringKey] ?? '';
  return readExtractString(typeof text === 'string' ? text : '');
}

/** -inarow may also stand among the other CatGT options; that of the extractors comes later and wins. */
export function inARowOf(draft: Draft, { inARow }: ExtractorString): number {
  const options = draft.effective['catGT_cmd_string'];
  if (inARow !== null || typeof options !== 'string' || !hasCatgtOption(options, 'inarow')) return inARow ?? 5;
  const value = Number(catgtValues(options, 'inarow').at(-1));
  return Number.isInteger(value) && value >= 1 ? value : 5;
}

/** True when the extractor looks at (part of) the line. `last`: the file's last word, for -1. */
export function isOn(fields: ExtractorFields, stream: string, line: Line, last: number): boolean {
  if (streamOfExtractor(fields) !== stream || (fields.word < 0 ? last : fields.word) !== line.word) return false;
  if (line.bits === null) return true;
  const [first, end] = line.bits;
  if (fields.kind === 'bf') return fields.startBit <= end && fields.startBit + fields.bits - 1 >= first;
  return 'bit' in fields && fields.bit >= first && fields.bit <= end;
}

export function lineOf(fields: ExtractorFields, last: number): Line {
  const word = fields.word < 0 ? last : fields.word;
  if (fields.kind === 'bf') return { word, bits: [fields.startBit, fields.startBit + fields.bits - 1] };
  return { word, bits: 'bit' in fields ? [fields.bit, fields.bit] : null };
}

/** That of the address, of the first extractor on the stream, or the first one. Probes and OneBoxes have sync on bit 6. */
export function startLine(text: string, stream: string, words: readonly LineWord[], extractors: readonly (ExtractorFields | null)[]): Line {
  const named = readLine(text);
  if (named && words.some((word) => word.word === named.word && (word.kind === 'analog') === (named.bits === null))) return named;
  const last = words[words.length - 1].word;
  const used = extractors.find((fields) => fields && streamOfExtractor(fields) === stream && words.some(({ word }) => word === lineOf(fields, last).word));
  if (used) return lineOf(used, last);
  const bit = stream === 'nidq' ? 0 : 6;
  return { word: words[0].word, bits: words[0].kind === 'analog' ? null : [bit, bit] };
}

/** A first extractor for a line: levels and width from the survey where it knows them. */
export function newExtractor(stream: string, line: Line, survey: LineSurvey | undefined): ExtractorFields {
  const place = { ...(extractorPlace(stream) ?? { js: 0 as const, ip: 0 }), word: line.word };
  const proposed = survey?.proposals.map(({ extractor }) => readExtractString(extractor).extractors[0]?.fields).find((fields) => fields && isOn(fields, stream, line, -2) && (fields.kind === 'bf') === (line.bits !== null && line.bits[1] > line.bits[0]));
  if (proposed) return proposed;
  const word = survey?.words.find((each) => each.word === line.word);
  if (line.bits === null) {
    const level = roundVolts(word?.threshold_V ?? (word?.median_V ?? 0) + 1);
    return { kind: 'xa', ...place, threshold1_V: level, threshold2_V: unusedSecondThreshold({ kind: 'xa', threshold1_V: level }), width_ms: 0, tolerance_ms: null };
  }
  const [first, last] = line.bits;
  if (last > first) return { kind: 'bf', ...place, startBit: first, bits: last - first + 1, inARow: 3 };
  const sync = word?.bits.find(({ bit }) => bit === first);
  return { kind: 'xd', ...place, bit: first, width_ms: sync?.sync && sync.width_ms !== null ? Math.round(sync.width_ms) : 0, tolerance_ms: null };
}

const roundVolts = (value: number) => Number(value.toFixed(2));

/** Pulses up or down: the other kind of the same line. */
export function inverted<Fields extends AnalogFields | DigitalFields>(fields: Fields): Fields {
  const other = { xa: 'xia', xia: 'xa', xd: 'xid', xid: 'xd' } as const;
  const next = { ...fields, kind: other[fields.kind] };
  return 'threshold1_V' in next ? { ...next, threshold2_V: unusedSecondThreshold(next as AnalogFields) } : next;
}

/** "threshold 1 3.0 to 2.4 V": what Undo says of a change. */
export function changeLabel(before: ExtractorFields, after: ExtractorFields): string {
  const names: Readonly<Record<string, string>> = { threshold1_V: 'threshold 1', threshold2_V: 'threshold 2', width_ms: 'width', tolerance_ms: 'tolerance', startBit: 'first bit', inARow: 'in a row' };
  const units = (key: string) => (key.endsWith('_V') ? ' V' : key.endsWith('_ms') ? ' ms' : '');
  const changed = (Object.keys(after) as (keyof ExtractorFields)[]).filter((key) => after[key] !== before[key]);
  if (changed.length !== 1) return writeExtractor(after);
  const [key] = changed;
  const text = (value: unknown) => (value === null ? '20 %' : `${String(value)}${units(key)}`);
  return `${names[key] ?? key} ${text(before[key])} to ${text(after[key])}`;
}

