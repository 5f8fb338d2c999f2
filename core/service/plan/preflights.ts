// One look at a draft serves all that is asked of it: it is kept while the draft is the same, for a short while, since
// the disk may change under it.

import { isAbort } from '../../common/index.ts';
import { type AskModule, metaCache, preflight, type Preflight, type Speeds } from '../../pipelines/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface Preflights {
  of(draftId: string): Promise<Preflight>;
  /** Looks again. */
  anew(draftId: string, depth: 'quick' | 'full', signal: AbortSignal): Promise<Preflight>;
  /** MB/s by module, as the queue measured them. */
  speeds(): Speeds;
}

/** How long a look is good, and how long the word of a program that it is there, ms. */
const fresh = 10_000;
const freshProgram = 120_000;

interface Look {
  readonly rev: number;
  readonly at: number;
  readonly found: Promise<Preflight>;
}

const isSpeeds = (value: unknown): value is Speeds => typeof value === 'object' && value !== null && Object.values(value).every((speed) => typeof speed === 'number' && speed > 0);

export function preflights({ drafts, profile, access, limits, freeBytes, now }: AreaContext): Preflights {
  const looks = new Map<string, Look>();
  const metas = metaCache();
  const ask = rememberedAnswers(now);
  const speeds = () => profile.get('speeds', isSpeeds) ?? {};
  const mayUse = (folder: string) => access.check(folder).then(() => true, () => false);

  function look(draftId: string, depth: 'quick' | 'full', signal?: AbortSignal): Promise<Preflight> {
    const { session, rev } = drafts.get(draftId);
    const found = preflight(session, { base: profile.folder, depth, now: now(), speeds: speeds(), reserve: limits.get().diskReserve_GB * 1e9, freeBytes, metas, ask, mayUse, signal });
    const entry = { rev, at: now(), found };
    looks.set(draftId, entry);
    found.catch(() => looks.get(draftId) === entry && looks.delete(draftId));
    return found;
  }

  function of(draftId: string): Promise<Preflight> {
    const { rev } = drafts.get(draftId);
    const known = looks.get(draftId);
    if (known?.rev !== rev || now() - known.at >= fresh) return look(draftId, 'quick');
    // Who had asked for this look may have called it off: that is nothing to the others.
    return known.found.catch((error: unknown) => {
      if (isAbort(error)) return of(draftId);
      throw error;
    });
  }

  return {
    of,
    anew: look,
    speeds,
  };
}

/** Asking whether Python has Kilosort 4 takes seconds; the answer holds for a while. */
function rememberedAnswers(now: () => number): AskModule {
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();
  return (module, params, cwd) => {
    const key = `${module.name} ${JSON.stringify(params[`${module.name}_params`] ?? null)}`;
    const known = answers.get(key);
    if (known && now() - known.at < freshProgram) return known.answer;
    const answer = module.check?.(params, { cwd }) ?? Promise.resolve();
    answers.set(key, { at: now(), answer });
    return answer;
  };
}
