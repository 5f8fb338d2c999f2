// Text files with one time a line, of any size: read block by block into typed arrays, without a string per line.

import fs from 'node:fs/promises';
import { InputFileError, inputFileError } from '../../common/index.ts';

/**
 * `firstToken` (event files): tokens are separated by white space, `,` `;` or `:`; a line counts if its first one is a
 * number. `wholeLine` (edge files): the line must be a number and nothing else.
 */
export type LineRule = 'firstToken' | 'wholeLine';

export interface NumberBlock {
  /** Valid until the next block. */
  readonly values: Float64Array;
  /** Lines that are neither blank nor a number: headings, comments. */
  readonly dropped: number;
}

/** A block is parsed in a few milliseconds, so that an application's main thread stays responsive. */
const blockBytes = 1 << 19;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/** Throws InputFileError. Blank lines are skipped, LF or CRLF, with or without byte order mark. */
export async function* numberBlocks(file: string, rule: LineRule): AsyncGenerator<NumberBlock> {
  const handle = await fs.open(file, 'r').catch((error: unknown) => { throw inputFileError(file, error); });
  try {
    const buffer = Buffer.allocUnsafe(blockBytes);
    const values = new Float64Array((blockBytes >> 1) + 1); // the shortest line is a digit and its line feed
    let held = 0;
    for (let isStart = true; ; ) {
      const { bytesRead } = await handle.read(buffer, held, blockBytes - held).catch((error: unknown) => { throw inputFileError(file, error); });
      const length = held + bytesRead;
      const end = bytesRead === 0 ? length : buffer.lastIndexOf(NEWLINE, length - 1) + 1;
      if (end === 0 && length === blockBytes) throw new InputFileError(file, 'is not a text file with one time a line');
      const start = isStart && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
      yield parseLines(buffer, Math.min(start, end), end, rule, values);
      if (bytesRead === 0) return;
      isStart &&= end === 0;
      buffer.copyWithin(0, end, length);
      held = length - end;
    }
  } finally {
    await handle.close();
  }
}

function parseLines(bytes: Buffer, start: number, end: number, rule: LineRule, values: Float64Array): NumberBlock {
  let count = 0;
  let dropped = 0;
  for (let at = start; at < end; ) {
    const next = readPlainLine(bytes, at, end, values, count);
    if (next > 0) {
      count++;
      at = next;
      continue;
    }
    while (at < end && bytes[at] !== NEWLINE && isSeparator(bytes[at], rule)) at++;
    const tokenStart = at;
    while (at < end && bytes[at] !== NEWLINE && !isSeparator(bytes[at], rule)) at++;
    const tokenEnd = at;
    let alone = true;
    while (at < end && bytes[at] !== NEWLINE) alone = isSeparator(bytes[at++], rule) && alone;
    at++;
    if (tokenEnd === tokenStart) continue;
    const value = rule === 'wholeLine' && !alone ? Number.NaN : parseNumber(bytes, tokenStart, tokenEnd);
    if (Number.isNaN(value)) dropped++;
    else values[count++] = value;
  }
  return { values: values.subarray(0, count), dropped };
}

/** So many digits are a whole number that a double holds exactly, whatever they are. */
const largestDigits = 15;

/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * Nearly every line is an unsigned decimal and nothing else: those are read in one pass (see parseNumber). Puts the number
 * into `values[index]` and returns where the next line starts; 0 when the line is something else.
 */
function readPlainLine(bytes: Buffer, start: number, end: number, values: Float64Array, index: number): number {
  let mantissa = 0;
  let point = -1;
  let at = start;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === -2 && point < 0) point = at;
    else break;
  }
  const digits = at - start - (point < 0 ? 0 : 1);
  const decimals = point < 0 ? 0 : at - point - 1;
  if (at < end && bytes[at] === CARRIAGE_RETURN) at++;
  if (at >= end || bytes[at] !== NEWLINE || digits === 0 || digits > largestDigits) return 0;
  values[index] = decimals === 0 ? mantissa : mantissa / exactPowers[decimals];
  return at + 1;
}

function isSeparator(byte: number, rule: LineRule): boolean {
  if (byte <= 32) return true;
  return rule === 'firstToken' && (byte === 44 || byte === 59 || byte === 58);
}

/**
 * Plain decimals of up to 15 digits are read directly: digits and power of ten are both exact doubles then, and their
 * quotient is the correctly rounded value (Clinger 1990, the fast case). NaN when the token is no finite number.
 */
function parseNumber(bytes: Buffer, start: number, end: number): number {
  const signed = bytes[start] === 45 || bytes[start] === 43;
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (let at = signed ? start + 1 : start; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (bytes[at] === 46 && decimals < 0) {
      decimals = 0;
    } else {
      return parseAny(bytes, start, end);
    }
  }
  if (digits === 0 || digits > largestDigits) return parseAny(bytes, start, end);
  const magnitude = decimals > 0 ? mantissa / exactPowers[decimals] : mantissa;
  return bytes[start] === 45 ? -magnitude : magnitude;
}

function parseAny(bytes: Buffer, start: number, end: number): number {
  const token = bytes.toString('latin1', start, end);
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(token) ? Number(token) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}
