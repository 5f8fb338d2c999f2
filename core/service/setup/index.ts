// Answers the requests of the set-up steps: where the sites of a probe are and which of them are bad, and what there is to set of the modules.

import { InputFileError } from '../../common/index.ts';
import { lookForBadChannels } from '../../review/index.ts';
import { type Meta, readMeta } from '../../spikeglx/index.ts';
import type { Handlers, RunDetails, setupRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import type { RunLibrary } from '../runs/index.ts';
import { badChannelsAnswer } from './badChannels.ts';
import { probeGeometry } from './geometry.ts';
import { moduleSpecs } from './parameters.ts';

export interface SetupArea {
  readonly handlers: Handlers<typeof setupRequests>;
}

export function setupArea({ runs, screenPool }: AreaContext): SetupArea {
  return {
    handlers: {
      async 'probe.geometry'({ runId, probe }) {
        return probeGeometry(await metaOfProbe(runs, runId, `imec${probe}.ap`), probe);
      },
      async 'probe.badChannels'({ runId, stream, seconds }, { signal, progress }) {
        const files = filesOfStream(runs, runId, stream);
        const gate = Math.min(...files.map((file) => file.gate));
        const ofGate = files.filter((file) => file.gate === gate).sort((a, b) => a.trigger - b.trigger).map(({ path, trigger }) => ({ bin: path, gate, trigger }));
        const onSnippet = (done: number, total: number) => progress(done, total, 'pieces of the recording');
        return badChannelsAnswer(await lookForBadChannels({ stream, files: ofGate }, seconds, { pool: screenPool(), signal, onSnippet }), gate);
      },
      async 'schema.modules'({ sorter, runId }) {
        // A run without probes, or a meta nobody can read, is said where runs are looked at.
        const meta = runId === undefined ? undefined : await metaOfProbe(runs, runId).catch(() => undefined);
        return moduleSpecs(sorter, meta);
      },
    },
  };
}

/** Of any probe when no stream is named. Throws InputFileError when the run has no such file. */
function filesOfStream(runs: RunLibrary, runId: string, stream?: string): RunDetails['files'] {
  const { summary, files } = runs.get(runId);
  const own = files.filter((each) => (stream === undefined ? each.stream.endsWith('.ap') : each.stream === stream));
  if (own.length === 0) throw new InputFileError(summary.name, `has no file of ${stream?.replace('.ap', '') ?? 'a probe'}`, { next: 'Take the probe out of this run.' });
  return own;
}

async function metaOfProbe(runs: RunLibrary, runId: string, stream?: string): Promise<Meta> {
  const [{ path }] = filesOfStream(runs, runId, stream);
  return readMeta(path.replace(/\.bin$/i, '.meta'));
}
