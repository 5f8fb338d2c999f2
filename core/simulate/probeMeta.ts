// The meta of AP and LF files: probe, gains, imro table, and the maps of what each saved channel is and where it looks.

import { formatChannelList, muxTableText } from '../spikeglx/index.ts';
import type { RunDescription } from './description.ts';
import { commonKeys } from './metaFile.ts';
import type { MetaValues } from './metaFile.ts';
import type { FilePlan, StreamPlan } from './plan.ts';
import type { ProbeWorld } from './probeWorld.ts';

export function probeMeta(run: RunDescription, world: ProbeWorld, stream: StreamPlan, file: FilePlan): MetaValues {
  const { facts, saved } = world;
  const band = stream.id.kind === 'lf' ? 'lf' : 'ap';
  const channels = band === 'lf' ? saved.lf : saved.ap;
  const counts = band === 'lf' ? [0, channels.length, saved.sy.length] : [channels.length, 0, saved.sy.length];
  return {
    ...commonKeys(run, stream, file, 'imec'),
    ...(facts.partNumber === '3A' ? phase3aKeys() : portKeys(world)),
    ...gainKeys(world),
    acqApLfSy: [facts.acqAp, facts.acqLf, facts.acqSy].join(','),
    imAiRangeMax: facts.vmax,
    imAiRangeMin: -facts.vmax,
    imCalibrated: 'true',
    imLEDEnable: 'false',
    imMaxInt: facts.maxInt,
    imSampRate: stream.metaRate,
    imStdby: '',
    imTrgRising: 'true',
    imTrgSource: 0,
    snsApLfSy: counts.join(','),
    snsSaveChanSubset: formatChannelList([...channels, ...saved.sy]),
    syncImInputSlot: 2,
    '~imroTbl': imroText(world),
    '~snsChanMap': chanMapText(world, band),
    ...siteMaps(world, channels.map((channel) => (channel >= facts.acqAp ? channel - facts.acqAp : channel))),
  };
}

function portKeys(world: ProbeWorld): MetaValues {
  const { facts, index } = world;
  const { layout } = facts;
  const flags = facts.acqSy > 1 ? Array.from({ length: facts.acqSy }, (_, shank) => `${index}_${shank}`) : [`${index}`];
  return {
    imColsPerShank: facts.columns,
    imDatApi: '4.1.3',
    imDatBs_fw: '3.0.226',
    imDatBsc_fw: '4.0.233',
    imDatBsc_hw: '2.1',
    imDatBsc_pn: 'NP2_QBSC_00',
    imDatBsc_sn: 434,
    imDatFx_hw: '1.2',
    imDatFx_pn: 'NP2_FLEX_0',
    imDatHs_fw: '5.1',
    imDatHs_pn: 'NP2_HS_30',
    imDatHs_sn: 1116,
    imDatPrb_dock: 1,
    imDatPrb_pn: facts.partNumber,
    imDatPrb_port: 1 + (index % 4),
    imDatPrb_slot: 2 + Math.floor(index / 4),
    imDatPrb_sn: 18194809281 + index,
    imDatPrb_type: facts.type,
    ...Object.fromEntries(flags.map((flag) => [`imErrFlags${flag}_IS_CT_SR_LK_PP_SY_MS`, '0 0 0 0 0 0 0'])),
    imIsSvyRun: 'false',
    imLowLatency: 'false',
    imRowsPerShank: facts.rows,
    imSvyMaxBnk: -1,
    imSvySecPerBnk: 60,
    imTipLength: facts.tipLength,
    imX0EvenRow: layout?.evenOffset ?? 0,
    imX0OddRow: layout?.oddOffset ?? 0,
    imXPitch: layout?.columnPitch ?? 0,
    imZPitch: layout?.siteRowPitch ?? facts.rowPitch,
    imroFile: '',
    '~muxTbl': muxTableText(facts),
  };
}

function phase3aKeys(): MetaValues {
  return { imDoGainCor: 'false', imHpFlt: 300, imNoLEDs: 'false', imProbeOpt: 3, imProbeSN: 262720641, imRoFile: '', imSoftStart: 'true', imVersAPI: '4.3', imVersBs: '0.3', imVersHwr: '4.2' };
}

function gainKeys(world: ProbeWorld): MetaValues {
  const first = world.apGains[0]!;
  const lf: MetaValues = world.facts.acqLf > 0 ? { imChan0lfGain: world.lfGains[0]! } : {};
  return { imChan0apGain: first, ...lf, imChan0Ref: 'ext', imAnyChanFullBand: String(world.fullBand) };
}

/** Bank 0, external reference. */
function imroText(world: ProbeWorld): string {
  const { facts, sites, apGains, lfGains } = world;
  const filter = world.description.fullBand ? 0 : 1;
  const table = (header: string, entry: (channel: number) => string, count = facts.acqAp) => `(${header})${Array.from({ length: count }, (_, channel) => `(${entry(channel)})`).join('')}`;
  const withGains = (channel: number) => `${channel} 0 0 ${apGains[channel]} ${lfGains[channel]}`;
  if (facts.type === -3) return table(`262720641,3,${facts.acqAp}`, withGains);
  if (facts.type === 1110) return table(`1110,2,0,${apGains[0]},${lfGains[0]},${filter}`, (group) => `${group} 0 0`, 24);
  if (facts.acqLf > 0) return table(`${facts.type},${facts.acqAp}`, (channel) => `${withGains(channel)} ${filter}`);
  if (facts.type === 21 || facts.type === 2003) return table(`${facts.type},${facts.acqAp}`, (channel) => `${channel} 1 0 ${sites[channel]!.electrode}`);
  if (facts.shanks === 1) return table(`${facts.type},${facts.acqAp}`, (channel) => `${channel} 0 0 ${sites[channel]!.electrode}`);
  return table(`${facts.type},${facts.acqAp}`, (channel) => `${channel} ${sites[channel]!.shank} 0 0 ${sites[channel]!.electrode}`);
}

function chanMapText(world: ProbeWorld, band: 'ap' | 'lf'): string {
  const { facts, saved } = world;
  const neural = band === 'lf'
    ? saved.lf.map((channel) => `LF${channel - facts.acqAp};${channel}`)
    : saved.ap.map((channel) => `AP${channel};${channel}`);
  const sy = saved.sy.map((channel) => `SY${channel - facts.acqAp - facts.acqLf};${channel}`);
  return `(${facts.acqAp},${facts.acqLf},${facts.acqSy})${[...neural, ...sy].map((name, order) => `(${name}:${order})`).join('')}`;
}

/** @param channels the AP channel whose site each neural column shows */
function siteMaps(world: ProbeWorld, channels: readonly number[]): MetaValues {
  const { facts, sites } = world;
  const entries = (text: (channel: number) => string) => channels.map((channel) => `(${text(channel)}:${sites[channel]!.used ? 1 : 0})`).join('');
  const shankMap = `(${facts.shanks},${facts.columns},${facts.rows})${entries((channel) => `${sites[channel]!.shank}:${sites[channel]!.column}:${sites[channel]!.row}`)}`;
  if (facts.partNumber === '3A' || !facts.layout) return { '~snsShankMap': shankMap };
  const { shankPitch, shankWidth } = facts.layout;
  const geomMap = `(${facts.partNumber},${facts.shanks},${shankPitch},${shankWidth})${entries((channel) => `${sites[channel]!.shank}:${sites[channel]!.x}:${sites[channel]!.y}`)}`;
  return { '~snsGeomMap': geomMap, '~snsShankMap': shankMap };
}
