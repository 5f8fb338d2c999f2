// What the bench's jobs work on: simulated recordings, sorted spikes and events. Fixed: the same at every call.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPool } from '../../core/execution/index.ts';
import { encodeNpy } from '../../core/formats/index.ts';
import { presetRun, simulateRun } from '../../core/simulate/index.ts';

export const RATE = 30_000;
export const COLUMNS = 385;

/** One 384-channel probe and an NI device; replaces what the folder holds. */
export async function makeRecording(folder: string, seconds: number): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const pool = createPool();
  await simulateRun(folder, presetRun('big', { seconds }), { pool });
  await pool.close();
}

export function apFile(folder: string): string {
  return path.join(folder, readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('.ap.bin'))!);
}

/** table.npy, time.npy and lbl.npy: `count` spikes of `units`, spread over the recording. */
export function writeSpikes(folder: string, seconds: number, count: number, units: number): void {
  mkdirSync(folder, { recursive: true });
  const times = BigInt64Array.from({ length: count }, (_, k) => BigInt(Math.floor(100 + (k * (seconds * RATE - 400)) / count)));
  const labels = Uint32Array.from({ length: count }, (_, k) => Math.imul(k, 2654435761) >>> 8).map((value) => value % units);
  const table = new Uint32Array(2 * units);
  for (const label of labels) table[2 * label]++;
  for (let unit = 0; unit < units; unit++) table[2 * unit + 1] = Math.floor((384 * unit) / units);
  writeFileSync(path.join(folder, 'time.npy'), encodeNpy(times, [count]));
  writeFileSync(path.join(folder, 'lbl.npy'), encodeNpy(labels, [count]));
  writeFileSync(path.join(folder, 'table.npy'), encodeNpy(table, [units, 2]));
}

/** Sync edges of an hour (to.txt, from.txt) and `count` events, events.npy or events.txt. Returns the events' bytes. */
export function writeEvents(folder: string, count: number, kind: 'npy' | 'txt'): number {
  mkdirSync(folder, { recursive: true });
  const length = 3600;
  const edges = (period: number) => Array.from({ length }, (_, k) => `${(0.3 + k * period).toFixed(6)}\n`).join('');
  writeFileSync(path.join(folder, 'to.txt'), edges(1));
  writeFileSync(path.join(folder, 'from.txt'), edges(1.00002));
  const file = path.join(folder, `events.${kind}`);
  const times = Float64Array.from({ length: count }, (_, k) => (k * length) / count);
  if (kind === 'npy') {
    writeFileSync(file, encodeNpy(times, [count]));
    return 8 * count;
  }
  writeFileSync(file, '');
  let bytes = 0;
  for (let start = 0; start < count; start += 100_000) {
    const text = Array.from(times.subarray(start, start + 100_000), (time) => `${time.toFixed(6)}\n`).join('');
    writeFileSync(file, text, { flag: 'a' });
    bytes += text.length;
  }
  return bytes;
}
