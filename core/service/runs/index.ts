// Runs: the folders the user added and what lies under them.

import type { Handlers, runRequests } from '../contract/index.ts';
import type { ServiceContext } from '../house/index.ts';
import { openLibrary, type RunLibrary } from './library.ts';

export type { RunLibrary } from './library.ts';

export interface RunsArea {
  readonly library: RunLibrary;
  readonly handlers: Handlers<typeof runRequests>;
  close(): Promise<void>;
}

export async function runsArea(context: ServiceContext): Promise<RunsArea> {
  const library = await openLibrary(context);
  return {
    library,
    handlers: {
      'roots.list': () => library.roots(),
      'roots.add': ({ path }) => library.add(path),
      async 'roots.remove'({ rootId }) {
        await library.remove(rootId);
        return { removed: true };
      },
      'roots.rescan': ({ rootId }) => library.rescan(rootId),
      'runs.list': () => library.list(),
      'run.get': ({ runId }) => library.get(runId),
    },
    close: () => Promise.resolve(),
  };
}
