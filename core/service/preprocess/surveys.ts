// Sync surveys of runs, kept while their files stay as they are: reading edges takes long, comparing them with another
// reference does not.

import { judgeSync, surveyEdges, type SyncEdges, type SyncStream } from '../../review/index.ts';
import type { CallContext, RunDetails, SyncSurvey } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface Surveys {
  of(runIds: readonly string[], full: boolean, reference: string | undefined, call: CallContext): Promise<SyncSurvey>;
}

/** Read of every stream unless all is asked for. */
const FIRST_SECONDS = 240;
/** Surveys kept at most. */
const MOST = 50;

export function createSurveys({ runs, screenPool }: AreaContext): Surveys {
  const kept = new Map<string, readonly SyncEdges[]>();
  return {
    async of(runIds, full, reference, call) {
      const details = runIds.map((runId) => runs.get(runId));
      const answers = [];
      for (const [index, run] of details.entries()) {
        const key = JSON.stringify([full, run.files.map(({ path, bytes_B }) => [path, bytes_B])]);
        const streams = syncStreams(run);
        const edges = kept.get(key) ?? await surveyEdges(streams, full ? null : FIRST_SECONDS, {
          pool: screenPool(),
          signal: call.signal,
          progress: (done, total) => call.progress(Math.round(((index + done / total) / details.length) * 100), 100, `% of the edges of ${run.summary.name}`),
        });
        kept.set(key, edges);
        if (kept.size > MOST) kept.delete(kept.keys().next().value!);
        const compared = reference ?? streams.find(({ stream }) => stream.startsWith('imec'))?.stream ?? streams[0]?.stream ?? '';
        answers.push({ runId: run.summary.runId, run: run.summary.name, streams: judgeSync(edges, compared) });
      }
      return { runs: answers };
    },
  };
}

/** Streams with edges of their own, in the order NI, OneBoxes, probes; LF shares its AP's. */
function syncStreams({ summary, files }: RunDetails): SyncStream[] {
  const rank = { nidq: 0, obx: 1, ap: 2, lf: 3 };
  return summary.streams
    .filter(({ kind }) => kind !== 'lf')
    .sort((a, b) => rank[a.kind] - rank[b.kind] || a.index - b.index)
    .map(({ key }) => ({ stream: key, files: files.filter(({ stream }) => stream === key).sort((a, b) => a.gate - b.gate || a.trigger - b.trigger).map(({ path, gate, trigger }) => ({ bin: path, gate, trigger })) }))
    .filter((stream) => stream.files.length > 0);
}
