// What was last seen under each folder, kept in the profile: the list is there when the program starts, and when a drive
// is not. Pictures of probes are written once and referred to by number.

import fs from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { isAftergateError, writeWhole } from '../../common/index.ts';
import type { Remembered, SitePicture } from '../../spikeglx/index.ts';

export interface RememberedRoot extends Remembered {
  readonly path: string;
  readonly scannedAt: string;
}

interface Stored {
  readonly version: number;
  readonly pictures: readonly Readonly<Record<string, unknown>>[];
  readonly roots: readonly RememberedRoot[];
}

/** Files written between two looks at what else there is to do. */
const atOnce = 200;
/** Goes up when the form changes; older ones are not read. */
const version = 1;

/** Empty when there is none, or none that can be used. */
export async function readRunCache(file: string): Promise<readonly RememberedRoot[]> {
  try {
    const stored = JSON.parse(await fs.readFile(file, 'utf8')) as Stored;
    if (stored.version !== version) return [];
    const pictures = stored.pictures.map(restore);
    for (const { files } of stored.roots) {
      for (const { content } of files) {
        const probe = content?.probe as { picture: SitePicture | number | null } | undefined;
        if (probe && typeof probe.picture === 'number') probe.picture = pictures[probe.picture];
      }
    }
    return stored.roots;
  } catch {
    return []; // a cache: what is lost is found again
  }
}

export async function writeRunCache(file: string, roots: readonly RememberedRoot[]): Promise<void> {
  const numbers = new Map<SitePicture, number>();
  const numbered = (key: string, value: unknown) => {
    if (key !== 'picture' || value === null) return value;
    const picture = value as SitePicture;
    if (!numbers.has(picture)) numbers.set(picture, numbers.size);
    return numbers.get(picture);
  };
  const texts: string[] = [];
  for (const { files, ...root } of roots) {
    const parts: string[] = [];
    for (let at = 0; at < files.length; at += atOnce) {
      parts.push(JSON.stringify(files.slice(at, at + atOnce), numbered).slice(1, -1));
      await setImmediate(); // thousands of files take a while: others are let in
    }
    texts.push(`${JSON.stringify(root).slice(0, -1)},"files":[${parts.join(',')}]}`);
  }
  const pictures = JSON.stringify([...numbers.keys()].map(({ shank, x, z, used, ...rest }) => ({ ...rest, shank: [...shank], x: [...x], z: [...z], used: [...used] })));
  await writeWhole(file, `{"version":${version},"pictures":${pictures},"roots":[${texts.join(',')}]}\n`).catch((error: unknown) => {
    if (!isAftergateError(error)) throw error; // a full disk must not stop the list
  });
}

function restore(stored: Readonly<Record<string, unknown>>): SitePicture {
  const numbers = (name: string) => stored[name] as number[];
  return { ...(stored as unknown as SitePicture), shank: Uint8Array.from(numbers('shank')), x: Float32Array.from(numbers('x')), z: Float32Array.from(numbers('z')), used: Uint8Array.from(numbers('used')) };
}
