// Notation in and out: old settings against a draft, and a draft in the field's notation.

import { isAftergateError } from '../../common/index.ts';
import { catgtCommands, parseNotation, planOf, stepNotation } from '../../pipelines/exchange/index.ts';
import type { DraftNotation, exchangeRequests, Handlers, ParsedNotation, UnusedToken, WizardStep } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { patched, toDraft } from '../session/index.ts';
import { factsOf } from './runFacts.ts';

type Names = 'notation.parse' | 'notation.apply' | 'notation.format';

/** Keys that name folders to write to. */
const outputs = ['catGT_dest', 'json_directory', 'kilosort_output_parent'];

interface Asked {
  readonly text: string;
  readonly draftId?: string;
  readonly step?: WizardStep;
  readonly without?: readonly string[];
}

export function notationHandlers(context: AreaContext): Pick<Handlers<typeof exchangeRequests>, Names> {
  const { drafts, profile } = context;

  async function parse({ text, draftId, step, without = [] }: Asked): Promise<ParsedNotation> {
    const draft = draftId === undefined ? undefined : drafts.get(draftId);
    const ground = draft && { session: draft.session, runs: await factsOf(context, draft.runs), without: new Set(without) };
    const { kind, session, ...columns } = parseNotation(text, ground, { allOptions: step === 'preprocess', allExtractors: step === 'extract', allShanks: step === 'probes' });
    const parsed = draft ? await withoutForbidden(context, columns, session) : { ...columns, session };
    const kept = draft?.notes.unused ?? [];
    const unused = [...new Set([...kept, ...parsed.unused.map(({ token }) => token)])];
    return { kind, used: parsed.used, changed: parsed.changed, unused: parsed.unused, patch: { session: parsed.session, notes: unused.length > kept.length ? { unused } : {} } };
  }

  return {
    'notation.parse': parse,
    async 'notation.apply'({ draftId, rev, ...asked }) {
      const { patch, used, changed } = await parse({ draftId, ...asked });
      const count = used.length + changed.length;
      const label = count === 1 ? `pasted ${[...changed, ...used][0].token.slice(0, 60)}` : `${count} pasted settings`;
      return toDraft(await drafts.edit(draftId, rev, label, (state) => ({ ...state, session: patched(state.session, patch.session), notes: patched(state.notes, patch.notes) })), profile.folder);
    },
    async 'notation.format'({ draftId }) {
      const { session } = drafts.get(draftId);
      const steps = stepNotation(session) as DraftNotation['steps'];
      try {
        return { steps, commands: catgtCommands((await planOf(session, profile.folder)).plan.steps), problem: null };
      } catch (error) {
        if (!isAftergateError(error)) throw error;
        return { steps, commands: [], problem: { text: error.message, next: error.next } };
      }
    },
  };
}

type Columns = Pick<ParsedNotation, 'used' | 'changed' | 'unused'>;

/** Folders outside what may be written to are not taken over from an old text. */
async function withoutForbidden({ access }: AreaContext, columns: Columns, session: Readonly<Record<string, unknown>>): Promise<Columns & { readonly session: Readonly<Record<string, unknown>> }> {
  const forbidden = new Map<string, string>();
  for (const key of outputs) {
    const folder = session[key];
    if (typeof folder !== 'string') continue;
    await access.check(folder).catch((error: unknown) => forbidden.set(key, (error as Error).message));
  }
  if (forbidden.size === 0) return { ...columns, session };
  const isFine = ({ field }: { readonly field: string }) => !forbidden.has(field);
  const moved = [...columns.used, ...columns.changed].filter((each) => !isFine(each)).map(({ token, field }): UnusedToken => ({ token, id: 'not-allowed', reason: `${forbidden.get(field)}. Choose the folder in step 9.` }));
  return {
    used: columns.used.filter(isFine),
    changed: columns.changed.filter(isFine),
    unused: [...columns.unused, ...moved],
    session: Object.fromEntries(Object.entries(session).filter(([key]) => !forbidden.has(key))),
  };
}
