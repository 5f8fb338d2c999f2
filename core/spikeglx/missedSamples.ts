// SpikeGLX's own lists of samples that the hardware missed: `<run>.missed_samples.imec0.txt`, a line `sample,zeros` for
// every run of zeros it put in. As its Metrics help has it, the list lies at the top of the data folder, and samples are
// counted from the start of the acquisition, as firstSample is; a copy in the run folder or the probe folder is found too.

import fs from 'node:fs/promises';
import path from 'node:path';
import { dataFolder, runFolder } from './findFiles.ts';
import type { FoundFile, Listings } from './findFiles.ts';

export interface MissedSamples {
  readonly stretches: number;
  readonly samples: number;
}

/** False where it is known that a folder has no such file: opening thousands that are not there takes a while. */
export type MayHold = (folder: string, name: string) => boolean;

/** By what a walk saw; folders above those it walked may hold anything. */
export function mayHoldBy(listings: () => Listings): MayHold {
  return (folder, name) => listings().get(folder)?.missedLists.includes(name.toLowerCase()) ?? true;
}

/** What was filled with zeros in an AP file that holds `samples` from `firstSample` on; null when no list tells of any. */
export async function findMissedSamples(file: FoundFile, firstSample: number | undefined, samples: number, mayHold: MayHold = () => true): Promise<MissedSamples | null> {
  const name = `${file.name.run}.missed_samples.imec${file.name.threeA ? '' : file.name.stream.index}.txt`;
  const folders = [...new Set([dataFolder(file), runFolder(file), file.folder])].filter((folder) => mayHold(folder, name));
  if (folders.length === 0) return null;
  const lists = await Promise.all(folders.map((folder) => fs.readFile(path.join(folder, name), 'utf8').catch(() => '')));
  const from = firstSample ?? 0;
  const inFile = lists.flatMap(parseMissedSamples).filter(({ sample, zeros }) => sample < from + samples && sample + zeros > from);
  // A copy of the list in another folder tells nothing new.
  const runs = new Map(inFile.map((run) => [run.sample, run]));
  return runs.size === 0 ? null : { stretches: runs.size, samples: [...runs.values()].reduce((sum, { zeros }) => sum + zeros, 0) };
}

/** Lines that are not two numbers are passed over. */
export function parseMissedSamples(text: string): { readonly sample: number; readonly zeros: number }[] {
  return [...text.matchAll(/^[ \t<(]*(\d+)[ \t]*[, \t][ \t]*(\d+)[ \t>)]*\r?$/gm)].map(([, sample, zeros]) => ({ sample: Number(sample), zeros: Number(zeros) }));
}
