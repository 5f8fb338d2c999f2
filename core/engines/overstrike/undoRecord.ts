// `<file>.overstrike-undo`: the original bytes of every edit, newest last. An entry is a line of JSON that describes it,
// the bytes, and a line feed; an entry that ends early was never used, because its edit starts only when it is complete.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, inputFileError, OutputFileError, outputFileError } from '../../common/index.ts';
import type { Recording, Target } from './target.ts';

export interface Entry {
  /** File the bytes belong to. */
  readonly file: string;
  readonly fileBytes: number;
  readonly columns: number;
  /** All columns of the samples [first, first + samples) were kept. */
  readonly first: number;
  readonly samples: number;
  /** When the edit was made, ISO 8601. */
  readonly editedAt: string;
}

export interface PlacedEntry extends Entry {
  /** In the record: where the entry, its data and what follows it start. */
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
}

const format = 'overstrike-undo 1';
const longestHeader = 4096;
export const blockBytes = 1 << 22;

export function undoPath(file: string): string {
  return `${file}.overstrike-undo`;
}

/** Complete entries, oldest first; none when there is no record. Throws InputFileError when it is no such record. */
export async function readEntries(file: string): Promise<PlacedEntry[]> {
  const record = undoPath(file);
  const handle = await openIfThere(record);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const entries: PlacedEntry[] = [];
    for (let start = 0; start < size; ) {
      const entry = await readEntry(handle, start, record);
      if (!entry || entry.end > size) break;
      entries.push(entry);
      start = entry.end;
    }
    return entries;
  } catch (error) {
    throw inputFileError(record, error);
  } finally {
    await handle.close();
  }
}

/** Undefined when the header is cut short. */
async function readEntry(handle: fs.FileHandle, start: number, record: string): Promise<PlacedEntry | undefined> {
  const head = Buffer.alloc(longestHeader);
  const { bytesRead } = await handle.read(head, 0, longestHeader, start);
  const length = head.subarray(0, bytesRead).indexOf(10);
  if (length < 0 && bytesRead < longestHeader) return undefined;
  try {
    const { format: found, ...entry } = JSON.parse(head.toString('utf8', 0, Math.max(0, length))) as Entry & { format: string };
    if (found !== format || ![entry.first, entry.samples, entry.columns].every(Number.isSafeInteger)) throw new SyntaxError(`format '${found}'`);
    const dataStart = start + length + 1;
    return { ...entry, start, dataStart, end: dataStart + dataBytes(entry) + 1 };
  } catch (error) {
    throw new InputFileError(record, 'is not a record of overstruck samples', { next: 'Move it away to edit the recording without it.', cause: error });
  }
}

const dataBytes = ({ samples, columns }: Pick<Entry, 'samples' | 'columns'>) => samples * columns * 2;

/** Appends the target's original bytes and returns when they are safely on the disk. On failure the record is as before. */
export async function appendEntry(recording: Recording, { first, end }: Target, source: fs.FileHandle, signal: AbortSignal | undefined): Promise<void> {
  const record = undoPath(recording.path);
  const entries = await readEntries(recording.path);
  for (const entry of entries) checkBelongs(entry, recording);
  const start = entries.at(-1)?.end ?? 0;
  const entry: Entry = { file: path.basename(recording.path), fileBytes: recording.bytes, columns: recording.columns, first, samples: end - first, editedAt: new Date().toISOString() };
  const handle = await fs.open(record, start === 0 ? 'w' : 'r+').catch((error: unknown) => { throw outputFileError(record, error); });
  try {
    await handle.truncate(start);
    const header = Buffer.from(`${JSON.stringify({ format, ...entry })}\n`);
    await writeAt(handle, header, start);
    await copyBytes(source, first * recording.columns * 2, handle, start + header.length, dataBytes(entry), signal);
    await writeAt(handle, Buffer.from('\n'), start + header.length + dataBytes(entry));
    await handle.sync();
    await handle.close();
  } catch (error) {
    await handle.truncate(start).catch(() => undefined);
    await handle.close().catch(() => undefined);
    if (start === 0) await fs.rm(record, { force: true }).catch(() => undefined);
    if (signal?.aborted) throw error;
    throw outputFileError(record, error);
  }
  await syncFolder(path.dirname(record));
}

/** Forgets an entry and all later ones; the record disappears with its first entry. */
export async function dropEntry(file: string, entry: PlacedEntry): Promise<void> {
  const record = undoPath(file);
  try {
    if (entry.start === 0) await fs.rm(record);
    else await fs.truncate(record, entry.start);
  } catch (error) {
    throw outputFileError(record, error);
  }
}

/** Throws OutputFileError when the recording is not the one that was edited. */
export function checkBelongs(entry: Entry, recording: Recording): void {
  if (entry.fileBytes === recording.bytes && entry.columns === recording.columns) return;
  throw new OutputFileError(undoPath(recording.path), `belongs to a file of ${entry.fileBytes} bytes and ${entry.columns} columns, but the recording has ${recording.bytes} bytes and ${recording.columns} columns`, {
    next: 'The recording was replaced since it was edited. Move the record away if its edits need not be taken back.',
  });
}

/** Copies between files in blocks; throws as the file system does. */
export async function copyBytes(from: fs.FileHandle, fromStart: number, to: fs.FileHandle, toStart: number, length: number, signal?: AbortSignal): Promise<void> {
  const block = Buffer.allocUnsafe(Math.min(blockBytes, length));
  for (let done = 0; done < length; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await from.read(block, 0, Math.min(block.length, length - done), fromStart + done);
    if (bytesRead === 0) throw new Error('the file ended early');
    await writeAt(to, block.subarray(0, bytesRead), toStart + done);
    done += bytesRead;
  }
}

export async function writeAt(handle: fs.FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}

async function openIfThere(file: string): Promise<fs.FileHandle | undefined> {
  try {
    return await fs.open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw inputFileError(file, error);
  }
}

/** Makes the record's name survive a power cut. Windows cannot, and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
