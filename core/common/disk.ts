// Room on a drive.

import fs from 'node:fs/promises';
import path from 'node:path';

/** Free bytes of the drive a folder lies on, or will lie on; null for drives that do not tell. */
export async function freeBytes(folder: string): Promise<number | null> {
  const there = await nearestFolder(folder);
  const drive = there === undefined ? undefined : await fs.statfs(there).catch(() => undefined);
  return !drive || drive.blocks === 0 ? null : drive.bavail * drive.bsize;
}

/** The folder, or the nearest above it that is there; undefined when its drive is away. */
export async function nearestFolder(folder: string): Promise<string | undefined> {
  const found = await fs.stat(folder).then(() => true, () => false);
  if (found) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestFolder(parent);
}
