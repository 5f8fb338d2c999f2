// A stored draft as the screens see it: with defaults filled in and with what is wrong with it.

import { effectiveSession, schemaOf, sessionProblem } from '../../pipelines/exchange/index.ts';
import { parameterRows } from '../../modules/index.ts';
import type { Draft, SessionKey } from '../contract/index.ts';
import type { StoredDraft } from './drafts.ts';

/** @param base folder that relative paths of a session would start from */
export function toDraft({ past, future, ...draft }: StoredDraft, base: string): Draft {
  return { ...draft, effective: effectiveSession(draft.session), problem: sessionProblem(draft.session, base), undo: past.at(-1)?.label ?? null, redo: future.at(-1)?.label ?? null };
}

export function sessionKeys(kind: string): SessionKey[] {
  return parameterRows(schemaOf(kind)).map(({ name, kind: of, required, default: usual, unit, min, max, choices, help }) => (
    { name, kind: of, required, default: usual ?? null, unit: unit ?? null, min: min ?? null, max: max ?? null, choices: choices ?? null, help }));
}
