// What the runs of a draft have, for checking old settings against: gates, probes, and the columns of each stream's file.

import path from 'node:path';
import { isAftergateError } from '../../common/index.ts';
import type { RunFacts } from '../../pipelines/exchange/index.ts';
import { type LineColumns, lineColumns } from '../../pipelines/index.ts';
import { parseSglxName, readMeta, streamFacts } from '../../spikeglx/index.ts';
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
    streams: await columnsOf(files),
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
async function columnsOf(files: RunDetails['files']): Promise<LineColumns[]> {
  const first = [...new Map([...files].reverse().map((file) => [file.stream, file])).values()].filter(({ stream }) => !stream.endsWith('.lf'));
  const columns = await Promise.all(first.map(async ({ path: bin }) => {
    try {
      const meta = await readMeta(bin.replace(/\.bin$/, '.meta'));
      return lineColumns(meta, streamFacts(meta, parseSglxName(path.basename(bin))!.stream));
    } catch (error) {
      if (!isAftergateError(error)) throw error;
      return undefined;
    }
  }));
  return columns.filter((each) => each !== undefined);
}
