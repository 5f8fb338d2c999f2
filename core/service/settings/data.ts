// What Aftergate keeps on this computer: folders with their sizes, and clearing what can be made again.

import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { KeptFolder } from '../contract/index.ts';
import type { Profile } from '../house/index.ts';

const rooms = [
  { room: 'drafts', name: 'Sessions', what: 'sessions being set up, with their undo' },
  { room: 'presets', name: 'Presets', what: 'the lab\'s presets' },
  { room: 'labels', name: 'Labels', what: 'labels of units in folders that cannot be written to' },
  { room: 'queue', name: 'Queue', what: 'work that waits, runs or is done, with its logs' },
  { room: 'cache', name: 'Cache', what: 'overviews of recordings, made again when they are needed' },
] as const;

/** The profile itself first; its size is that of its own files, not of the folders in it. */
export async function keptFolders(profile: Profile): Promise<KeptFolder[]> {
  const own = await sizeOf(profile.folder, false);
  const others = await Promise.all(rooms.map(async ({ room, name, what }) => {
    const folder = await profile.room(room);
    return { name, what, path: folder, ...(await sizeOf(folder, true)), clearable: room === 'cache' };
  }));
  return [{ name: 'Profile', what: 'settings, the region table, what screens remember, the figures of former probes', path: profile.folder, ...own, clearable: false }, ...others];
}

/** Bytes that are free again; files somebody has open stay. */
export async function clearCache(profile: Profile): Promise<number> {
  const folder = await profile.room('cache');
  const before = await sizeOf(folder, true);
  for (const name of await fs.readdir(folder)) await fs.rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  return before.bytes_B - (await sizeOf(folder, true)).bytes_B;
}

async function sizeOf(folder: string, recursive: boolean): Promise<{ files: number; bytes_B: number }> {
  const entries = await fs.readdir(folder, { recursive, withFileTypes: true }).catch(() => [] as Dirent[]);
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => fs.stat(path.join(entry.parentPath, entry.name)).then(({ size }) => size, () => 0)));
  return { files: sizes.length, bytes_B: sizes.reduce((sum, size) => sum + size, 0) };
}
