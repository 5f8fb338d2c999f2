// Sessions being set up: drafts, their defaults, undo.

import type { Draft, Handlers, RunSummary, SessionContent, sessionRequests } from '../contract/index.ts';
import type { ServiceContext } from '../house/index.ts';
import type { RunsArea } from '../runs/index.ts';
import { type DraftState, type DraftStore, openDrafts, type StoredDraft } from './drafts.ts';

export type { DraftStore, StoredDraft } from './drafts.ts';

export interface SessionArea {
  readonly drafts: DraftStore;
  readonly handlers: Handlers<typeof sessionRequests>;
}

export async function sessionArea(context: ServiceContext, { library }: RunsArea): Promise<SessionArea> {
  const drafts = await openDrafts(context);
  return {
    drafts,
    handlers: {
      'session.list': () => drafts.list(),
      'session.get': ({ draftId }) => toDraft(drafts.get(draftId)),
      async 'session.create'({ runIds, kind, session, name }) {
        const runs = runIds.map((runId) => library.get(runId).summary);
        const content = session ?? newSession(kind, runs);
        return toDraft(await drafts.create({ name: name ?? nameFor(runs), runs: runs.map(({ runId, name: run }) => ({ runId, name: run })), session: content, notes: {} }));
      },
      async 'session.remove'({ draftId }) {
        await drafts.remove(draftId);
        return { removed: true };
      },
      async 'session.patch'({ draftId, rev, label, session, notes, runs, name }) {
        return toDraft(await drafts.edit(draftId, rev, label, (state): DraftState => ({
          name: name ?? state.name,
          runs: runs ?? state.runs,
          session: patched(state.session, session),
          notes: patched(state.notes, notes),
        })));
      },
      'session.undo': async ({ draftId }) => toDraft(await drafts.undo(draftId)),
      'session.redo': async ({ draftId }) => toDraft(await drafts.redo(draftId)),
    },
  };
}

function toDraft({ past, future, ...draft }: StoredDraft): Draft {
  return { ...draft, effective: draft.session, problem: null, undo: past.at(-1)?.label ?? null, redo: future.at(-1)?.label ?? null };
}

/** null removes a key. */
function patched(content: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...content, ...changes }).filter(([, value]) => value !== null && value !== undefined));
}

function nameFor(runs: readonly RunSummary[]): string {
  return runs.length === 0 ? 'New session' : runs.length === 1 ? runs[0].name : `${runs[0].name} and ${runs.length - 1} more`;
}

function newSession(kind: string, runs: readonly RunSummary[]): SessionContent {
  return {
    version: 1,
    kind,
    npx_directory: [...new Set(runs.flatMap((run) => run.folders))],
    run_specs: runs.map((run) => [run.name, `${run.gates[0]?.gate ?? 0}`, 'start,end', run.probes.map((probe) => probe.index).join(','), run.obx.join(','), run.probes.map(() => 'default')]),
  };
}
