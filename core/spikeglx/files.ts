// How long a recording really is: the meta's word against the file's.

import fs from 'node:fs/promises';
import { inputFileError } from '../common/index.ts';
import { metaNumber, requireNumber } from './meta.ts';
import type { Meta } from './meta.ts';

export interface FileLength {
  /** Whole samples that can be read. */
  readonly samples: number;
  /**
   * unfinished: the meta has no size or a smaller one than the file, as while a run is written or after a crash.
   * truncated: the file is shorter than the meta says.
   */
  readonly state: 'complete' | 'unfinished' | 'truncated';
  /** Samples according to the meta. */
  readonly metaSamples: number | undefined;
}

/** Throws InputFileError when the binary is missing. */
export async function fileLength(binPath: string, meta: Meta): Promise<FileLength> {
  const size = await fs.stat(binPath).then((stat) => stat.size, (error: unknown) => { throw inputFileError(binPath, error); });
  return lengthOf(size, meta);
}

/** The same for a file whose size in bytes is known already. */
export function lengthOf(size: number, meta: Meta): FileLength {
  const sampleBytes = 2 * requireNumber(meta, 'nSavedChans');
  const metaBytes = metaNumber(meta, 'fileSizeBytes');
  return {
    samples: Math.floor(size / sampleBytes),
    state: stateOf(size, metaBytes),
    metaSamples: metaBytes === undefined ? undefined : Math.floor(metaBytes / sampleBytes),
  };
}

function stateOf(size: number, metaBytes: number | undefined): FileLength['state'] {
  if (metaBytes === size) return 'complete';
  return metaBytes === undefined || metaBytes < size ? 'unfinished' : 'truncated';
}
