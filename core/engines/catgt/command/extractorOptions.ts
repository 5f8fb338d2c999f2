// The extractor options -xa, -xia, -xd, -xid and -bf: their text to records and back.

import { formatG } from '../../../common/index.ts';
import type { Extractor, StreamNumber } from './options.ts';
import { readNumbers, wrongValue, type Given } from './optionValues.ts';

/** Fields of each kind in the order they are written; `tol` may be left out. */
export const extractorForms = {
  xa: ['js', 'ip', 'word', 'thresh1', 'thresh2', 'ms', 'tol'],
  xia: ['js', 'ip', 'word', 'thresh1', 'thresh2', 'ms', 'tol'],
  xd: ['js', 'ip', 'word', 'bit', 'ms', 'tol'],
  xid: ['js', 'ip', 'word', 'bit', 'ms', 'tol'],
  bf: ['js', 'ip', 'word', 'startbit', 'nbits', 'inarow'],
} as const satisfies Record<Extractor['kind'], readonly string[]>;

/** These hold whole numbers; thresholds and times need not. */
const wholeFields = new Set<string>(['js', 'ip', 'word', 'bit', 'startbit', 'nbits', 'inarow']);

/** Throws UsageError naming the option. Too small a count in a row of -bf becomes 1, which `warn` is told. */
export function readExtractor(kind: Extractor['kind'], given: Given, warn: (line: string) => void): Extractor {
  const form: readonly string[] = extractorForms[kind];
  const values = readNumbers(given, form.includes('tol') ? form.length - 1 : form.length, form.length);
  const field: Record<string, number> = Object.fromEntries(values.map((value, index) => [form[index], value]));
  for (const [name, value] of Object.entries(field)) {
    if (wholeFields.has(name) && !Number.isInteger(value)) throw wrongValue(given, `${name} is a whole number, not ${value}`);
  }
  const target = { js: streamNumber(given, kind, field.js), ip: field.ip, word: field.word };
  if (target.ip < 0) throw wrongValue(given, `ip (${target.ip}) is negative`);
  if (target.word < -1) throw wrongValue(given, `word is a file column, or -1 for the last one, not ${target.word}`);
  if (kind !== 'bf' && field.ms < 0) throw wrongValue(given, `the pulse width (${field.ms} ms) is negative`);
  if (field.tol !== undefined && field.tol < 0) throw wrongValue(given, `the tolerance (${field.tol} ms) is negative`);

  const width = { ms: field.ms, ...(field.tol === undefined ? {} : { tolerance: field.tol }) };
  switch (kind) {
    case 'xa':
    case 'xia':
      return { kind, ...target, threshold1: field.thresh1, threshold2: field.thresh2, ...width };
    case 'xd':
    case 'xid':
      checkBit(given, 'bit', field.bit);
      return { kind, ...target, bit: field.bit, ...width };
    case 'bf':
      checkBit(given, 'startbit', field.startbit);
      if (field.nbits < 1 || field.nbits > 16 - field.startbit) throw wrongValue(given, `nbits is 1 to ${16 - field.startbit} when startbit is ${field.startbit}, not ${field.nbits}`);
      if (field.inarow < 1) warn(`${given.argument}: inarow is at least 1; 1 is used.`);
      return { kind, ...target, startBit: field.startbit, bits: field.nbits, inARow: Math.max(1, field.inarow) };
  }
}

/** As in the canonical command: `-xa=0,0,2,3,4.5,25`. */
export function printExtractor(extractor: Extractor): string {
  const values = [extractor.js, extractor.ip, extractor.word, ...ownValues(extractor)];
  return `-${extractor.kind}=${values.map((value) => formatG(value)).join(',')}`;
}

function ownValues(extractor: Extractor): number[] {
  if (extractor.kind === 'bf') return [extractor.startBit, extractor.bits, extractor.inARow];
  const width = extractor.tolerance === undefined ? [extractor.ms] : [extractor.ms, extractor.tolerance];
  return 'bit' in extractor ? [extractor.bit, ...width] : [extractor.threshold1, extractor.threshold2, ...width];
}

function streamNumber(given: Given, kind: Extractor['kind'], js: number): Exclude<StreamNumber, 3> {
  if (js !== 0 && js !== 1 && js !== 2) throw wrongValue(given, `js is 0 (NI), 1 (OneBox) or 2 (AP), not ${js}`);
  if (js === 2 && kind !== 'xd' && kind !== 'xid') throw wrongValue(given, 'probe files (js = 2) have only digital pulses: use -xd or -xid');
  return js;
}

function checkBit(given: Given, name: string, bit: number): void {
  if (bit < 0 || bit > 15) throw wrongValue(given, `${name} is 0 to 15, not ${bit}`);
}
