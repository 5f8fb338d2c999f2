// Large files in between that are removed on purpose once nobody needs them any more: each leaves a note beside it with
// its size and time, so that what was made from it still counts as made from this very file.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError, outputFileError } from './errors.ts';
import { readTextIfThere, whileHeld } from './files.ts';
import { writeWhole } from './outputs.ts';

export interface RemovedFile {
  /** Bytes. */
  readonly size: number;
  /** ms since 1970. */
  readonly mtimeMs: number;
}

/** `run_g0_tcat.imec0.ap.bin.removed.json` */
export function removalNote(file: string): string {
  return `${file}.removed.json`;
}

/** What the file was; undefined while it is there, and when nothing tells that it was removed on purpose. */
export async function removedFile(file: string): Promise<RemovedFile | undefined> {
  if (await fs.stat(file).then(() => true, () => false)) return undefined;
  return readNote(file);
}

/**
 * The note is on the disk before the file goes: a kill between the two leaves the file, to be removed the next time.
 * Answers with what was removed, now or before. Throws InputFileError when there is neither file nor note, OutputFileError.
 */
export async function removeWithNote(file: string, reason: string): Promise<RemovedFile> {
  const stats = await fs.lstat(file).catch((error: unknown) => inputFileError(file, error));
  if (stats instanceof Error) {
    const before = await readNote(file);
    if (before) return before;
    throw stats;
  }
  const note = { file: path.basename(file), size: stats.size, mtimeMs: stats.mtimeMs, removed: new Date().toISOString(), reason };
  await writeWhole(removalNote(file), `${JSON.stringify(note, null, 2)}\n`);
  try {
    const handle = await fs.open(removalNote(file), process.platform === 'win32' ? 'r+' : 'r');
    await handle.sync().finally(() => handle.close());
    await whileHeld(() => fs.unlink(file));
  } catch (error) {
    throw outputFileError(file, error);
  }
  return { size: stats.size, mtimeMs: stats.mtimeMs };
}

/** The file will be made again: its note is not true any more. */
export async function forgetRemoval(file: string): Promise<void> {
  await fs.rm(removalNote(file), { force: true });
}

async function readNote(file: string): Promise<RemovedFile | undefined> {
  const text = await readTextIfThere(removalNote(file)).catch(() => undefined);
  try {
    const note = JSON.parse(text ?? 'null') as Partial<RemovedFile> | null;
    return typeof note?.size === 'number' && typeof note.mtimeMs === 'number' ? { size: note.size, mtimeMs: note.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}
