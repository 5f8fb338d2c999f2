// The meta of NI and OneBox files.

import { formatChannelList } from '../spikeglx/index.ts';
import type { NiDescription, RunDescription } from './description.ts';
import { savedOf } from './device.ts';
import type { Device } from './device.ts';
import { commonKeys } from './metaFile.ts';
import type { MetaValues } from './metaFile.ts';
import type { FilePlan, StreamPlan } from './plan.ts';

export function niMeta(run: RunDescription, ni: NiDescription, device: Device, stream: StreamPlan, file: FilePlan): MetaValues {
  const analog = (count: number, first: number) => (count > 0 ? formatChannelList(range(first, count)) : '');
  return {
    ...commonKeys(run, stream, file, 'nidq'),
    acqMnMaXaDw: [ni.mn, ni.ma, ni.xa, ni.xd].join(','),
    niAiRangeMax: ni.rangeV,
    niAiRangeMin: -ni.rangeV,
    niAiTermination: 'Default',
    niClockLine1: 'Internal',
    niClockSource: 'PXI1Slot4_Internal',
    niDev1: 'PXI1Slot4',
    niDev1ProductName: 'PXI-6133',
    niDev2: '',
    niMAChans1: analog(ni.ma, ni.mn),
    niMAGain: ni.maGain,
    niMNChans1: analog(ni.mn, 0),
    niMNGain: ni.mnGain,
    niMaxInt: 32768,
    niMuxFactor: 1,
    niSampRate: stream.metaRate,
    niStartEnable: 'false',
    niStartLine: '',
    niXAChans1: analog(ni.xa, ni.mn + ni.ma),
    niXDBytes1: 2 * ni.xd,
    niXDChans1: analog(16 * ni.xd, 0),
    snsMnMaXaDw: (['mn', 'ma', 'xa', 'xd'] as const).map((kind) => savedOf(device, kind)).join(','),
    snsSaveChanSubset: formatChannelList(device.saved),
    ...niSyncKeys(ni),
    '~snsChanMap': chanMapText(`${ni.mn},${ni.ma},1,${ni.xa},${ni.xd}`, device),
  };
}

export function oneBoxMeta(run: RunDescription, device: Device, stream: StreamPlan, file: FilePlan): MetaValues {
  const acquired = (kind: 'xa' | 'xd' | 'sy') => device.acquired.filter((column) => column.kind === kind).length;
  const index = stream.id.index;
  return {
    ...commonKeys(run, stream, file, 'obx'),
    acqXaDwSy: [acquired('xa'), acquired('xd'), acquired('sy')].join(','),
    imDatApi: '4.1.3',
    imDatBs_fw: '2.0.137',
    imDatBsc_fw: '3.2.176',
    imDatBsc_hw: '2.1',
    imDatBsc_pn: 'NP2_QBSC_00',
    imDatBsc_sn: 175 + index,
    imDatObx_slot: 20 + index,
    imTrgRising: 'true',
    imTrgSource: 0,
    obAiRangeMax: device.rangeV,
    obAiRangeMin: -device.rangeV,
    [`obErrFlags${index}_IS_CT_SR_LK_PP_SY_MS`]: '0 0 0 0 0 0 0',
    obMaxInt: 32768,
    obSampRate: stream.metaRate,
    snsXaDwSy: (['xa', 'xd', 'sy'] as const).map((kind) => savedOf(device, kind)).join(','),
    snsSaveChanSubset: formatChannelList(device.saved),
    '~snsChanMap': chanMapText([acquired('xa'), acquired('xd'), acquired('sy')].join(','), device),
  };
}

/** The sync input by its number among the acquired lines, or its acquisition channel. */
function niSyncKeys(ni: NiDescription): MetaValues {
  if (ni.sync === null) return {};
  if ('line' in ni.sync) return { syncNiChan: ni.sync.line, syncNiChanType: 0, syncNiThresh: 1.1 };
  return { syncNiChan: ni.mn + ni.ma + ni.sync.channel, syncNiChanType: 1, syncNiThresh: ni.sync.threshold };
}

function chanMapText(header: string, device: Device): string {
  const entries = device.saved.map((channel, order) => {
    const { kind, index } = device.acquired[channel]!;
    const name = kind === 'mn' || kind === 'ma' ? `${kind.toUpperCase()}${index}C0` : `${kind.toUpperCase()}${index}`;
    return `(${name};${channel}:${order})`;
  });
  return `(${header})${entries.join('')}`;
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
