// A stretch of a stream as files of its own: which rows of which file it is, what the files are called, and the meta that
// lets everybody open it: SpikeGLX's names, firstSample and the subset of channels as they are now.

import path from 'node:path';
import { InputFileError } from '../../common/index.ts';
import { subsetMeta } from '../../engines/catgt/index.ts';
import { npyHeader } from '../../formats/index.ts';
import { editMeta, formatChannelList, formatSglxName, type Meta, metaCounts, metaNumber, parseSglxName, readMeta, savedChannels, serializeMeta, type SglxName } from '../../spikeglx/index.ts';
import { rowOf } from './cuts.ts';
import type { TraceFile, TraceSource } from './target.ts';

export const snippetKinds = ['bin', 'csv', 'npy'] as const;
export type SnippetKind = (typeof snippetKinds)[number];

export interface Snippet {
  readonly source: TraceSource;
  /** The file, or the piece of one between two gaps that were cut short, that holds most of the span. */
  readonly file: TraceFile;
  /** Rows of that file [from, to). */
  readonly from_row: number;
  readonly to_row: number;
  /** Grid sample of the first row. */
  readonly first_smp: number;
  /** Columns of the file, ascending. */
  readonly columns: readonly number[];
  /** The span reaches beyond this file: so many samples of it are left out, recorded in another file or not at all. */
  readonly leftOut_smp: number;
}

/** What the first sample and the names of a snippet are. */
export interface SnippetFiles {
  /** Path of the samples below the folder that was chosen. */
  readonly data: string;
  /** What lies before the samples: the header of npy, the line of titles of csv. */
  readonly head: Uint8Array;
  /** What tells of them, whole: meta of bin, JSON of npy. */
  readonly notes: { readonly path: string; readonly content: Uint8Array } | null;
  /** Absolute, as in the meta; null where the meta tells none. */
  readonly firstSample: number | null;
}

/** @param columns file columns; the digital words of a probe's file always go with them. Throws InputFileError when nothing was recorded there. */
export function cutSnippet(source: TraceSource, from_smp: number, to_smp: number, columns: readonly number[]): Snippet {
  const inside = source.files.map((file) => ({ file, from: Math.max(from_smp, file.first_smp), to: Math.min(to_smp, file.first_smp + file.samples_smp) })).filter(({ from, to }) => to > from);
  const best = inside.sort((a, b) => b.to - b.from - (a.to - a.from))[0];
  if (!best) throw new InputFileError(source.stream, 'nothing was recorded in this span', { next: 'Choose a span with data.' });
  const { file, from, to } = best;
  const words = /\.(ap|lf)$/.test(source.stream) ? Array.from({ length: source.columns - source.channels.analog }, (_, index) => source.channels.analog + index) : [];
  return {
    source, file, from_row: rowOf(file, from), to_row: rowOf(file, to), first_smp: from, leftOut_smp: to_smp - from_smp - (to - from),
    columns: [...new Set([...columns.filter((column) => column < source.columns), ...words])].sort((a, b) => a - b),
  };
}

/** @param name of the snippet: the run name of its file, or the file's own name. Throws InputFileError for a meta that cannot be read. */
export async function snippetFiles(snippet: Snippet, kind: SnippetKind, name: string): Promise<SnippetFiles> {
  const { source, file, first_smp, from_row, to_row, columns } = snippet;
  const sglx = parseSglxName(path.basename(file.path))!;
  const meta = await readMeta(file.path.replace(/\.bin$/i, '.meta'));
  const recorded = metaNumber(meta, 'firstSample');
  // Where a joined file was cut, its first row is that of its first piece.
  const start = source.files.find((each) => each.path === file.path)!.first_smp;
  const firstSample = recorded === undefined ? null : recorded + first_smp - start;
  const samples = to_row - from_row;
  if (kind === 'bin') {
    const data = binName(sglx, name);
    const content = serializeMeta(snippetMeta(meta, snippet, firstSample, data));
    return { data, head: new Uint8Array(0), notes: { path: data.replace(/\.bin$/, '.meta'), content }, firstSample };
  }
  const data = `${name}.${source.stream}.${kind}`;
  const titles = columns.map((column) => source.channels.names[column]);
  if (kind === 'csv') return { data, head: Buffer.from(`${['sample', 'time_s', ...titles.map((title, index) => (isAnalog(source, columns[index]) ? `${title}_uV` : title))].join(',')}\n`), notes: null, firstSample };
  const facts = { stream: source.stream, state: source.state, file: file.path, rate_Hz: source.rate_Hz, first_sample: firstSample, sample_of_run: first_smp, time_s: first_smp / source.rate_Hz, samples, channels: titles, unit: 'uV, digital words in counts', shape: 'samples x channels' };
  return { data, head: npyHeader('<f4', [samples, columns.length]), notes: { path: data.replace(/npy$/, 'json'), content: Buffer.from(`${JSON.stringify(facts, null, 2)}\n`) }, firstSample };
}

const isAnalog = ({ channels }: TraceSource, column: number) => column < channels.analog;

/** A recording of one file, or, of what CatGT wrote, an output folder with one joined file. */
function binName(name: SglxName, run: string): string {
  const isJoined = name.trigger === 'cat';
  return path.join(`${isJoined ? 'catgt_' : ''}${run}_g${name.gate}`, `${formatSglxName({ ...name, run, trigger: isJoined ? 'cat' : 0, exported: false })}.bin`);
}

function snippetMeta(meta: Meta, { source, from_row, to_row, columns }: Snippet, firstSample: number | null, data: string): Meta {
  const isWhole = columns.length === source.columns;
  const subset = isWhole ? meta : /\.(ap|lf)$/.test(source.stream) ? subsetMeta(meta, columns, 0) : deviceSubset(meta, columns);
  const samples = to_row - from_row;
  return editMeta(subset, {
    ...(firstSample === null ? {} : { firstSample }),
    fileName: data.replaceAll('\\', '/'), fileSHA1: 0, fileSizeBytes: samples * 2 * columns.length, fileTimeSecs: samples / source.rate_Hz,
    aftergateSnippet: `${source.stream} ${source.state} rows ${from_row} to ${to_row - 1} of ${path.basename(meta.path).replace(/meta$/i, 'bin')}`,
  });
}

/** Of NI and OneBox files: how many of each kind of channel are left. */
function deviceSubset(meta: Meta, columns: readonly number[]): Meta {
  const key = meta.values.has('snsXaDwSy') ? 'snsXaDwSy' : 'snsMnMaXaDw';
  let first = 0;
  const counts = (metaCounts(meta, key) ?? []).map((count) => {
    const end = first + count;
    const left = columns.filter((column) => column >= first && column < end).length;
    first = end;
    return left;
  });
  const saved = savedChannels(meta);
  return editMeta(meta, { nSavedChans: columns.length, snsSaveChanSubset: formatChannelList(columns.map((column) => saved[column])), [key]: counts.join(',') });
}
