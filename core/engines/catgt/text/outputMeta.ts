// The meta of an output: that of the first file joined, with what CatGT changed.

import { clearUsedFlags, editMeta, metaNumber, metaText, requireNumber, type Meta } from '../../../spikeglx/index.ts';
import { subsetMeta } from './subsetMeta.ts';

export interface OutputMetaFacts {
  /** Full path of the binary; empty when none is written, like the native tool. */
  readonly fileName: string;
  /** Samples written, or those processed when nothing is written. */
  readonly samples: number;
  /** Rate of the output, samples per second. */
  readonly rate: number;
  /** Files actually joined. */
  readonly files: number;
  readonly gates: readonly [first: number, last: number];
  /** Both -1 for a tcat file. */
  readonly triggers: readonly [first: number, last: number];
  /** The canonical command. */
  readonly command: string;
  readonly created: Date;
  /** Input samples left out at the start, when -startsecs is given. */
  readonly skipped?: number;
  /** When CAR or gfix ran: the columns they were kept from, perhaps none. */
  readonly excludedColumns?: readonly number[];
  /** LF made from AP: one sample was kept of so many. */
  readonly keepEvery?: number;
  /** When channels were chosen: the columns of the file, and how many probes there seem to be. */
  readonly subset?: { readonly columns: readonly number[]; readonly probesEnabled: number };
}

/** Throws InputFileError when `source` lacks nSavedChans. */
export function outputMeta(source: Meta, facts: OutputMetaFacts): Meta {
  const marked = facts.excludedColumns ? clearUsedFlags(source, facts.excludedColumns) : source;
  const chosen = facts.subset ? subsetMeta(marked, facts.subset.columns, facts.subset.probesEnabled) : marked;
  return editMeta(chosen, {
    ...(facts.keepEvery === undefined ? {} : lfFromAp(chosen, facts.rate)),
    ...startOf(source, facts),
    fileName: facts.fileName,
    fileCreateTime_original: metaText(source, 'fileCreateTime') ?? '',
    fileCreateTime: localTime(facts.created),
    fileSHA1: 0,
    fileSizeBytes: facts.samples * 2 * requireNumber(chosen, 'nSavedChans'),
    fileTimeSecs: facts.samples / facts.rate,
    catNFiles: facts.files,
    catGVals: facts.gates.join(','),
    catTVals: facts.triggers.join(','),
    [freeCommandKey(source)]: `<${facts.command}>`,
  });
}

/**
 * firstSample counts in samples of the output. Unlike the native tool, which takes one second off when LF is made from
 * AP without -startsecs.
 */
function startOf(source: Meta, { skipped, keepEvery }: OutputMetaFacts): { firstSample?: number } {
  const first = metaNumber(source, 'firstSample');
  if (first === undefined || (skipped === undefined && keepEvery === undefined)) return {};
  return { firstSample: Math.floor((first + (skipped ?? 0)) / (keepEvery ?? 1)) };
}

/** The channels are LF ones now; the native tool leaves snsApLfSy as it was. The map's header counts what the probe acquires and stays. */
function lfFromAp(source: Meta, rate: number): Record<string, string | number | undefined> {
  const [ap, , sy] = metaText(source, 'snsApLfSy')?.split(',') ?? [];
  return {
    imSampRate: rate,
    snsApLfSy: sy === undefined ? metaText(source, 'snsApLfSy') : `0,${ap},${sy}`,
    '~snsChanMap': metaText(source, '~snsChanMap')?.replaceAll('AP', 'LF'),
  };
}

/** Every pass leaves its command; the first number that is free is taken. */
function freeCommandKey(source: Meta): string {
  let k = 0;
  while (source.values.has(`catGTCmdline${k}`)) k++;
  return `catGTCmdline${k}`;
}

/** yyyy-MM-ddThh:mm:ss without a zone, as SpikeGLX writes it. */
export function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
