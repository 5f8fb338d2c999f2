// Clocks: streams that share one file of sync edges tell the same time. The shanks of a probe that CatGT has split
// (imec1000, imec1001 ... of imec0) are listed as streams of their own but have their probe's edges.

import path from 'node:path';
import { InputFileError, ParameterError } from '../../common/index.ts';
import { withPhysicalProbe } from '../../notation/index.ts';
import type { Fyi } from './fyi.ts';
import { probeOf, streamName, streamOfFile } from './streamName.ts';

export interface Clock {
  /** Text file of the sync edges, seconds. */
  readonly edges: string;
  readonly streams: readonly string[];
  /** Folders in which the sorter's output folders of these streams may be. */
  readonly probeFolders: readonly string[];
}

export interface Clocks {
  readonly to: Clock;
  readonly from: readonly Clock[];
}

/** The clocks of a run, in the order of its list. Throws when the stream to align to is not among them. */
export function clocksOfRun(fyi: Fyi, toStream: string, run: string, warn: (line: string) => void): Clocks {
  const byEdges = new Map<string, string[]>();
  for (const { stream, path: edges } of fyi.sync) {
    const other = [...byEdges].find(([file, streams]) => file !== edges && streams.includes(stream));
    if (other) {
      warn(`${fyi.path}: lists two sync files for ${stream}; ${other[0]} is used, not ${edges}`);
      continue;
    }
    const streams = byEdges.get(edges) ?? [];
    if (!streams.includes(stream)) byEdges.set(edges, [...streams, stream]);
  }
  const runFolder = path.dirname(fyi.path);
  const clocks = [...byEdges].map(([edges, streams]) => ({ edges, streams, probeFolders: probeFolders(runFolder, run, streams) }));
  const to = clocks.find(({ streams }) => streams.includes(toStream)) ?? clocks.find(({ streams }) => streams.includes(withPhysicalProbe(toStream)));
  if (!to) {
    const listed = clocks.flatMap(({ streams }) => streams);
    throw new InputFileError(fyi.path, `has no sync_${toStream} line, so nothing can be aligned to ${toStream}`, {
      next: listed.length > 0 ? `Set tPrime_helper_params.toStream_sync_params to one of ${listed.join(', ')}.` : 'Run CatGT without -no_auto_sync, so that it extracts the sync edges.',
    });
  }
  return { to, from: clocks.filter((clock) => clock !== to) };
}

/** The clocks of phase 3A recordings, whose edge files are named one by one: every probe is a run of its own. */
export function clocksOfFiles(toEdges: string, fromEdges: readonly string[]): Clocks {
  const clock = (edges: string): Clock => ({ edges, streams: [streamOfFile(edges) ?? ''], probeFolders: [path.dirname(edges)] });
  return { to: clock(toEdges), from: fromEdges.map(clock) };
}

/** Reads toStream_sync_params. */
export function parseToStream(text: string): string {
  const stream = streamName(text);
  if (stream !== undefined) return stream;
  throw new ParameterError(`tPrime_helper_params.toStream_sync_params: '${text}' names no stream`, { next: 'Give ni, obx0, imec0 or the like.' });
}

/** CatGT leaves split shanks in the probe's folder. */
function probeFolders(runFolder: string, run: string, streams: readonly string[]): string[] {
  const probes = streams.filter((stream) => probeOf(stream) !== undefined).map(withPhysicalProbe);
  return [...new Set(probes)].map((probe) => path.join(runFolder, `${run}_${probe}`));
}
