// Text and values inside MATLAB source.

import { ParameterError } from '../common/index.ts';

/**
 * A MATLAB character array as source of plain ASCII, whatever encoding MATLAB takes the file for: 'plain text', or pieces
 * and char codes put together. Backslashes mean themselves in MATLAB.
 */
export function matlabText(text: string): string {
  const pieces = text.match(/[ -~]+|[^ -~]+/g) ?? [''];
  const written = pieces.map((piece) => (/^[ -~]*$/.test(piece) ? `'${piece.replaceAll("'", "''")}'` : `char([${codesOf(piece)}])`));
  return written.length === 1 ? written[0] : `[${written.join(' ')}]`;
}

/** UTF-16, as in MATLAB. */
function codesOf(text: string): string {
  return text.split('').map((unit) => unit.charCodeAt(0)).join(' ');
}

/** Numbers, lists of numbers, arithmetic, other options (`64*1024 + ops.ntbuff`). */
const arithmetic = /^(?:[ \t]|[\d.,;:()[\]+\-*/^]|\b\d*\.?\d+[eE][+-]?\d+\b|\b(?:Inf|inf|NaN|pi|true|false|round|ceil|floor|ops\.\w+)\b)+$/;

/**
 * A parameter that is a piece of MATLAB in the JSON, as source: a text in single quotes is written anew with matlabText,
 * arithmetic stays as it is. Anything else, which would be run as a program, throws ParameterError naming `name`.
 */
export function matlabValue(name: string, value: number | string): string {
  if (typeof value === 'number') return String(value).replace('Infinity', 'Inf');
  const text = value.trim();
  const quoted = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (quoted !== undefined) return matlabText(quoted.replaceAll("''", "'"));
  if (arithmetic.test(text)) return text;
  throw new ParameterError(`${name}: '${value}' is neither a MATLAB number or list such as [10 4] nor a text in single quotes`);
}
