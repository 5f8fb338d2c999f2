// The words parameters are declared with. Each makes a zod schema that reads a value the way the reference does
// (coerce.ts), checks it, and carries its sentence of help, unit and kind; chain zod's own `.default(x)` or `.optional()`
// to say what an absent key means. A field with neither is required.

import { z } from 'zod';
import { toDecimal, toFlag, toList, toText, toWhole } from './coerce.ts';

export interface Facts {
  /** One sentence for people, shown in help, wizard and docs. */
  readonly help: string;
  readonly unit?: string;
}

export interface NumberFacts extends Facts {
  readonly min?: number;
  readonly max?: number;
}

export interface ListFacts extends Facts {
  /** Exact number of elements. */
  readonly length?: number;
}

/** What a field is, beyond its JSON type. */
export type Kind = 'whole number' | 'number' | 'true/false' | 'text' | 'folder' | 'file' | 'choice' | 'numbers' | 'texts';

/** A whole number; floats are truncated as in the reference. */
export function whole(facts: NumberFacts) {
  return z.preprocess(toWhole, numberWithin(facts, 'a whole number')).meta(meta('whole number', facts));
}

export function decimal(facts: NumberFacts) {
  return z.preprocess(toDecimal, numberWithin(facts, 'a number')).meta(meta('number', facts));
}

export function flag(facts: Facts) {
  return z.preprocess(toFlag, z.boolean({ error: wrong('true or false') })).meta(meta('true/false', facts));
}

export function text(facts: Facts) {
  return textOf('text', facts);
}

/** A path; whether it must exist is for the module that uses it to say (see folders.ts). */
export function folder(facts: Facts) {
  return textOf('folder', facts);
}

export function file(facts: Facts) {
  return textOf('file', facts);
}

export function choice<const Option extends string>(options: readonly Option[], facts: Facts) {
  return z.preprocess(toText, z.enum(options, { error: wrong(`one of ${options.join(', ')}`) })).meta(meta('choice', facts));
}

export function numbers(facts: ListFacts) {
  return z.preprocess(toList, listOf(z.preprocess(toDecimal, z.number({ error: wrong('a number') })), facts)).meta(meta('numbers', facts));
}

export function texts(facts: ListFacts) {
  return z.preprocess(toList, listOf(z.preprocess(toText, z.string({ error: wrong('text') })), facts)).meta(meta('texts', facts));
}

/** A section of the JSON: its keys, and what they are about. Unknown keys are dropped (with a warning: parse.ts). */
export function section<Shape extends z.ZodRawShape>(help: string, shape: Shape) {
  return z.object(shape, { error: wrong('a section of parameters ({...})') }).meta({ description: help });
}

/** The sections a module asks for, under their names in the JSON. */
export function sections<Shape extends Record<string, z.ZodObject>>(shape: Shape) {
  return z.object(shape);
}

function textOf(kind: Kind, facts: Facts) {
  return z.preprocess(toText, z.string({ error: wrong('text') })).meta(meta(kind, facts));
}

function numberWithin({ min, max, unit }: NumberFacts, what: string) {
  const range = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`].filter(Boolean).join(' and ');
  const outside = { error: (issue: { input?: unknown }) => `${show(issue.input)} is out of range: must be ${range}${unit ? ` (${unit})` : ''}` };
  let schema = z.number({ error: wrong(what) });
  if (min !== undefined) schema = schema.min(min, outside);
  if (max !== undefined) schema = schema.max(max, outside);
  return schema;
}

function listOf<Element extends z.ZodType>(element: Element, { length }: ListFacts) {
  const list = z.array(element, { error: wrong('a list') });
  return length === undefined ? list : list.length(length, { error: (issue) => `${show(issue.input)} must have ${length} values` });
}

function meta(kind: Kind, { help, unit }: Facts) {
  return { description: help, kind, ...(unit === undefined ? {} : { unit }) };
}

function wrong(expected: string) {
  return (issue: { input?: unknown }) => (issue.input === undefined ? 'is required' : `${show(issue.input)} is not ${expected}`);
}

function show(value: unknown): string {
  const shown = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}
