// `--section.key value`: parameters given on the command line win over the JSON's.

import type { z } from 'zod';
import { UsageError } from '../../common/index.ts';
import { type ParameterSchema, parameterRows, parameterSchema } from './describe.ts';
import { nearMiss } from './nearMiss.ts';
import { isObject, type ParameterInput } from './parse.ts';

/** Values by `section.key`; texts are read as the field's type. */
export type Overrides = Readonly<Record<string, unknown>>;

/** `input` with the overrides put in; `input` itself is left alone. Throws UsageError for a name the record does not have. */
export function applyOverrides(record: z.ZodObject, input: ParameterInput, overrides: Overrides): ParameterInput {
  const changed: Record<string, unknown> = structuredClone(input);
  for (const [name, value] of Object.entries(overrides)) {
    const path = name.split('.');
    if (!isField(parameterSchema(record), path)) throw unknownParameter(record, name);
    put(changed, path, value);
  }
  return changed;
}

function isField(schema: ParameterSchema, path: readonly string[]): boolean {
  const field = path.reduce<ParameterSchema | undefined>((at, key) => (Object.hasOwn(at?.properties ?? {}, key) ? at?.properties?.[key] : undefined), schema);
  return field !== undefined && field.properties === undefined;
}

function put(target: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = isObject(target[key]) ? target[key] : {};
  target[key] = inner;
  put(inner, rest, value);
}

function unknownParameter(record: z.ZodObject, name: string): UsageError {
  const meant = nearMiss(name, parameterRows(record).map((row) => row.name));
  return new UsageError(`--${name}: this module has no such parameter`, {
    next: meant ? `Did you mean --${meant}?` : 'aftergate module NAME --help lists the parameters.',
  });
}
