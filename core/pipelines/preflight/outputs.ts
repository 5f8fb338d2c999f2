// Every file and folder that the session will leave, by name, and what is there in its place now.

import fs from 'node:fs/promises';
import path from 'node:path';
import { removalNote, removedFile } from '../../common/index.ts';
import type { Step } from '../../execution/index.ts';
import { withPhysicalProbe } from '../../notation/index.ts';
import type { Session } from '../session/parseSession.ts';
import { catgtFolder, catgtTag, runAndGate } from '../steps/names.ts';
import { filesRemovedBy } from '../steps/removeAp.ts';
import { isSorter } from './estimate.ts';
import type { StepState } from './stepStates.ts';
import type { CatgtFile } from './streamPlans.ts';

/** removed: made, and not kept: the last step of its probe removes it, or has. */
export type OutputState = 'new' | 'kept' | 'replaced' | 'removed' | 'in the way';

export interface OutputFile {
  readonly path: string;
  readonly kind: CatgtFile['kind'] | 'sorting' | 'json' | 'aligned';
  /** Estimated; 0 where it is little. */
  readonly bytes: number;
  readonly state: OutputState;
  readonly run: string;
  readonly gate: number;
  readonly probe?: number;
}

type Planned = Omit<OutputFile, 'state'> & { readonly step: string };

export interface OutputSources {
  readonly session: Session;
  readonly steps: readonly Step[];
  readonly states: ReadonlyMap<string, StepState>;
  /** Files of CatGT by the step's id. */
  readonly catgt: ReadonlyMap<string, readonly CatgtFile[]>;
  /** Bytes each step leaves, by its id. */
  readonly bytes: ReadonlyMap<string, number>;
}

export async function outputFiles(sources: OutputSources): Promise<OutputFile[]> {
  const planned = sources.steps.flatMap((step) => filesOf(step, sources));
  const unique = [...new Map(planned.map((file) => [file.path, file])).values()];
  const there = await contentsOf(new Set(unique.map((file) => path.dirname(file.path))));
  const removed = new Set(sources.steps.flatMap(filesRemovedBy));
  const goneBefore = await Promise.all(unique.map(async (file) => file.kind === 'binary' && sources.states.get(file.step) === 'valid' && await removedFile(file.path) !== undefined));
  return unique.map(({ step, ...file }, index) => {
    const state = stateOf(file, there.get(path.dirname(file.path)), sources.states.get(step) === 'valid');
    return { ...file, state: state !== 'in the way' && (removed.has(file.path) || goneBefore[index]) ? 'removed' : state };
  });
}

function filesOf(step: Step, { catgt, bytes, session }: OutputSources): Planned[] {
  const { id, run, gate, probe } = step;
  const common = { run, gate, probe, step: id };
  const files: Planned[] = (catgt.get(id) ?? []).map((file) => ({ ...common, ...file }));
  if (isSorter(step.module)) files.push({ ...common, path: sortFolder(step), kind: 'sorting', bytes: bytes.get(id) ?? 0 });
  if (step.module === 'tPrime_helper' && session.kind !== 'file-list') {
    const command = path.join(catgtFolder(session.catGT_dest, run, gate, catgtTag(session)), `${runAndGate(run, gate)}_TPrime_cmd.txt`);
    files.push({ ...common, path: command, kind: 'log', bytes: 0 }, ...aligned(step, catgt, session.toStream_sync_params).map((file) => ({ ...common, path: file, kind: 'aligned' as const, bytes: 0 })));
  }
  for (const file of filesRemovedBy(step)) files.push({ ...common, path: removalNote(file), kind: 'log', bytes: 0 });
  const json = [step.inputJson, step.outputJson, ...(step.inputCopy === undefined ? [] : [step.inputCopy])];
  return [...files, ...json.map((file) => ({ ...common, path: file, kind: 'json' as const, bytes: 0 }))];
}

export function sortFolder({ input }: Step): string {
  const { directories } = input;
  return path.resolve(String((directories as Readonly<Record<string, unknown>> | undefined)?.kilosort_output_directory ?? ''));
}

/** Event files of streams that are not the reference get a twin in its time. */
function aligned(step: Step, catgt: OutputSources['catgt'], reference: string): string[] {
  const files = step.dependsOn.flatMap((dependency) => catgt.get(dependency.step) ?? []);
  const own = reference === 'ni' ? '.nidq.' : `.${withPhysicalProbe(reference)}.`;
  return files.filter(({ kind, path: file }) => kind === 'events' && !path.basename(file).includes(own) && !file.includes('.bfv_')).map(({ path: file }) => file.replace(/\.txt$/, '.adj.txt'));
}

type Contents = ReadonlyMap<string, 'file' | 'folder'>;

/** One listing per folder, in place of a look at every file. */
async function contentsOf(folders: ReadonlySet<string>): Promise<Map<string, Contents>> {
  const listed = await Promise.all([...folders].map(async (folder) => {
    const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
    return [folder, new Map(entries.map((entry) => [caseless(entry.name), entry.isDirectory() ? 'folder' as const : 'file' as const]))] as const;
  }));
  return new Map(listed);
}

/** Windows and macOS know no case in names. */
function caseless(name: string): string {
  return process.platform === 'linux' ? name : name.toLowerCase();
}

function stateOf(file: Pick<OutputFile, 'path' | 'kind'>, there: Contents | undefined, isKept: boolean): OutputState {
  const found = there?.get(caseless(path.basename(file.path)));
  if (found === undefined) return 'new';
  if ((found === 'folder') !== (file.kind === 'sorting')) return 'in the way';
  return isKept ? 'kept' : 'replaced';
}
