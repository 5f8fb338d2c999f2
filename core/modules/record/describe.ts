// What a record says about itself: as JSON Schema (for the window and for looking keys up) and as rows (for help).

import { z } from 'zod';
import type { Kind } from './fields.ts';

/** The part of JSON Schema that records use. `kind` and `unit` are ours; `required` lists what has no default. */
export interface ParameterSchema {
  readonly type?: string;
  readonly description?: string;
  readonly kind?: Kind;
  readonly unit?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, ParameterSchema>>;
  readonly required?: readonly string[];
  readonly items?: ParameterSchema;
}

export interface ParameterRow {
  /** `section.key`, as in overrides. */
  readonly name: string;
  readonly kind: Kind;
  readonly required: boolean;
  readonly default: unknown;
  readonly unit: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly choices: readonly string[] | undefined;
  readonly help: string;
}

const known = new WeakMap<z.ZodObject, ParameterSchema>();

/** A record as JSON Schema of what people may write: defaulted keys are not required, other keys are let pass. */
export function parameterSchema(record: z.ZodObject): ParameterSchema {
  const found = known.get(record);
  if (found) return found;
  const made = z.toJSONSchema(record, {
    override({ jsonSchema }) {
      delete jsonSchema.additionalProperties;
      if (jsonSchema.kind === 'whole number') jsonSchema.type = 'integer';
      const properties = jsonSchema.properties as Record<string, ParameterSchema> | undefined;
      if (!properties) return;
      jsonSchema.required = jsonSchema.required?.filter((key) => !('default' in properties[key]) && !properties[key].properties);
    },
  }) as ParameterSchema;
  known.set(record, made);
  return made;
}

/** Every parameter of a record, one row each, in the order they were declared. */
export function parameterRows(record: z.ZodObject): ParameterRow[] {
  return rowsOf(parameterSchema(record), '');
}

function rowsOf(schema: ParameterSchema, prefix: string): ParameterRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = prefix + key;
    if (field.properties) return rowsOf(field, `${name}.`);
    return [{
      name,
      kind: field.kind ?? 'text',
      required: schema.required?.includes(key) ?? false,
      default: field.default,
      unit: field.unit,
      min: field.minimum,
      max: field.maximum,
      choices: field.enum,
      help: field.description ?? '',
    }];
  });
}
