// Results that are made again after curation and keep their earlier versions: name.csv, name_1.csv, name_2.csv ...

import path from 'node:path';
import { isThere } from '../../common/index.ts';

/** `name.csv` for version 0, `name_<version>.csv` for others; with or without a folder before it. */
export function numbered(file: string, version: number): string {
  if (version === 0) return file;
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}_${version}${ext}`);
}

/** The first version of a file that does not exist yet. */
export async function nextVersion(file: string): Promise<number> {
  let version = 0;
  while (await isThere(numbered(file, version))) version++;
  return version;
}
