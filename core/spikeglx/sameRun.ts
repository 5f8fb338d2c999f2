// Files of one run name in several folders: SpikeGLX spreads the probes of a run over drives, but people also use a name
// twice and keep copies. Folders belong together unless they contradict each other.

import { dataFolder, runFolder } from './findFiles.ts';
import { byCodePoint, firstOfEach, groupBy } from './grouping.ts';
import type { ScannedFile } from './scanFile.ts';
import { trialLabel } from './scanHealth.ts';
import type { Health } from './scanHealth.ts';

export interface SeparateRun {
  readonly files: ScannedFile[];
  /** Said of each of several runs with one name. */
  readonly collisions: Health[];
}

interface Candidate {
  readonly files: ScannedFile[];
  /** Trials and streams it has. */
  readonly keys: Set<string>;
  /** When each trial was made, ms. */
  readonly created: Map<string, number>;
  readonly dataFolders: Set<string>;
}

/** The streams of a trial are made within seconds, also on a slow share; ms. */
const sameMoment = 60_000;

/** `files` carry one run name. */
export function separateRuns(files: readonly ScannedFile[]): SeparateRun[] {
  const runs: Candidate[] = [];
  const folders = [...groupBy(files, (file) => file.folder).values()].sort((a, b) => byCodePoint(dataFolder(a[0]!), dataFolder(b[0]!)));
  for (const folder of folders) {
    const here = dataFolder(folder[0]!);
    const fits = (run: Candidate) => !contradict(run, folder);
    const home = runs.find((run) => run.dataFolders.has(here) && fits(run)) ?? runs.find(fits);
    if (home) add(home, folder);
    else runs.push(add({ files: [], keys: new Set(), created: new Map(), dataFolders: new Set() }, folder));
  }
  return collisions(runs);
}

function add(run: Candidate, folder: readonly ScannedFile[]): Candidate {
  run.dataFolders.add(dataFolder(folder[0]!));
  for (const file of folder) {
    run.files.push(file);
    run.keys.add(fileKey(file));
    const created = createdAt(file);
    if (!Number.isNaN(created)) run.created.set(trialLabel(file), created);
  }
  return run;
}

/** The same file in both, or trials of one number that were made at different times on different drives. */
function contradict(run: Candidate, folder: readonly ScannedFile[]): boolean {
  if (folder.some((file) => run.keys.has(fileKey(file)))) return true;
  if (run.dataFolders.has(dataFolder(folder[0]!))) return false;
  return folder.some((file) => Math.abs(createdAt(file) - (run.created.get(trialLabel(file)) ?? NaN)) > sameMoment);
}

function collisions(runs: readonly Candidate[]): SeparateRun[] {
  if (runs.length === 1) return [{ files: runs[0]!.files, collisions: [] }];
  const holders = groupBy(runs.flatMap((run) => run.files.map((file) => ({ run, identity: identity(file) }))), ({ identity }) => identity);
  return runs.map((own) => {
    const holdersOfOwn = own.files.map((file) => holders.get(identity(file))!);
    const isCopy = (run: Candidate) => holdersOfOwn.some((all) => all.some((holder) => holder.run === run));
    // A few are enough to say where: the search ends with them.
    const others = firstFew(runs, (run) => run !== own && !isCopy(run));
    const copies = firstFew(holdersOfOwn.flatMap((all) => all.slice(0, few + 1).map(({ run }) => run)), (run) => run !== own);
    const said: Health[] = [];
    const say = (severity: Health['severity'], message: string) => said.push({ severity, code: 'name-collision', message, path: own.files[0]!.path });
    if (copies.length > 0) say('info', `A copy of this run, or of a part of it, is in ${places(copies)}.`);
    if (others.length > 0) say('warning', `Another run of the same name is in ${places(others)}; their files do not belong together.`);
    return { files: own.files, collisions: said };
  });
}

const few = 3;

function firstFew(runs: readonly Candidate[], fits: (run: Candidate) => boolean): Candidate[] {
  const found = new Set<Candidate>();
  for (const run of runs) {
    if (found.size <= few && fits(run)) found.add(run);
  }
  return [...found];
}

function places(runs: readonly Candidate[]): string {
  const folders = firstOfEach(runs.map((run) => runFolder(run.files[0]!)), (folder) => folder);
  return folders.length > few ? `${folders.slice(0, few).join(', ')} and elsewhere` : folders.join(', ');
}

function fileKey(file: ScannedFile): string {
  return `${trialLabel(file)} ${file.label}`;
}

/** The same in copies of a file. */
function identity(file: ScannedFile): string {
  return `${fileKey(file)} ${file.bytes} ${file.content?.created}`;
}

/** ms; NaN when the meta does not tell. */
function createdAt(file: ScannedFile): number {
  return Date.parse(file.content?.created ?? '');
}
