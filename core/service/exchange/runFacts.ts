// What the runs of a draft have, for checking old settings against: gates, probes, and the columns of each stream's file.

import { isAftergateError } from '../../common/index.ts';
import { type RunFacts, type StreamWords, streamWords } from '../../pipelines/exchange/index.ts';
import { readMeta } from '../../spikeglx/index.ts';
import type { RunDetails } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

/** Runs that are gone have no facts; nothing is checked against them. */
export async function factsOf(context: AreaContext, runs: readonly { readonly runId: string }[]): Promise<RunFacts[]> {
  const known = runs.map(({ runId }) => found(context, runId)).filter((run) => run !== undefined);
  return Promise.all(known.map(async ({ summary, files }) => ({
    name: summary.name,
    gates: summary.gates.map(({ gate }) => gate),
    probes: summary.probes.map(({ index }) => index),
    obx: summary.obx,
    streams: await wordsOf(files),
  })));
}

function found({ runs }: AreaContext, runId: string): RunDetails | undefined {
  try {
    return runs.get(runId);
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    return undefined;
  }
}

/** Of the first file of each stream: all have the same columns. */
async function wordsOf(files: RunDetails['files']): Promise<StreamWords[]> {
  const first = [...new Map([...files].reverse().map((file) => [file.stream, file])).values()];
  const words = await Promise.all(first.map(async ({ stream, path }) => {
    const [, kind, number = '0'] = /^(nidq|obx|imec)(\d*)(?:\.ap)?$/.exec(stream) ?? [];
    if (kind === undefined) return undefined;
    const meta = await readMeta(path.replace(/\.bin$/, '.meta')).catch((error: unknown) => {
      if (!isAftergateError(error)) throw error;
      return undefined;
    });
    return meta && streamWords(meta, kind === 'nidq' ? 0 : kind === 'obx' ? 1 : 2, Number(number));
  }));
  return words.filter((each) => each !== undefined);
}
