// The length of a binary that must be whole: a truncated one is an error, an unfinished one has the length of its file.

import { InputFileError, removedFile } from '../../common/index.ts';
import { fileLength, type Meta, readMeta, requireNumber } from '../../spikeglx/index.ts';

/** @param rateKey key of the meta that holds the rate. Throws InputFileError. */
export async function wholeFile(bin: string, meta: string, rateKey: string): Promise<{ bytes: number; seconds: number; meta: Meta }> {
  const values = await readMeta(meta);
  if (await removedFile(bin)) throw new InputFileError(bin, 'was removed when its run had been processed, as that session asked (keep_catgt_ap false)', { next: 'Run CatGT on it again (run_CatGT).' });
  const { samples, state, metaSamples } = await fileLength(bin, values);
  if (state === 'truncated') {
    throw new InputFileError(bin, `truncated: it holds ${samples} samples where its meta says ${metaSamples}`, { next: 'Copy the file again from the acquisition machine.' });
  }
  return { bytes: samples * 2 * requireNumber(values, 'nSavedChans'), seconds: samples / requireNumber(values, rateKey), meta: values };
}
