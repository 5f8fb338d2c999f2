// The channel map every Kilosort is given: where the sites are, and which of them are sorted.

import path from 'node:path';
import { writeWhole } from '../common/index.ts';
import { kilosortChanMap, type Meta, siteCoords } from '../spikeglx/index.ts';

export interface ChannelMap {
  /** `<stem of the meta>_chanMap.mat` */
  readonly name: string;
  /** A MAT v5 file. */
  readonly bytes: Uint8Array;
  /** File columns that are sorted, ascending. */
  readonly connected: readonly number[];
}

/** @param bad file columns to leave out besides those the meta calls unused. Throws InputFileError. */
export function channelMap(meta: Meta, bad: Iterable<number> = []): ChannelMap {
  const coords = siteCoords(meta, bad);
  const stem = path.basename(meta.path).replace(/\.meta$/i, '');
  return {
    name: `${stem}_chanMap.mat`,
    bytes: kilosortChanMap(coords, stem),
    connected: coords.connected.flatMap((isConnected, column) => (isConnected ? [column] : [])),
  };
}

/** Puts the map beside the binary, where scripts of the field look for it; a folder that cannot be written to is only warned of. */
export async function keepBesideBinary(bin: string, { name, bytes }: ChannelMap, warn: (line: string) => void): Promise<string[]> {
  const file = path.join(path.dirname(bin), name);
  try {
    await writeWhole(file, bytes);
    return [file];
  } catch (error) {
    warn(`${error instanceof Error ? error.message : String(error)}; the channel map is in the sorter's folder only`);
    return [];
  }
}
