// Where the files of supercat's elements lie and its outputs go. ip1 is the probe that was recorded, and gives folders and
// event files their names; ip2 is the probe that a file with some of its channels is called after (-save, -sepShanks).

import { formatSglxName, type StreamId } from '../../../spikeglx/index.ts';
import type { CatGTOptions, SupercatElement } from '../command/options.ts';

/** A stream to join, and the index of the probe it was recorded with. */
export interface JoinedStreamId {
  readonly stream: StreamId;
  readonly ip1: number;
}

/** The folder of an element, in which its list of outputs is. */
export function elementFolder({ noRunFolder }: CatGTOptions, { dir, run, gate, fromCatGT }: SupercatElement): string {
  if (fromCatGT) return `${dir}/catgt_${run}_g${gate}`;
  return noRunFolder ? dir : `${dir}/${run}_g${gate}`;
}

export function elementFyi(options: CatGTOptions, element: SupercatElement): string {
  return `${elementFolder(options, element)}/${element.run}_g${element.gate}_fyi.txt`;
}

/** Without extension. Event files append to that of the stream named by ip1: see eventsOf. */
export function elementBase(options: CatGTOptions, element: SupercatElement, id: JoinedStreamId): string {
  return `${folderFor(elementFolder(options, element), options.probeFolders, options, element, id)}/${fileName(options, element, id.stream)}`;
}

/** The folder of NI and OneBox outputs and of the lists. */
export function supercatTop(options: CatGTOptions): string {
  const { run, gate } = options.supercat![0];
  return `${options.dest}/supercat_${run}_g${gate}`;
}

export function joinedFolder(options: CatGTOptions, id: JoinedStreamId): string {
  return folderFor(supercatTop(options), options.outProbeFolders, options, options.supercat![0], id);
}

/** Without extension: the first element gives the name. */
export function joinedBase(options: CatGTOptions, id: JoinedStreamId): string {
  return `${joinedFolder(options, id)}/${fileName(options, options.supercat![0], id.stream)}`;
}

/** Path of one of the lists, `fyi` or `sc_offsets`. */
export function listPath(options: CatGTOptions, list: string): string {
  const { run, gate } = options.supercat![0];
  return `${supercatTop(options)}/${run}_g${gate}_${list}.txt`;
}

/** The same stream under the name of the probe that was recorded, which its events are named by. */
export function eventsOf({ stream, ip1 }: JoinedStreamId): JoinedStreamId {
  return { stream: { ...stream, index: ip1 }, ip1 };
}

export function isProbe({ kind }: StreamId): boolean {
  return kind === 'ap' || kind === 'lf';
}

function folderFor(top: string, perProbe: boolean, { threeA }: CatGTOptions, { run, gate }: SupercatElement, { stream, ip1 }: JoinedStreamId): string {
  return perProbe && isProbe(stream) ? `${top}/${run}_g${gate}_imec${threeA ? '' : ip1}` : top;
}

function fileName({ exported, threeA }: CatGTOptions, { run, gate }: SupercatElement, stream: StreamId): string {
  return formatSglxName({ run, gate, trigger: 'cat', exported, threeA, stream });
}
