// Finds the runs under folders: gates, triggers, streams, probes, how the files join, and what is wrong with them. Only
// metas are opened; of binaries the size is asked.

import path from 'node:path';
import { inOrder } from '../common/index.ts';
import { describeRun } from './describeRun.ts';
import { findFiles } from './findFiles.ts';
import type { FoundFile, Listings } from './findFiles.ts';
import { byCodePoint, groupBy } from './grouping.ts';
import { mayHoldBy } from './missedSamples.ts';
import { streamLabel } from './names.ts';
import { separateRuns } from './sameRun.ts';
import { scanFile } from './scanFile.ts';
import type { ScannedFile } from './scanFile.ts';
import type { ScannedOutput, ScanResult } from './scanResult.ts';

export interface ScanOptions {
  /** How many levels of folders below the given ones are looked at. */
  readonly levels?: number;
  /** ms since 1970; tells files that are being written from those that were left so. */
  readonly now?: number;
}

/** Metas read at the same time. */
export const scanWidth = 32;
/** Levels of folders below the given ones. */
export const scannedLevels = 5;

/** Throws InputFileError when one of the folders cannot be listed. */
export async function scan(folders: readonly string[], options: ScanOptions = {}): Promise<ScanResult> {
  const now = options.now ?? Date.now();
  const listings: Listings = new Map();
  const mayHold = mayHoldBy(() => listings);
  const { recordings, outputs } = sortOut((await findFiles(folders, { levels: options.levels ?? scannedLevels, listings })).files);
  const files: ScannedFile[] = [];
  await inOrder(recordings.length, scanWidth, (index) => scanFile(recordings[index]!, mayHold), (file) => void files.push(file));

  const runs = [...groupBy(files, (file) => file.name.run).values()].flatMap((sameName) =>
    separateRuns(sameName).map((run) => describeRun(run.files, run.collisions, now)));
  return {
    runs: runs.sort((a, b) => byCodePoint(a.name, b.name) || byCodePoint(a.path, b.path)),
    outputs: outputs.filter((file) => file.hasBin).map(describeOutput).sort((a, b) => byCodePoint(a.path, b.path)),
  };
}

/** Recordings, and apart from them what tools made of recordings. */
export function sortOut(found: readonly FoundFile[]): { recordings: FoundFile[]; outputs: FoundFile[] } {
  const outputs = new Set(found.filter(isOutput(found)));
  return { recordings: found.filter((file) => !outputs.has(file)), outputs: [...outputs] };
}

/** What tools wrote: concatenated files, CatGT's folders, exported parts of a file that is there as well. */
function isOutput(found: readonly FoundFile[]): (file: FoundFile) => boolean {
  const originals = new Set(found.filter((file) => !file.name.exported).map((file) => path.join(file.folder, file.stem)));
  return (file) =>
    file.inOutputFolder || file.name.trigger === 'cat' || (file.name.exported && originals.has(path.join(file.folder, file.stem.replace('.exported', ''))));
}

function describeOutput(file: FoundFile): ScannedOutput {
  return { name: file.name.run, gate: file.name.gate, stream: streamLabel(file.name.stream), path: path.join(file.folder, `${file.stem}.bin`) };
}
