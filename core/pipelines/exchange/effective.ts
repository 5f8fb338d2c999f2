// What a session says when its defaults are filled in, and why it cannot be read, if so.

import { isAftergateError } from '../../common/index.ts';
import { modules as allModules, type ParameterInput } from '../../modules/index.ts';
import { moduleFinder } from '../expand.ts';
import { parseSession } from '../session/parseSession.ts';
import { fileListSchema, multiRunSchema } from '../session/schema.ts';
import { checkModules } from '../steps/moduleChoice.ts';

export function schemaOf(kind: unknown) {
  return kind === 'file-list' ? fileListSchema : multiRunSchema;
}

/** Key by key: a value that is wrong is left as it is, a key without default stays absent. */
export function effectiveSession(content: ParameterInput): Record<string, unknown> {
  const { shape } = schemaOf(content.kind);
  const given = Object.entries(content).filter(([, value]) => value !== null);
  const filled = Object.entries(shape).flatMap(([key, schema]) => {
    const read = schema.safeParse(content[key] ?? undefined);
    return read.success && read.data !== undefined ? [[key, read.data] as const] : [];
  });
  return { ...Object.fromEntries(given), ...Object.fromEntries(filled) };
}

/** @param base folder that relative paths start from */
export function sessionProblem(content: ParameterInput, base: string): { readonly text: string; readonly next?: string } | null {
  try {
    checkModules(parseSession(content, base, allModules), moduleFinder());
    return null;
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    return { text: error.message, next: error.next };
  }
}
