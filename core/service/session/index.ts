// Sessions being set up: drafts, what they begin with, their defaults, undo.

import path from 'node:path';
import { settingsOf } from '../../pipelines/exchange/index.ts';
import type { Handlers, RunDetails, SessionContent, sessionRequests } from '../contract/index.ts';
import type { ServiceContext } from '../house/index.ts';
import type { RunsArea } from '../runs/index.ts';
import { labRegionKeys } from '../settings/index.ts';
import { sessionKeys, toDraft } from './describe.ts';
import { proposeDestination } from './destination.ts';
import { type DraftState, type DraftStore, openDrafts, type StoredDraft } from './drafts.ts';
import { sessionOfFiles } from './filesSession.ts';
import { lastRegions } from './lastRegions.ts';
import { sessionOfRuns } from './newSession.ts';

export { toDraft } from './describe.ts';
export type { DraftState, DraftStore, StoredDraft } from './drafts.ts';

export interface SessionArea {
  readonly drafts: DraftStore;
  readonly handlers: Handlers<typeof sessionRequests>;
}

/** What a session file holds: an object. */
export const isContent = (value: unknown): value is SessionContent => typeof value === 'object' && value !== null && !Array.isArray(value);

export async function sessionArea(context: ServiceContext, { library }: RunsArea): Promise<SessionArea> {
  const { access, profile } = context;
  const drafts = await openDrafts(context);
  const regions = lastRegions(profile);
  const shown = (draft: StoredDraft) => toDraft(draft, profile.folder);

  /** What the queue was given last. */
  const lastSession = () => profile.get('lastSession', isContent);

  async function newContent(kind: string, runs: readonly RunDetails[], given: readonly string[], like: 'default' | 'last'): Promise<SessionContent> {
    const last = lastSession();
    const files = await Promise.all(given.map((file) => access.choose(file)));
    const recordings = [...new Set([...runs.flatMap(({ summary }) => summary.folders), ...files.map((file) => path.dirname(path.dirname(file)))])];
    const runFolders = [...runs.flatMap((run) => run.files.map((file) => path.dirname(file.path))), ...files.map((file) => path.dirname(file))];
    const beginning = { settings: like === 'last' && last ? settingsOf(last) : labRegionKeys(context.profile), destination: await proposeDestination(context, last, recordings, runFolders), lastRegion: await regions.of(runs) };
    if (kind !== 'file-list' || files.length === 0) return sessionOfRuns(kind, runs, beginning);
    const content = await sessionOfFiles(files, beginning);
    // Who chooses files to sort means results beside them.
    for (const file of files) await access.choose(path.dirname(file)).catch(() => undefined);
    if (typeof content.json_directory === 'string') await access.choose(path.dirname(content.json_directory)).catch(() => undefined);
    return content;
  }

  return {
    drafts,
    handlers: {
      'session.list': () => drafts.list(),
      'session.get': ({ draftId }) => shown(drafts.get(draftId)),
      'session.schema': ({ kind }) => sessionKeys(kind),
      async 'session.create'({ runIds, kind, files, session, name, like }) {
        const runs = runIds.map((runId) => library.get(runId));
        const content = session ?? (await newContent(kind, runs, files, like));
        const names = runs.length > 0 ? runs.map(({ summary }) => summary.name) : files.map((file) => path.basename(file));
        return shown(await drafts.create({ name: name ?? nameFor(names), runs: runs.map(({ summary }) => ({ runId: summary.runId, name: summary.name })), session: content, notes: {} }));
      },
      async 'session.duplicate'({ draftId }) {
        const { name, runs, session, notes, preset } = drafts.get(draftId);
        return shown(await drafts.create({ name: `${name} (copy)`, runs, session, notes }, preset));
      },
      async 'session.remove'({ draftId }) {
        await drafts.remove(draftId);
        return { removed: true };
      },
      'session.restore': async ({ draftId }) => shown(await drafts.restore(draftId)),
      async 'session.patch'({ draftId, rev, label, session, notes, runs, name }) {
        const draft = await drafts.edit(draftId, rev, label, (state): DraftState => ({
          name: name ?? state.name,
          runs: runs ?? state.runs,
          session: patched(state.session, session),
          notes: patched(state.notes, notes),
        }));
        if (session?.run_specs !== undefined) await regions.keep(draft.runs.flatMap(({ runId }) => library.find(runId) ?? []), draft.session);
        return shown(draft);
      },
      'session.undo': async ({ draftId }) => shown(await drafts.undo(draftId)),
      'session.redo': async ({ draftId }) => shown(await drafts.redo(draftId)),
    },
  };
}

/** null removes a key. */
export function patched(content: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...content, ...changes }).filter(([, value]) => value !== null && value !== undefined));
}

function nameFor(names: readonly string[]): string {
  return names.length === 0 ? 'New session' : names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`;
}
