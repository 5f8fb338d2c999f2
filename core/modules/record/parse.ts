// From what a JSON file holds to a module's checked parameters: the sections the module asks for, defaults filled in.

import type { z } from 'zod';
import { ParameterError } from '../../common/index.ts';
import { type ParameterSchema, parameterSchema } from './describe.ts';
import { nearMiss } from './nearMiss.ts';

export type ParameterInput = Readonly<Record<string, unknown>>;

/**
 * Checks `input` against a record. Sections and keys the record does not name are dropped, as the reference does, with a
 * warning when one looks like a misspelling; a key holding null counts as absent. Throws ParameterError with one line that
 * names section and key of everything wrong.
 */
export function parseParameters<Record extends z.ZodObject>(record: Record, input: ParameterInput, warn: (line: string) => void): z.infer<Record> {
  const result = record.safeParse(pick(parameterSchema(record), input, '', warn));
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ParameterError(problems.join('; '), { next: 'Correct it in the input JSON or with --section.key value.' });
}

/** The known keys of an object, nested sections made where they are missing; anything else is left for the check to name. */
function pick(schema: ParameterSchema, value: unknown, prefix: string, warn: (line: string) => void): unknown {
  if (value === undefined || value === null) value = {};
  if (!isObject(value)) return value;
  const properties = schema.properties ?? {};
  warnOfMisspellings(value, properties, prefix, warn);
  const picked: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(properties)) {
    if (field.properties) picked[key] = pick(field, value[key], `${prefix}${key}.`, warn);
    else if (value[key] !== undefined && value[key] !== null) picked[key] = value[key];
  }
  return picked;
}

/** A stray key is only called a misspelling when the key it resembles is itself missing. */
function warnOfMisspellings(value: ParameterInput, properties: Readonly<Record<string, ParameterSchema>>, prefix: string, warn: (line: string) => void): void {
  const missing = Object.keys(properties).filter((key) => !(key in value));
  for (const key of Object.keys(value)) {
    const meant = key in properties ? undefined : nearMiss(key, missing);
    if (meant) warn(`${prefix}${key} is not a parameter and was ignored; did you mean ${prefix}${meant}?`);
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
