// Reading an input JSON as editors leave it: with or without a byte order mark, any line ends, UTF-8 or PowerShell's UTF-16.

import fs from 'node:fs/promises';
import { InputFileError, inputFileError } from '../../common/index.ts';
import { isObject, type ParameterInput } from '../record/index.ts';
import { findJsonProblem } from './jsonPosition.ts';

/** The object a JSON file holds. Throws InputFileError that names line and column of what is wrong. */
export async function readInputJson(file: string): Promise<ParameterInput> {
  const bytes = await fs.readFile(file).catch((error: unknown) => {
    throw inputFileError(file, error);
  });
  return parseInputJson(bytes, file);
}

export function parseInputJson(bytes: Uint8Array, file: string): ParameterInput {
  const text = decode(bytes, file);
  if (text.trim() === '') throw new InputFileError(file, 'the file is empty');
  const value = parse(text, file);
  if (!isObject(value)) throw new InputFileError(file, 'holds no parameters: it must be an object of sections, {"section": {"key": value}}');
  return value;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = findJsonProblem(text);
    if (!problem) throw inputFileError(file, error);
    throw new InputFileError(file, `not JSON: line ${problem.line}, column ${problem.column}: ${problem.what}`, { next: problem.next, cause: error });
  }
}

function decode(bytes: Uint8Array, file: string): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InputFileError(file, `line ${lineOfBadBytes(bytes)}: a character is not in UTF-8`, { next: 'Save the file as UTF-8.', cause: error });
  }
}

/** Decoding without `fatal` puts U+FFFD where the bytes make no character. */
function lineOfBadBytes(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.slice(0, text.indexOf('\ufffd')).split('\n').length;
}
