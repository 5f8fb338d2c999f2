// The reference's leniency with values, as plain functions: each returns the value in its proper type, or the value
// unchanged when it cannot be read that way (the field's check then names it in an error).

import { parseDecimal } from '../../common/index.ts';

/** Whole numbers: floats lose their fraction (66.9 -> 66), "66" and "66,0" are read, true and false are 1 and 0. */
export function toWhole(value: unknown): unknown {
  const number = toDecimal(value);
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) + 0 : number;
}

/** Numbers: strings are read, with a decimal point or comma; true and false are 1 and 0. */
export function toDecimal(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return parseDecimal(value) ?? value;
  return value;
}

const yes = new Set(['t', 'true', '1']);
const no = new Set(['f', 'false', '0']);

/** True or false: also 1, 0 and the words in any case. */
export function toFlag(value: unknown): unknown {
  const word = String(value).toLowerCase();
  if (typeof value === 'object') return value;
  return yes.has(word) ? true : no.has(word) ? false : value;
}

/** Text: numbers are written out, so that a gate_string of 0 is "0". */
export function toText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** Lists: a JSON array, one value alone, or text such as "[0, 10]", "0,10" or "0 10" as it comes from a command line. */
export function toList(value: unknown): unknown {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text.startsWith('[')) {
    try {
      return JSON.parse(text);
    } catch {
      // Python writes lists of text with single quotes: read below, by hand
    }
  }
  const inner = text.replace(/^\[|\]$/g, '').trim();
  return inner === '' ? [] : inner.split(/[\s,;]+/).map((item) => item.replace(/^(['"])(.*)\1$/, '$2'));
}
