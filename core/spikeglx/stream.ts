// What the meta says of one stream's file: columns, rate, length.

import { InputFileError } from '../common/index.ts';
import { savedChannels } from './channelList.ts';
import { metaCounts, metaNumber, metaText, requireNumber } from './meta.ts';
import type { Meta } from './meta.ts';
import type { StreamId, StreamKind } from './names.ts';

export interface StreamFacts {
  readonly stream: StreamId;
  /** nSavedChans. */
  readonly columns: number;
  /** AP or LF count of snsApLfSy; the neural columns come first. 0 for nidq and obx. */
  readonly neural: number;
  /** Samples per second, as the meta gives it. */
  readonly rate: number;
  /** In samples of this stream since its clock started. */
  readonly firstSample: number | undefined;
  /** fileSizeBytes, which is missing or stale while a run is written. */
  readonly bytes: number | undefined;
  /** The acquisition channel of every column. */
  readonly channels: number[];
}

const rateKeys: Record<StreamKind, string> = { nidq: 'niSampRate', obx: 'obSampRate', ap: 'imSampRate', lf: 'imSampRate' };

export function streamFacts(meta: Meta, stream: StreamId): StreamFacts {
  const rate = requireNumber(meta, rateKeys[stream.kind]);
  const columns = requireNumber(meta, 'nSavedChans');
  if (!(rate > 0)) throw new InputFileError(meta.path, `'${rateKeys[stream.kind]}' is ${rate}`);
  if (!Number.isInteger(columns) || columns < 1) throw new InputFileError(meta.path, `'nSavedChans' is ${columns}`);
  return {
    stream,
    columns,
    neural: neuralColumns(meta, stream.kind),
    rate,
    firstSample: metaNumber(meta, 'firstSample'),
    bytes: metaNumber(meta, 'fileSizeBytes'),
    channels: savedChannels(meta),
  };
}

/** True for files of a survey run, which steps through the banks and must not be joined like others. */
export function isSurvey(meta: Meta): boolean {
  const marks = ['svySegStartSecs', '~svySBTT'];
  return marks.some((key) => meta.values.has(key)) || metaText(meta, 'imIsSvyRun')?.toLowerCase() === 'true';
}

function neuralColumns(meta: Meta, kind: StreamKind): number {
  if (kind === 'nidq' || kind === 'obx') return 0;
  const counts = metaCounts(meta, 'snsApLfSy');
  if (counts?.length !== 3) throw new InputFileError(meta.path, "needs 'snsApLfSy' with three counts");
  return counts[kind === 'ap' ? 0 : 1];
}
