// phy's params.py: a few assignments in Python, of which the literals are read: numbers, True, False, strings (raw or
// not), lists and tuples of strings.

import fs from 'node:fs/promises';
import path from 'node:path';
import { readTextIfThere } from '../../common/index.ts';

export interface PhyParams {
  /** `dat_path` as written, one entry per file; empty when there is none. */
  readonly dataPaths: readonly string[];
  /** The first of them that exists: where it says, or under its name beside params.py or in a folder above. */
  readonly dataFile: string | undefined;
  /** `n_channels_dat`: columns of the data file. */
  readonly channels: number | undefined;
  /** `sample_rate`, Hz. */
  readonly rate: number | undefined;
  readonly dtype: string | undefined;
  /** Bytes before the first sample. */
  readonly offset: number;
  readonly highPassFiltered: boolean;
}

/** All undefined when the folder has no params.py. Throws InputFileError when it cannot be read. */
export async function readPhyParams(folder: string): Promise<PhyParams> {
  const file = path.join(folder, 'params.py');
  const text = (await readTextIfThere(file)) ?? '';
  const values = parseParamsPy(text);
  const dataPaths = strings(values.get('dat_path'));
  return {
    dataPaths,
    dataFile: await findDataFile(folder, dataPaths),
    channels: number(values.get('n_channels_dat')),
    rate: number(values.get('sample_rate')),
    dtype: strings(values.get('dtype'))[0],
    offset: number(values.get('offset')) ?? 0,
    highPassFiltered: values.get('hp_filtered')?.trim() === 'True',
  };
}

/** The text right of each `name =`; a list may go on over several lines. */
export function parseParamsPy(text: string): ReadonlyMap<string, string> {
  const assignments = text.replace(/^\ufeff/, '').matchAll(/^[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*([[(][^\])]*[\])]|[^\r\n]*)/gm);
  return new Map([...assignments].map(([, name, value]) => [name, value]));
}

function strings(value: string | undefined): string[] {
  const literals = (value ?? '').matchAll(/([rRuUbB]*)(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g);
  return [...literals].map(([, prefix, single, double]) => (/r/i.test(prefix) ? (single ?? double) : unescaped(single ?? double)));
}

/**
 * Only what paths are written with, and escaped characters; people put Windows paths in plain strings too, so that other
 * backslashes stay.
 */
function unescaped(literal: string): string {
  return literal.replace(/\\(?:([\\'"])|u([0-9a-f]{4})|U([0-9a-f]{8}))/gi, (_, plain: string | undefined, short: string | undefined, long: string | undefined) => plain ?? String.fromCodePoint(Number.parseInt(short ?? long!, 16)));
}

function number(value: string | undefined): number | undefined {
  const found = Number.parseFloat((value ?? '').replace(/_/g, ''));
  return Number.isFinite(found) ? found : undefined;
}

async function findDataFile(folder: string, dataPaths: readonly string[]): Promise<string | undefined> {
  for (const named of dataPaths) {
    const name = path.win32.basename(named); // takes both kinds of slashes
    const candidates = [path.resolve(folder, named), ...[folder, path.dirname(folder), path.dirname(path.dirname(folder))].map((place) => path.join(place, name))];
    for (const candidate of candidates) if (await isFile(candidate)) return candidate;
  }
  return undefined;
}

async function isFile(candidate: string): Promise<boolean> {
  return fs.stat(candidate).then((stats) => stats.isFile(), () => false);
}
