// The numbers of this computer: a small made recording goes through CatGT, and what comes out is compared with what was
// put in.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { TaskPool } from '../../common/index.ts';
import { parseCatGTArguments, runCatGT } from '../../engines/catgt/index.ts';
import { quickRun } from '../../simulate/index.ts';
import type { DoctorRow } from '../contract/index.ts';

const seconds = 4;
/** What a band-pass may leave of a channel's mean, counts of the file. */
const largestMean = 1;

/** @param folder for the made files; removed afterwards */
export async function selfCheck(folder: string, pool: TaskPool, signal: AbortSignal): Promise<DoctorRow[]> {
  try {
    const raw = path.join(folder, 'raw');
    const run = await quickRun(raw, { name: 'check', seconds }, { pool, signal });
    const began = performance.now();
    const options = parseCatGTArguments([`-dir=${raw}`, '-run=check', '-g=0', '-t=0', '-prb_fld', '-ap', '-ni', '-prb=0', `-dest=${folder}`, '-apfilter=butter,12,300,10000', '-gblcar'], folder);
    const result = await runCatGT(options, { pool, signal, log: () => undefined, warn: () => undefined });
    const took = (performance.now() - began) / 1000;
    return [speedRow(took), edgeRow(result.streams), await filterRow(result.streams.find(({ label }) => label === 'imec0.ap')?.binary, run.files.find(({ label }) => label === 'imec0.ap')!.columns)];
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

function speedRow(took: number): DoctorRow {
  return { id: 'catgt', name: 'CatGT on a made recording', value: `${seconds} s of 16 channels in ${took.toFixed(2)} s`, verdict: 'ok' };
}

/** The sync wave has one rising edge a second; the recording begins just before one. */
function edgeRow(streams: readonly { readonly label: string; readonly events: readonly { readonly count: number; readonly automatic: boolean }[] }[]): DoctorRow {
  const counts = streams.map(({ label, events }) => ({ label, count: events.find(({ automatic }) => automatic)?.count ?? 0 })).sort((a, b) => (a.label < b.label ? -1 : 1));
  const isRight = counts.length === 2 && counts.every(({ count }) => count === seconds);
  return {
    id: 'edges', name: 'Sync edges found', value: counts.map(({ label, count }) => `${label} ${count} of ${seconds}`).join(', '), verdict: isRight ? 'ok' : 'stop',
    next: isRight ? undefined : 'This computer finds other pulses than were put in: do not use its results, and report this table.',
  };
}

/** After a high-pass the mean of every channel is close to nothing. */
async function filterRow(file: string | undefined, columns: number): Promise<DoctorRow> {
  if (file === undefined) return { id: 'filter', name: 'Band-pass', value: 'wrote no file', verdict: 'stop', next: 'Report this table.' };
  const bytes = await fs.readFile(file);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  let worst = 0;
  for (let channel = 0; channel < columns - 1; channel++) {
    let sum = 0;
    for (let at = channel; at < samples.length; at += columns) sum += samples[at];
    worst = Math.max(worst, Math.abs(sum / (samples.length / columns)));
  }
  const isRight = worst < largestMean;
  return { id: 'filter', name: 'Band-pass', value: `largest mean ${worst.toFixed(3)} counts`, verdict: isRight ? 'ok' : 'stop', next: isRight ? undefined : 'The filter leaves slow signals: do not use its results, and report this table.' };
}
