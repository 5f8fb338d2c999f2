// How a request of the contract is declared: a name, a zod schema for what is asked, a type for what is answered.
// A query is safe to repeat and to abort; a command changes something.

import type { z } from 'zod';

export interface RequestShape<Schema extends z.ZodType = z.ZodType, Answer = unknown> {
  readonly kind: 'query' | 'command';
  readonly input: Schema;
  /** Carries the type of the answer; has no value. */
  readonly answer?: Answer;
}

export type Requests = Readonly<Record<string, RequestShape>>;

/** `query<Answer>()(inputSchema)`: two calls, so that the schema's type is inferred while the answer's is said. */
export function query<Answer>() {
  return <Schema extends z.ZodType>(input: Schema): RequestShape<Schema, Answer> => ({ kind: 'query', input });
}

export function command<Answer>() {
  return <Schema extends z.ZodType>(input: Schema): RequestShape<Schema, Answer> => ({ kind: 'command', input });
}

/** What the asker writes (defaults may be left out). */
export type InputOf<Shape> = Shape extends RequestShape<infer Schema, unknown> ? z.input<Schema> : never;
/** What the handler gets (defaults filled in). */
export type CheckedInputOf<Shape> = Shape extends RequestShape<infer Schema, unknown> ? z.output<Schema> : never;
export type AnswerOf<Shape> = Shape extends RequestShape<z.ZodType, infer Answer> ? Answer : never;

export interface CallContext {
  /** Aborted when the asker no longer wants the answer. */
  readonly signal: AbortSignal;
  /** Of long work: what has been done of how much, with the noun ("meta files"). */
  readonly progress: (done: number, total: number, noun: string) => void;
}

/** One function per request of an area. */
export type Handlers<Table extends Requests> = {
  readonly [Name in keyof Table]: (input: CheckedInputOf<Table[Name]>, call: CallContext) => AnswerOf<Table[Name]> | Promise<AnswerOf<Table[Name]>>;
};
