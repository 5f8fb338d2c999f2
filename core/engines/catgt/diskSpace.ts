// Better to be told before the night than to find a full disk in the morning.

import { freeBytes, OutputFileError } from '../../common/index.ts';

/** Throws OutputFileError when `folder`'s drive has not `bytes` free. Drives that do not tell are believed. */
export async function checkSpace(folder: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free !== null && free < bytes) throw new OutputFileError(folder, `has ${gigabytes(free)} GB free, this run needs ${gigabytes(bytes)} GB`, { next: 'Free some space or choose another destination.' });
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(bytes < 1e10 ? 2 : 0);
}
