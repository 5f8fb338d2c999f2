// Of the place results go to: room, memory, permission, what is there already, names that are too long.

import fs from 'node:fs/promises';
import path from 'node:path';
import { nearestFolder } from '../../common/index.ts';
import type { Step } from '../../execution/index.ts';
import type { Session } from '../session/parseSession.ts';
import type { DiskNeed } from './diskNeed.ts';
import { memoryNeed, memoryNeeds } from './estimate.ts';
import { note, type PreflightFinding, stop, warn } from './finding.ts';
import type { OutputFile } from './outputs.ts';
import type { StepState } from './stepStates.ts';
import { counted, size } from './words.ts';

const chooseFolder = { label: 'Choose another folder', step: 'dest' as const };

/** @param reserve bytes that the queue keeps free */
export function checkRoom({ folder, needed, free, withoutAp }: DiskNeed, reserve: number): PreflightFinding[] {
  if (free === null || needed + reserve <= free) return [];
  const drive = process.platform === 'win32' ? path.parse(folder).root : folder;
  const rests = `${drive} has ${size(free)} free and this needs ${size(needed)}`;
  // The files of a run go when it is done: for one run that alone makes no room.
  const clearing = withoutAp && withoutAp.needed < needed ? [{ label: `Do not keep CatGT AP files: ${size(withoutAp.needed)}`, patch: { keep_catgt_ap: false } }] : [];
  const next = [chooseFolder, ...clearing];
  if (needed > free) return [stop('disk-space', `${rests}.`, { step: 'dest' }, { next })];
  return [warn('disk-reserve', `${rests}; ${size(reserve)} must stay free (Settings, Limits). The queue will wait for room on the way.`, { step: 'dest' }, { next })];
}

/** @param total memory steps may take */
export function checkMemory(steps: readonly Step[], total: number): PreflightFinding[] {
  return Object.keys(memoryNeeds).flatMap((module) => {
    const needs = steps.filter((step) => step.module === module).map((step) => memoryNeed(step)!);
    const most = needs.reduce((a, b) => (b.bytes > a.bytes ? b : a), { name: '', bytes: 0 });
    if (most.bytes <= total) return [];
    const next = module === 'spike_sorter' ? [] : [{ label: 'Use the embedded sorter', patch: { ks_ver: 'ag' } }];
    return [warn('memory', `${most.name} asks for about ${size(most.bytes)} of memory for this length; this machine has ${size(total)}.`, { step: 'sort' }, { next })];
  });
}

/** @param outputs empty when nothing can be planned yet */
export async function checkDestination(session: Session, outputs: readonly OutputFile[]): Promise<PreflightFinding[]> {
  const folders = session.kind === 'file-list' ? [session.kilosort_output_parent ?? session.json_directory, session.json_directory] : [session.catGT_dest, session.json_directory];
  const writable = await Promise.all([...new Set(folders)].map(notWritable));
  return [...writable.flat(), ...insideRecordings(session), ...longNames(outputs)];
}

async function notWritable(folder: string): Promise<PreflightFinding[]> {
  const there = await nearestFolder(folder);
  if (there === undefined) return [stop('not-writable', `${folder}: its drive is not there.`, { step: 'dest' }, { next: [chooseFolder] })];
  const isFolder = await fs.stat(there).then((entry) => entry.isDirectory(), () => true); // gone since: it can be made again
  if (!isFolder) return [stop('in-the-way', `${there} is a file, where a folder is needed.`, { step: 'dest' }, { next: [chooseFolder] })];
  const mayWrite = await fs.access(there, fs.constants.W_OK).then(() => true, () => false);
  return mayWrite ? [] : [stop('not-writable', `Not writable: you have no permission for ${there}.`, { step: 'dest' }, { next: [chooseFolder] })];
}

function insideRecordings(session: Session): PreflightFinding[] {
  if (session.kind === 'file-list' || !session.run_CatGT) return [];
  const source = session.npx_directory.find((folder) => isInside(session.catGT_dest, folder));
  if (source === undefined) return [];
  const inRun = session.run_specs.find(({ run }) => path.relative(source, session.catGT_dest).startsWith(`${run}_g`));
  if (inRun) return [warn('inside-recordings', `This folder is inside the recording ${inRun.run}, which should stay as it was recorded.`, { step: 'dest' }, { next: [chooseFolder] })];
  return [note('inside-recordings', `This folder is on the recording drive, inside ${source}. Reading and writing will slow each other.`, { step: 'dest' }, { next: [chooseFolder] })];
}

function isInside(file: string, folder: string): boolean {
  const between = path.relative(folder, file);
  return between === '' || (between !== '..' && !between.startsWith(`..${path.sep}`) && !path.isAbsolute(between));
}

/** Windows programs take 259 characters unless told otherwise. */
function longNames(outputs: readonly OutputFile[]): PreflightFinding[] {
  if (process.platform !== 'win32') return [];
  const longest = outputs.reduce((max, { path: file }) => (file.length > max.length ? file : max), '');
  if (longest.length < 260) return [];
  return [warn('path-length', `The longest name has ${longest.length} characters (${path.basename(longest)}); many Windows programs stop at 259. A shorter folder helps.`, { step: 'dest' }, { next: [chooseFolder] })];
}

/** What is there already, folder by folder. */
export async function checkExisting(steps: readonly Step[], states: ReadonlyMap<string, StepState>, outputs: readonly OutputFile[]): Promise<PreflightFinding[]> {
  const blocked = outputs.filter(({ state }) => state === 'in the way');
  const findings = blocked.map(({ path: file, run, gate, probe }) => stop('in-the-way', `${file} is in the way: a ${isFolderKind(file, outputs) ? 'file stands where a folder' : 'folder stands where a file'} is to be made.`, { run, gate, probe, step: 'dest' }, { next: [chooseFolder] }));
  const runs = [...new Map(outputs.filter(({ state, kind }) => kind !== 'json' && (state === 'kept' || state === 'replaced')).map((file) => [`${file.run} ${file.gate}`, file])).values()];
  return [...findings, ...(await Promise.all(runs.map((file) => existing(file, steps, states)))).flat()];
}

function isFolderKind(file: string, outputs: readonly OutputFile[]): boolean {
  return outputs.find((output) => output.path === file)?.kind === 'sorting';
}

async function existing({ run, gate, path: file }: OutputFile, steps: readonly Step[], states: ReadonlyMap<string, StepState>): Promise<PreflightFinding[]> {
  const own = steps.filter((step) => step.run === run && step.gate === gate);
  const kept = own.filter(({ id }) => states.get(id) === 'valid').length;
  const again = own.length - kept;
  const folder = file.split(/[\\/]/).find((part) => /^(catgt|supercat)_/.test(part)) ?? path.basename(path.dirname(file));
  const made = await fs.stat(file).catch(() => undefined);
  const since = made ? ` from ${day(made.mtime)}` : '';
  const where = { run, gate, step: 'dest' as const };
  const change = [{ label: 'Use another tag', step: 'dest' as const }];
  if (again === 0) return [note('overwrite', `\`${folder}\` exists${since}. All its ${counted(kept, 'step')} still match and will be skipped.`, where)];
  if (kept === 0) return [warn('overwrite', `\`${folder}\` exists${since}. Its files will be replaced.`, where, { next: change })];
  return [warn('overwrite', `\`${folder}\` exists${since}. Its ${counted(kept, 'matching step')} will be skipped, ${counted(again, 'changed step')} replaced.`, where, { next: change })];
}

function day(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
