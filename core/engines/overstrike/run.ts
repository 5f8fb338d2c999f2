// OverStrike from options to a changed file: keep the original bytes, then edit; or bring them back.

import fs from 'node:fs/promises';
import { InputFileError, inputFileError, isAftergateError, OutputFileError, outputFileError, type EngineContext } from '../../common/index.ts';
import { lineFill, lineOver, zeroFill } from './fill.ts';
import type { EditOptions, OverStrikeOptions } from './options.ts';
import { findTarget, openRecording, type Recording, type Target } from './target.ts';
import { appendEntry, blockBytes, checkBelongs, copyBytes, dropEntry, readEntries, undoPath, writeAt } from './undoRecord.ts';

export interface OverStrikeResult {
  /** Samples [first, end) that were changed or restored. */
  readonly first: number;
  readonly end: number;
  /** File columns; all when restored. */
  readonly columns: number;
  /** Edits that can still be taken back. */
  readonly undoable: number;
}

/**
 * Throws before anything is changed when the file is missing, shorter than its meta says, still growing, read-only or
 * not a probe's. Once the edit has begun it is finished: stopping would leave half of it.
 */
export async function runOverStrike(options: OverStrikeOptions, context: Pick<EngineContext, 'signal' | 'progress'>): Promise<OverStrikeResult> {
  const recording = await openRecording(options.file);
  const handle = await fs.open(recording.path, 'r+').catch((error: unknown) => { throw outputFileError(recording.path, error); });
  try {
    return options.undo ? await undo(recording, handle) : await edit(recording, handle, options, context);
  } catch (error) {
    throw isAftergateError(error) || context.signal?.aborted ? error : outputFileError(recording.path, error);
  } finally {
    await handle.close();
  }
}

async function edit(recording: Recording, handle: fs.FileHandle, options: EditOptions, { signal, progress }: Pick<EngineContext, 'signal' | 'progress'>): Promise<OverStrikeResult> {
  const target = findTarget(recording, options);
  const fill = options.lineFill ? await lineFiller(recording, handle, target) : zeroFiller(recording, target);
  await appendEntry(recording, target, handle, signal);

  try {
    await fillRange(recording, handle, target, fill, progress);
  } catch (error) {
    throw new OutputFileError(recording.path, `was changed only in part: ${(error as Error).message}`, { next: `Take it back with: aftergate overstrike -file=${recording.path} --undo`, cause: error });
  }
  return { first: target.first, end: target.end, columns: target.columns.length, undoable: (await readEntries(recording.path)).length };
}

async function fillRange(recording: Recording, handle: fs.FileHandle, { first, end }: Target, fill: Fill, progress: EngineContext['progress']): Promise<void> {
  const rowBytes = recording.columns * 2;
  const rowsPerBlock = Math.max(1, Math.floor(blockBytes / rowBytes));
  for (let row = first; row < end; row += rowsPerBlock) {
    const rows = Math.min(rowsPerBlock, end - row);
    const block = await readRows(handle, recording, row, rows);
    fill(block, row - first);
    await writeAt(handle, new Uint8Array(block.buffer), row * rowBytes);
    progress?.({ label: 'OverStrike', done: row + rows - first, total: end - first });
  }
  await handle.sync();
}

/** Changes a block that starts `offset` samples into the range. */
type Fill = (block: Int16Array, offset: number) => void;

function zeroFiller({ columns }: Recording, target: Target): Fill {
  return (block) => zeroFill(block, columns, block.length / columns, target.columns);
}

async function lineFiller(recording: Recording, handle: fs.FileHandle, target: Target): Promise<Fill> {
  const { leftSample, rightSample, span } = lineOver(target.first, target.end, recording.samples);
  const line = { left: await readRows(handle, recording, leftSample, 1), right: await readRows(handle, recording, rightSample, 1), span };
  return (block, offset) => lineFill(block, recording.columns, block.length / recording.columns, target.columns, line, offset);
}

async function readRows(handle: fs.FileHandle, { path, columns }: Recording, first: number, rows: number): Promise<Int16Array> {
  const block = new Int16Array(rows * columns);
  const bytes = new Uint8Array(block.buffer);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, first * columns * 2 + at).catch((error: unknown) => { throw inputFileError(path, error); });
    if (bytesRead === 0) throw new InputFileError(path, `ended at sample ${first + Math.floor(at / 2 / columns)}`);
    at += bytesRead;
  }
  return block;
}

async function undo(recording: Recording, handle: fs.FileHandle): Promise<OverStrikeResult> {
  const entries = await readEntries(recording.path);
  const entry = entries.at(-1);
  if (!entry) throw new InputFileError(recording.path, 'was not edited by OverStrike: there is nothing to take back', { next: `${undoPath(recording.path)} would hold the original samples.` });
  checkBelongs(entry, recording);
  const record = undoPath(recording.path);
  const source = await fs.open(record, 'r').catch((error: unknown) => { throw inputFileError(record, error); });
  try {
    await copyBytes(source, entry.dataStart, handle, entry.first * entry.columns * 2, entry.samples * entry.columns * 2);
  } finally {
    await source.close();
  }
  await handle.sync();
  await dropEntry(recording.path, entry);
  return { first: entry.first, end: entry.first + entry.samples, columns: entry.columns, undoable: entries.length - 1 };
}
