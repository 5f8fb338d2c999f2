// The files of one run, found on all drives at once: a run's probes may lie on other drives than its NI.

import fs from 'node:fs/promises';
import path from 'node:path';
import { parseSglxName, type SglxName } from '../../spikeglx/index.ts';

export interface RecordedFile {
  /** Path without .bin or .meta. */
  readonly base: string;
  readonly name: SglxName;
  /** One of the session's npx_directory. */
  readonly drive: string;
  /** Whether it is in a folder of its probe. */
  readonly inProbeFolder: boolean;
  readonly hasBin: boolean;
  readonly hasMeta: boolean;
}

/** Of one gate; folders that are missing have none. @param hasRunFolder false when the files lie in the drive's folder itself */
export async function findFiles(drives: readonly string[], run: string, gate: number, hasRunFolder: boolean): Promise<RecordedFile[]> {
  const found = await Promise.all(drives.map(async (drive) => {
    const top = hasRunFolder ? path.join(drive, `${run}_g${gate}`) : drive;
    const entries = await fs.readdir(top, { withFileTypes: true }).catch(() => []);
    const probeFolders = entries.filter((entry) => !entry.isFile() && entry.name.startsWith(`${run}_g${gate}_imec`)).map((entry) => entry.name);
    const inProbes = await Promise.all(probeFolders.map(async (folder) => files(path.join(top, folder), await fs.readdir(path.join(top, folder)).catch(() => []), drive, true)));
    return [...files(top, entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name), drive, false), ...inProbes.flat()];
  }));
  return found.flat().filter(({ name }) => name.run === run && name.gate === gate && !name.exported);
}

/** A .bin and its .meta are one. */
function files(folder: string, names: readonly string[], drive: string, inProbeFolder: boolean): RecordedFile[] {
  const present = new Set(names);
  const stems = [...new Set(names.filter((name) => /\.(bin|meta)$/.test(name)).map((name) => name.replace(/\.(bin|meta)$/, '')))];
  return stems.flatMap((stem) => {
    const name = parseSglxName(`${stem}.bin`);
    return name ? [{ base: path.join(folder, stem), name, drive, inProbeFolder, hasBin: present.has(`${stem}.bin`), hasMeta: present.has(`${stem}.meta`) }] : [];
  });
}
