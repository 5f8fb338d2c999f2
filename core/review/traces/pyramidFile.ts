// The file of a pyramid: for every 256, 4096 and 32768 samples of a recording the lowest and highest value of each
// channel. 0.9 % of the recording's size. A block of 32768 samples is the unit of work; a byte per block tells whether it
// is done, so that a half-built pyramid serves what it has and building goes on where it stopped.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { outputFileError } from '../../common/index.ts';

export const factors = [256, 4096, 32768] as const;
export const blockSamples = 32768;

/** Of which recording it is; another size or time of change makes it worthless. */
export interface PyramidBasis {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly columns: number;
  readonly analog: number;
}

export interface PyramidLayout {
  readonly blocks: number;
  readonly flagsAt: number;
  /** Byte where each level begins, and its rows. */
  readonly levels: readonly { readonly factor: number; readonly at: number; readonly rows: number; readonly rowBytes: number }[];
  readonly bytes: number;
}

const headerBytes = 4096;
const version = 1;

export function pyramidLayout({ bytes, columns }: PyramidBasis): PyramidLayout {
  const samples = Math.floor(bytes / (2 * columns));
  const blocks = Math.ceil(samples / blockSamples);
  const rowBytes = 4 * columns;
  let at = headerBytes + Math.ceil(blocks / headerBytes) * headerBytes;
  const levels = factors.map((factor) => {
    const rows = Math.ceil(samples / factor);
    const level = { factor, at, rows, rowBytes };
    at += rows * rowBytes;
    return level;
  });
  return { blocks, flagsAt: headerBytes, levels, bytes: at };
}

const headerOf = ({ bytes, mtimeMs, columns, analog }: PyramidBasis) => JSON.stringify({ version, bytes, mtimeMs, columns, analog, factors }).padEnd(headerBytes - 1) + '\n';

/** The blocks that are done (a byte each), or null when there is no pyramid of this very recording. */
export async function readDone(file: string, basis: PyramidBasis): Promise<Uint8Array | null> {
  const handle = await fsp.open(file, 'r').catch(() => null);
  if (!handle) return null;
  try {
    const header = Buffer.alloc(headerBytes);
    await handle.read(header, 0, headerBytes, 0);
    if (header.toString('latin1') !== headerOf(basis)) return null;
    const { blocks, flagsAt } = pyramidLayout(basis);
    const done = new Uint8Array(blocks);
    await handle.read(done, 0, blocks, flagsAt);
    return done;
  } finally {
    await handle.close();
  }
}

/** Makes an empty one, over whatever stood there. Throws OutputFileError. */
export async function makePyramid(file: string, basis: PyramidBasis): Promise<void> {
  const layout = pyramidLayout(basis);
  try {
    const handle = await fsp.open(file, 'w');
    try {
      await handle.truncate(layout.bytes);
      await handle.write(headerOf(basis), 0, 'latin1');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw outputFileError(file, error);
  }
}

/** Beside files that CatGT wrote, if that folder can be written to; else in `cache`, under a name made of the path. */
export async function pyramidPath(recording: string, isOutput: boolean, cache: string): Promise<string> {
  const beside = `${recording}.pyramid`;
  if (isOutput && (await fsp.access(path.dirname(recording), fs.constants.W_OK).then(() => true, () => false))) return beside;
  return path.join(cache, `${createHash('sha1').update(recording).digest('hex').slice(0, 16)}.pyramid`);
}
