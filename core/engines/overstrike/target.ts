// What is to be changed: which samples and columns of which file. Everything that speaks against it is found here,
// before anything is touched.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, JobError, outputFileError } from '../../common/index.ts';
import { fileLength, metaCounts, metaText, readMeta, requireNumber, savedChannels, type Meta } from '../../spikeglx/index.ts';
import type { EditOptions } from './options.ts';

export interface Recording {
  readonly path: string;
  readonly bytes: number;
  readonly columns: number;
  readonly samples: number;
  readonly rate: number;
  /** Columns that hold AP or LF channels, and the acquisition channel of every column. */
  readonly neural: number;
  readonly channels: readonly number[];
  /** Channels from here on are SY. */
  readonly firstSync: number;
}

/** [first, end) in samples, and the file columns to change. */
export interface Target {
  readonly first: number;
  readonly end: number;
  readonly columns: readonly number[];
}

/** Throws InputFileError or OutputFileError when the file is no complete, writable recording of a probe. */
export async function openRecording(file: string): Promise<Recording> {
  const meta = await readMeta(metaPath(file));
  if (metaText(meta, 'typeThis') !== 'imec') throw new InputFileError(meta.path, 'does not describe a file of a probe; only those can be edited');
  const length = await fileLength(file, meta);
  const columns = requireNumber(meta, 'nSavedChans');
  if (length.state === 'truncated') throw new InputFileError(file, `is shorter than its meta says: ${length.samples} instead of ${length.metaSamples} samples`, { next: 'Copy the file again, or correct its meta.' });
  if (length.state === 'unfinished') throw new InputFileError(file, 'is still being written, or its recording crashed: the meta gives no size or a smaller one', { next: 'Wait until the recording has ended; after a crash, correct fileSizeBytes in the meta.' });
  await checkWritable(file);
  const [ap = 0, lf = 0] = metaCounts(meta, 'snsApLfSy') ?? [];
  return {
    path: file,
    bytes: requireNumber(meta, 'fileSizeBytes'),
    columns,
    samples: length.samples,
    rate: requireNumber(meta, 'imSampRate'),
    neural: ap + lf,
    channels: savedChannels(meta),
    firstSync: firstSyncChannel(meta),
  };
}

/** Throws JobError when nothing of the file is meant. */
export function findTarget(recording: Recording, { range, channels }: EditOptions): Target {
  const scale = range.unit === 'seconds' ? recording.rate : 1;
  const clamp = (value: number) => Math.min(Math.max(Math.trunc(value * scale), 0), recording.samples);
  const first = clamp(range.start);
  const end = clamp(range.end);
  if (first >= end) {
    throw new JobError(`${recording.path}: no sample lies between ${range.start} and ${range.end} ${range.unit}`, { next: `The file has ${recording.samples} samples, ${(recording.samples / recording.rate).toFixed(3)} s.` });
  }
  const columns = channels === undefined ? countTo(recording.neural) : columnsOf(channels, recording);
  if (columns.length === 0) throw new JobError(`${recording.path}: none of the channels given is a neural channel of this file`);
  return { first, end, columns };
}

function columnsOf(channels: readonly number[], recording: Recording): number[] {
  return channels
    .filter((channel) => channel < recording.firstSync)
    .map((channel) => recording.channels.indexOf(channel))
    .filter((column) => column >= 0 && column < recording.neural);
}

const countTo = (count: number) => Array.from({ length: count }, (_, index) => index);

function firstSyncChannel(meta: Meta): number {
  const [ap, lf] = metaCounts(meta, 'acqApLfSy') ?? [];
  return ap === undefined || lf === undefined ? Infinity : ap + lf;
}

function metaPath(file: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, `${name}.meta`);
}

/** The mode is looked at, too: an administrator's account may write to files that were protected on purpose. */
async function checkWritable(file: string): Promise<void> {
  try {
    await fs.access(file, fs.constants.R_OK | fs.constants.W_OK);
    const { mode } = await fs.stat(file);
    if ((mode & 0o222) !== 0) return;
  } catch (error) {
    throw outputFileError(file, error);
  }
  throw outputFileError(file, Object.assign(new Error('read-only'), { code: 'EACCES' }));
}
