// Answers the requests of the set-up steps: where the sites of a probe are and which of them are bad, and what there is to set of the modules.

import { InputFileError, UsageError } from '../../common/index.ts';
import { lookForBadChannels, lookForSurface, SURFACE_BAND_HZ } from '../../review/index.ts';
import { findProbeFacts, type Meta, readMeta } from '../../spikeglx/index.ts';
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
        const { gate, files: ofGate } = firstGate(filesOfStream(runs, runId, stream));
        const onSnippet = (done: number, total: number) => progress(done, total, 'pieces of the recording');
        return badChannelsAnswer(await lookForBadChannels({ stream, files: ofGate }, seconds, { pool: screenPool(), signal, onSnippet }), gate);
      },
      async 'probe.surface'({ runId, probe }, { signal, progress }) {
        const hasLf = runs.get(runId).files.some(({ stream }) => stream === `imec${probe}.lf`);
        const stream = `imec${probe}.${hasLf ? 'lf' : 'ap'}`;
        const { gate, files } = firstGate(filesOfStream(runs, runId, stream));
        if (!hasLf && findProbeFacts(await metaOfProbe(runs, runId, stream))?.acqLf !== 0) throw new UsageError(`The LF band of imec${probe} was not saved, and its AP band holds no low frequencies.`, { next: 'Give the depth by hand, or look for bad channels: those outside the brain are named too.' });
        const { surface, ...look } = await lookForSurface({ stream, files }, { pool: screenPool(), signal, onPiece: (done, total) => progress(done, total, 'pieces of the recording') });
        return { from: hasLf ? 'LF' : 'AP', gate, band_Hz: SURFACE_BAND_HZ, surface: surface ?? null, ...look };
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

/** In order of trigger. */
function firstGate(files: RunDetails['files']) {
  const gate = Math.min(...files.map((file) => file.gate));
  return { gate, files: files.filter((file) => file.gate === gate).sort((a, b) => a.trigger - b.trigger).map(({ path, trigger }) => ({ bin: path, gate, trigger })) };
}

async function metaOfProbe(runs: RunLibrary, runId: string, stream?: string): Promise<Meta> {
  const [{ path }] = filesOfStream(runs, runId, stream);
  return readMeta(path.replace(/\.bin$/i, '.meta'));
}
