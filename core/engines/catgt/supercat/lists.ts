// What supercat writes besides samples and events: metas, the list of outputs and the list of offsets.

import { formatFixed6 } from '../../../common/index.ts';
import { editMeta, metaText, type Meta } from '../../../spikeglx/index.ts';
import type { CatGTOptions } from '../command/options.ts';
import { localTime } from '../text/outputMeta.ts';
import { offsetsText, shortLabel } from '../text/offsets.ts';
import { eventsOf, isProbe, joinedBase, joinedFolder, supercatTop } from './paths.ts';
import type { JoinedStream, LoadedElement } from './plan.ts';

/** The first element's meta. `fileName` is empty when no binary is written, as in the first pass. */
export function joinedMeta(stream: JoinedStream, fileName: string, command: string, created: Date): Meta {
  const { meta, total, columns, rate, placed } = stream;
  const ofFirstPass = [...meta.values.keys()].filter((key) => /^(catGTCmdline\d*|catNFiles|catGVals|catTVals)$/.test(key));
  return editMeta(meta, {
    ...Object.fromEntries(ofFirstPass.map((key) => [key, undefined])),
    catNRuns: placed.length,
    catGTCmdline: `<${command}>`,
    fileName,
    fileCreateTime_original: metaText(meta, 'fileCreateTime') ?? '',
    fileCreateTime: localTime(created),
    fileSHA1: 0,
    fileSizeBytes: total * 2 * columns,
    fileTimeSecs: total / rate,
  });
}

/** `fyi.txt`: sorted key=value lines. The events of a recorded probe are listed for each file with some of its channels too. */
export function joinedFyi(options: CatGTOptions, elements: readonly LoadedElement[], streams: readonly JoinedStream[]): string {
  const probes = streams.filter(({ stream }) => isProbe(stream));
  const entries = new Map<string, string>([
    ['outpath_top', supercatTop(options)],
    ...(probes.length > 0 ? [['ip2_ip1', [...elements[0].fyi.probes].map(([ip2, ip1]) => `(${ip2},${ip1})`).join('')] as const] : []),
    ...(options.outProbeFolders ? probes.map((stream) => [`outpath_parent_probe${stream.ip1}`, joinedFolder(options, stream)] as const) : []),
    ...streams.flatMap((stream) => eventEntries(options, stream, streams)),
  ]);
  const keys = [...entries.keys()].sort((a, b) => (a < b ? -1 : 1));
  return keys.map((key) => `${key}=${entries.get(key)}\n`).join('');
}

/** `sc_offsets.txt`: where each element begins in every stream, and the rate it was recorded at. */
export function joinedOffsets(streams: readonly JoinedStream[]): string {
  const rates = [...streams].sort((a, b) => (shortLabel(a.stream) < shortLabel(b.stream) ? -1 : 1));
  return [
    offsetsText(streams.map(({ stream, placed }) => ({ stream, rate: placed[0].rate, offsets: placed.map(({ out }) => out) }))),
    ...rates.map(({ stream, placed }) => `srate_${shortLabel(stream)}:${placed.map(({ rate }) => `\t${formatFixed6(rate)}`).join('')}\n`),
  ].join('');
}

function eventEntries(options: CatGTOptions, joined: JoinedStream, all: readonly JoinedStream[]): [string, string][] {
  const { stream, ip1, extractions } = joined;
  const base = joinedBase(options, eventsOf(joined));
  const names = stream.kind === 'nidq' ? ['ni'] : stream.kind === 'obx' ? [`obx${stream.index}`] : probeNames(all, ip1);
  return names.flatMap((name) => extractions.map(({ automatic, rank, timesSuffix }): [string, string] => [automatic ? `sync_${name}` : `times_${name}_${rank}`, `${base}${timesSuffix}`]));
}

/** `imec0` for the recorded probe, and the names of the joined files with its channels. */
function probeNames(all: readonly JoinedStream[], ip1: number): string[] {
  const indexes = all.filter((other) => isProbe(other.stream) && other.ip1 === ip1).map(({ stream }) => stream.index);
  return [...new Set([ip1, ...indexes])].map((index) => `imec${index}`);
}
