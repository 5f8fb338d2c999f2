// Extractors as text, the way CatGT takes them (`-xa=0,0,2,3,4.5,25 -bf=0,0,3,4,3,3 -inarow=5`), and as the fields of a form.
// Shared by the screens and the service; whether CatGT takes a text is for its own parser to say.

import { catgtWords } from '../../notation/index.ts';

interface Place {
  /** 0 NI, 1 OneBox, 2 probe. */
  readonly js: 0 | 1 | 2;
  /** Number of the OneBox or probe. */
  readonly ip: number;
  /** File column; -1 is the last one. */
  readonly word: number;
}

interface Width {
  /** 0: any edge. */
  readonly width_ms: number;
  /** null: 20 % of the width, which is written without a seventh number. */
  readonly tolerance_ms: number | null;
}

export interface AnalogFields extends Place, Width {
  readonly kind: 'xa' | 'xia';
  readonly threshold1_V: number;
  /** Not used unless it lies beyond the first. */
  readonly threshold2_V: number;
}

export interface DigitalFields extends Place, Width {
  readonly kind: 'xd' | 'xid';
  readonly bit: number;
}

export interface BitFields extends Place {
  readonly kind: 'bf';
  readonly startBit: number;
  readonly bits: number;
  /** Samples in a row that a new value must last; its own, apart from -inarow. */
  readonly inARow: number;
}

export type ExtractorFields = AnalogFields | DigitalFields | BitFields;

export interface ExtractorWord {
  /** As it stands in the text. */
  readonly text: string;
  readonly fields: ExtractorFields | null;
  /** Why there are no fields. */
  readonly problem: string | null;
}

export interface ExtractorString {
  readonly extractors: readonly ExtractorWord[];
  /** -inarow, one number for all pulse extractors; null when not given (5). */
  readonly inARow: number | null;
  readonly autoSync: boolean;
  /** Options that are no extractors; kept as they are. */
  readonly others: readonly string[];
}

export const defaultInARow = 5;

const counts: Readonly<Record<ExtractorFields['kind'], readonly [least: number, most: number, form: string]>> = {
  xa: [6, 7, 'js,ip,word,threshold 1,threshold 2,ms or with a seventh number, the tolerance in ms'],
  xia: [6, 7, 'js,ip,word,threshold 1,threshold 2,ms or with a seventh number, the tolerance in ms'],
  xd: [5, 6, 'js,ip,word,bit,ms or with a sixth number, the tolerance in ms'],
  xid: [5, 6, 'js,ip,word,bit,ms or with a sixth number, the tolerance in ms'],
  bf: [6, 6, 'js,ip,word,startbit,nbits,in a row'],
};

/** One extractor, with or without its dash: `-xa=0,0,2,3,4.5,25`. */
export function readExtractorText(text: string): ExtractorWord {
  const fail = (problem: string): ExtractorWord => ({ text, fields: null, problem });
  const match = /^-{0,2}(xa|xia|xd|xid|bf)=(.*)$/.exec(text.trim());
  if (!match) return fail('This is no extractor: one begins with -xa=, -xia=, -xd=, -xid= or -bf=.');
  const kind = match[1] as ExtractorFields['kind'];
  const parts = match[2].split(/[,:;\s]+/).filter((part) => part !== '');
  const [least, most, form] = counts[kind];
  if (parts.length < least || parts.length > most) return fail(`-${kind} takes ${form}; here are ${parts.length} numbers.`);
  const numbers = parts.map(Number);
  const wrong = parts.find((_, index) => !Number.isFinite(numbers[index]));
  if (wrong !== undefined) return fail(`'${wrong}' is not a number.`);
  const [js, ip, word, a, b, c, d] = numbers;
  if (js !== 0 && js !== 1 && js !== 2) return fail(`The first number says where to look: 0 for NI, 1 for a OneBox, 2 for a probe, not ${js}.`);
  const place: Place = { js, ip, word };
  switch (kind) {
    case 'xa':
    case 'xia': return { text, problem: null, fields: { kind, ...place, threshold1_V: a, threshold2_V: b, width_ms: c, tolerance_ms: d ?? null } };
    case 'xd':
    case 'xid': return { text, problem: null, fields: { kind, ...place, bit: a, width_ms: b, tolerance_ms: c ?? null } };
    case 'bf': return { text, problem: null, fields: { kind, ...place, startBit: a, bits: b, inARow: c } };
  }
}

/** `-xa=0,0,2,3,4.5,25`, numbers in at most six digits as CatGT prints them. */
export function writeExtractor(fields: ExtractorFields): string {
  const place = [fields.js, fields.ip, fields.word];
  if (fields.kind === 'bf') return `-bf=${[...place, fields.startBit, fields.bits, fields.inARow].map(digits).join(',')}`;
  const level = 'bit' in fields ? [fields.bit] : [fields.threshold1_V, fields.threshold2_V];
  const tolerance = fields.tolerance_ms === null ? [] : [fields.tolerance_ms];
  return `-${fields.kind}=${[...place, ...level, fields.width_ms, ...tolerance].map(digits).join(',')}`;
}

/** The text of a session's `ni_obx_extract_string`. */
export function readExtractString(text: string): ExtractorString {
  const words = catgtWords(text);
  const extractors = words.filter(({ name }) => name in counts).map((word) => readExtractorText(word.text));
  const inARow = words.filter(({ name }) => name === 'inarow').map(({ value }) => Number(value)).filter((value) => Number.isInteger(value) && value >= 1).at(-1) ?? null;
  const others = words.filter(({ name, value }) => !(name in counts) && !(name === 'no_auto_sync' && value === null) && !(name === 'inarow' && Number(value) >= 1));
  return { extractors, inARow, autoSync: !words.some(({ name }) => name === 'no_auto_sync'), others: others.map((word) => word.text) };
}

/** In CatGT's order: by stream, within a stream as they came. What could not be read stays, at the end of the extractors. */
export function writeExtractString({ extractors, inARow, autoSync, others }: ExtractorString): string {
  const read = extractors.flatMap(({ fields }) => (fields ? [fields] : [])).sort((a, b) => a.js - b.js || a.ip - b.ip).map(writeExtractor);
  const unread = extractors.filter(({ fields }) => !fields).map(({ text }) => text);
  return [...read, ...unread, ...(inARow === null || inARow === defaultInARow ? [] : [`-inarow=${inARow}`]), ...(autoSync ? [] : ['-no_auto_sync']), ...others].join(' ');
}

/** The stream an extractor looks at: `nidq`, `obx1`, `imec0.ap`. */
export function streamOfExtractor({ js, ip }: Pick<ExtractorFields, 'js' | 'ip'>): string {
  return js === 0 ? 'nidq' : js === 1 ? `obx${ip}` : `imec${ip}.ap`;
}

/** js and ip of a stream; null for LF, which has no extractors. */
export function extractorPlace(stream: string): Pick<ExtractorFields, 'js' | 'ip'> | null {
  const match = /^(nidq|obx(\d+)|imec(\d+)\.ap)$/.exec(stream);
  if (!match) return null;
  return match[2] !== undefined ? { js: 1, ip: Number(match[2]) } : match[3] !== undefined ? { js: 2, ip: Number(match[3]) } : { js: 0, ip: 0 };
}

/** True when the second threshold takes part: beyond the first, seen from the ground the pulse rises from. */
export function usesSecondThreshold({ kind, threshold1_V, threshold2_V }: AnalogFields): boolean {
  return kind === 'xa' ? threshold2_V > threshold1_V : threshold2_V < threshold1_V;
}

/** What to write for a second threshold that is switched off: 0, or the first threshold where 0 would count. */
export function unusedSecondThreshold({ kind, threshold1_V }: Pick<AnalogFields, 'kind' | 'threshold1_V'>): number {
  return (kind === 'xa' ? threshold1_V >= 0 : threshold1_V <= 0) ? 0 : threshold1_V;
}

/** Half of the accepted window, ms. */
export function toleranceOf({ width_ms, tolerance_ms }: Width): number {
  return tolerance_ms ?? 0.2 * width_ms;
}

/** A tolerance of exactly 20 % is written without its number. */
export function withTolerance<Fields extends AnalogFields | DigitalFields>(fields: Fields, tolerance_ms: number): Fields {
  const isUsual = Math.abs(tolerance_ms - 0.2 * fields.width_ms) < 1e-9 * Math.max(1, fields.width_ms);
  return { ...fields, tolerance_ms: isUsual ? null : Number(digits(tolerance_ms)) };
}

/** `%g`: six digits, no trailing zeros. */
function digits(value: number): string {
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  return exponent < -4 || exponent > 5 ? value.toExponential(5).replace(/\.?0+e/, 'e').replace(/e([+-])(\d)$/, 'e$10$2') : String(Number(value.toPrecision(6)));
}
