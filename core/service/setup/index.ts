// Answers the requests of the set-up steps: where the sites of a probe are, and what there is to set of the modules.

import { InputFileError } from '../../common/index.ts';
import { type Meta, readMeta } from '../../spikeglx/index.ts';
import type { Handlers, setupRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import type { RunLibrary } from '../runs/index.ts';
import { probeGeometry } from './geometry.ts';
import { moduleSpecs } from './parameters.ts';

export interface SetupArea {
  readonly handlers: Handlers<typeof setupRequests>;
}

export function setupArea({ runs }: AreaContext): SetupArea {
  return {
    handlers: {
      async 'probe.geometry'({ runId, probe }) {
        return probeGeometry(await metaOfProbe(runs, runId, `imec${probe}.ap`), probe);
      },
      async 'schema.modules'({ sorter, runId }) {
        // A run without probes, or a meta nobody can read, is said where runs are looked at.
        const meta = runId === undefined ? undefined : await metaOfProbe(runs, runId).catch(() => undefined);
        return moduleSpecs(sorter, meta);
      },
    },
  };
}

/** Throws InputFileError when the run has no such file. */
async function metaOfProbe(runs: RunLibrary, runId: string, stream?: string): Promise<Meta> {
  const { summary, files } = runs.get(runId);
  const file = files.find((each) => (stream === undefined ? each.stream.endsWith('.ap') : each.stream === stream));
  if (!file) throw new InputFileError(summary.name, `has no file of ${stream?.replace('.ap', '') ?? 'a probe'}`, { next: 'Take the probe out of this run.' });
  return readMeta(file.path.replace(/\.bin$/i, '.meta'));
}
