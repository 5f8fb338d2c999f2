// Runs: the folders the user added, what lies under them, and how CatGT will join it.

import { InputFileError } from '../../common/index.ts';
import { readMeta } from '../../spikeglx/index.ts';
import type { Handlers, runRequests } from '../contract/index.ts';
import type { ServiceContext } from '../house/index.ts';
import { openLibrary, type RunLibrary } from './library.ts';
import { timelineOf } from './timeline.ts';

export type { RunLibrary } from './library.ts';
export { timelineOf, type TimelineOptions } from './timeline.ts';

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
      'roots.add': ({ path }, { progress }) => library.add(path, progress),
      async 'roots.remove'({ rootId }) {
        await library.remove(rootId);
        return { removed: true };
      },
      'roots.rescan': ({ rootId }, { progress }) => library.rescan(rootId, progress),
      'runs.list': () => library.list(),
      'run.get': ({ runId }) => library.get(runId),
      'run.timeline': ({ runId, ...options }) => timelineOf(library.get(runId), options),
      async 'run.meta'({ runId, stream, gate, trigger }) {
        const file = library.get(runId).files.find((each) => each.stream === stream && each.gate === gate && each.trigger === trigger);
        if (!file) throw new InputFileError(`${stream} g${gate} t${trigger}`, 'this run has no such file');
        const meta = await readMeta(file.path.replace(/\.bin$/, '.meta'));
        return { path: meta.path, entries: [...meta.values] };
      },
    },
    close: () => library.close(),
  };
}
