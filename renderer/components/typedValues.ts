// Between what people type and what parameters hold: numbers with a decimal point or comma, lists, pairs of thresholds,
// and the sentences about what does not fit.

import type { ParameterSpec } from '../../core/service/contract/index.ts';

export type Read<Value> = { readonly value: Value } | { readonly problem: string };

/** A decimal point or comma; no grouping. */
export function parseNumber(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly whole?: boolean;
}

/** "0.5 to 5 ms", "at least 0 um"; empty when anything goes. */
export function rangeText({ min, max, unit }: NumberRange): string {
  const behind = unit ? ` ${unit}` : '';
  if (min !== undefined && max !== undefined) return `${min} to ${max}${behind}`;
  return min !== undefined ? `at least ${min}${behind}` : max !== undefined ? `at most ${max}${behind}` : '';
}

/** @param name begins the sentence about what is wrong */
export function readNumber(name: string, text: string, range: NumberRange): Read<number> {
  const value = parseNumber(text);
  const { min = -Infinity, max = Infinity, whole = false } = range;
  if (value === undefined || (whole && !Number.isInteger(value))) return { problem: `${name}: '${text.trim()}' is not a ${whole ? 'whole ' : ''}number.` };
  if (value < min || value > max) return { problem: `${name}: ${rangeText(range)}.` };
  return { value };
}

/** Kilosort's thresholds: "8,9", "[8 9]", "8,5; 9" to "[8,9]". Beside a semicolon or blank a comma is a decimal mark. */
export function readPair(name: string, text: string): Read<string> {
  const inner = text.trim().replace(/^\[|\]$/g, '').trim();
  const parts = /;|\S\s+\S/.test(inner.replace(/,\s+/g, ',')) ? inner.split(/\s*;\s*|,?\s+/) : inner.split(',');
  const values = parts.map(parseNumber);
  if (values.length !== 2 || values.some((value) => value === undefined || value < 0)) return { problem: `${name}: two thresholds, such as 8,9.` };
  return { value: `[${values.join(',')}]` };
}

/** "[8,9]" as it stands in fields. */
export function pairText(pair: string): string {
  const read = readPair('', pair);
  return 'value' in read ? read.value.slice(1, -1) : pair;
}

/** A value as it stands in its field. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(', ') : typeof value === 'number' ? String(Number(value.toPrecision(12))) : String(value);
}

/** What was typed into the field of a parameter. */
export function readValue(spec: ParameterSpec, text: string): Read<unknown> {
  const { key, kind, min, max, unit } = spec;
  switch (kind) {
    case 'number':
    case 'whole number': return readNumber(key, text, { min, max, unit, whole: kind === 'whole number' });
    case 'numbers': {
      const values = words(text).map(parseNumber);
      const wrong = values.indexOf(undefined);
      return wrong < 0 ? { value: values } : { problem: `${key}: '${words(text)[wrong]}' is not a number.` };
    }
    case 'texts': return { value: words(text) };
    default: return { value: text.trim() };
  }
}

const words = (text: string) => text.trim().split(/[\s,;]+/).filter((word) => word !== '');

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
