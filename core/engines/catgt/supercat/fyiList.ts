// The list that a first pass left beside its outputs (`fyi.txt`): what supercat needs to know of an element.

import fs from 'node:fs/promises';
import { InputFileError, inputFileError } from '../../../common/index.ts';
import { streamLabel, type StreamId } from '../../../spikeglx/index.ts';
import { streamNumbers } from '../command/options.ts';

export interface FyiList {
  readonly file: string;
  /** ip2 -> ip1 of the probe files. */
  readonly probes: ReadonlyMap<number, number>;
  /** `js,ip1` -> columns of the recorded file, samples per second. */
  readonly columns: ReadonlyMap<string, number>;
  readonly rates: ReadonlyMap<string, number>;
}

/** Throws InputFileError when the list is missing or is none. */
export async function readFyiList(file: string): Promise<FyiList> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw inputFileError(file, error);
    throw new InputFileError(file, 'no such file: supercat joins what CatGT has made', { next: 'Run CatGT on this run first, and give {folder,catgt_run_g0} as that pass was told with -dest.' });
  });
  const values = new Map(text.split(/\r?\n/).filter((line) => line.includes('=')).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const shape = (key: string) => {
    const given = values.get(key);
    if (given === undefined) throw new InputFileError(file, `has no '${key}': it is not the list of a CatGT pass`, { next: 'Run CatGT on this run again.' });
    return new Map(tuples(file, key, given, 3).map(([js, ip, value]) => [`${js},${ip}`, value]));
  };
  return { file, probes: new Map(tuples(file, 'ip2_ip1', values.get('ip2_ip1') ?? '', 2).map(([ip2, ip1]) => [ip2, ip1])), columns: shape('jsip_nchan'), rates: shape('jsip_srate') };
}

/** Of a stream named by ip1. */
export function listedRate(list: FyiList, stream: StreamId): number | undefined {
  return list.rates.get(keyOf(stream));
}

/** Throws InputFileError when the list does not hold the stream. */
export function requireRate(list: FyiList, stream: StreamId): number {
  const rate = listedRate(list, stream);
  if (rate === undefined || !(rate > 0)) throw new InputFileError(list.file, `does not list ${streamLabel(stream)}`, { next: 'Process that stream in the first pass of every run, or leave it out here.' });
  return rate;
}

export function listedColumns(list: FyiList, stream: StreamId): number | undefined {
  return list.columns.get(keyOf(stream));
}

function keyOf({ kind, index }: StreamId): string {
  return `${streamNumbers[kind]},${index}`;
}

/** `(0,0,3)(2,0,17)`. */
function tuples(file: string, key: string, text: string, fields: number): number[][] {
  if (!/^(\([^()]*\))*$/.test(text.trim())) throw new InputFileError(file, `'${key}' should be a list in brackets but is '${text}'`);
  return [...text.matchAll(/\(([^()]*)\)/g)].map(([, inside]) => {
    const numbers = inside.split(',').map((item) => (item.trim() === '' ? Number.NaN : Number(item)));
    if (numbers.length !== fields || numbers.some(Number.isNaN)) throw new InputFileError(file, `'${key}' holds (${inside}), which is not ${fields} numbers`);
    return numbers;
  });
}
