// The rows of the self-check, in the order they are told.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TaskPool } from '../../common/index.ts';
import { loadKernels } from '../../kernels/index.ts';
import { aftergateVersion } from '../../modules/index.ts';
import type { DoctorRow } from '../contract/index.ts';
import { writeSpeed } from '../house/index.ts';
import { selfCheck } from './selfCheck.ts';

export interface DoctorContext {
  readonly pool: TaskPool;
  /** A folder that may be filled and emptied. */
  readonly scratch: string;
  /** Folders whose drives are looked at, with what they are for. */
  readonly folders: readonly { readonly path: string; readonly what: string; readonly written: boolean }[];
  readonly signal: AbortSignal;
  readonly on: (row: DoctorRow) => void;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toPrecision(3)} GB`;

export async function doctorRows({ pool, scratch, folders, signal, on }: DoctorContext): Promise<DoctorRow[]> {
  const rows: DoctorRow[] = [];
  const tell = (row: DoctorRow) => {
    rows.push(row);
    on(row);
  };
  tell({ id: 'version', name: 'Aftergate', value: `${aftergateVersion} on ${process.platform} ${os.release()}, Node ${process.versions.node}${process.versions['electron'] ? `, Electron ${process.versions['electron']}` : ''}`, verdict: 'ok' });
  tell(kernelRow());
  tell({ id: 'workers', name: 'Threads', value: `${pool.size} for screens, ${os.availableParallelism()} cores`, verdict: 'ok' });
  tell(memoryRow());
  tell(clockRow(new Date()));
  for (const folder of folders) {
    signal.throwIfAborted();
    tell(await driveRow(folder));
  }
  for (const row of await selfCheck(path.join(scratch, 'self-check'), pool, signal)) tell(row);
  return rows;
}

function kernelRow(): DoctorRow {
  try {
    loadKernels(1 << 20);
    return { id: 'simd', name: 'SIMD kernels', value: 'WebAssembly SIMD works', verdict: 'ok' };
  } catch (error) {
    return { id: 'simd', name: 'SIMD kernels', value: `cannot be loaded: ${(error as Error).message}`, verdict: 'stop', next: 'Aftergate needs a processor with SSE4.1 (any since 2008) and Node 20 or newer.' };
  }
}

function memoryRow(): DoctorRow {
  const total = os.totalmem();
  const isSmall = total < 8e9;
  return { id: 'memory', name: 'Memory', value: `${gigabytes(os.freemem())} free of ${gigabytes(total)}`, verdict: isSmall ? 'warn' : 'ok', next: isSmall ? 'Sorting needs up to 2 GB beside the system: close other programs.' : undefined };
}

/** Journals, notes and "not before" go by this clock; a battery that has died sets it back by years. */
function clockRow(now: Date): DoctorRow {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isOff = now.getFullYear() < 2025;
  return { id: 'clock', name: 'Clock', value: `${now.toISOString()}, zone ${zone}`, verdict: isOff ? 'warn' : 'ok', next: isOff ? 'Set the date: scheduled jobs and the times in records go by it.' : undefined };
}

/** Writing is measured only where results go; recordings' folders are never written to. */
async function driveRow({ path: folder, what, written }: DoctorContext['folders'][number]): Promise<DoctorRow> {
  const row = { id: 'disk', name: `${what} ${folder}` };
  try {
    const space = await fs.statfs(folder);
    const free = `${gigabytes(space.bavail * space.bsize)} free`;
    if (!written) return { ...row, value: free, verdict: 'ok' };
    const speed = await writeSpeed(folder);
    const isSlow = speed < 100;
    return { ...row, value: `${free}, writes ${speed.toPrecision(3)} MB/s`, verdict: isSlow ? 'warn' : 'ok', next: isSlow ? 'CatGT writes 23 MB for every second of a probe: an SSD saves hours.' : undefined };
  } catch (error) {
    return { ...row, value: `cannot be used: ${(error as Error).message}`, verdict: 'warn', next: 'Connect the drive, or choose another folder.' };
  }
}
