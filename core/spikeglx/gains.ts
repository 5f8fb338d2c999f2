// From counts to microvolts. Probes carry their gains in the imro table, per channel and band; NI and OneBox per kind of
// channel.

import { imroTable } from './imro.ts';
import type { Imro } from './imro.ts';
import { InputFileError } from '../common/index.ts';
import { metaCounts, metaNumber, requireNumber } from './meta.ts';
import type { Meta } from './meta.ts';
import type { StreamId } from './names.ts';
import { findProbeFacts } from './probes.ts';
import type { ProbeFacts } from './probes.ts';
import { streamFacts } from './stream.ts';

/** Field of an imro entry `(channel bank reference apGain lfGain filter)`, and of a 1110 header, that holds a gain. */
const gainField = { ap: 3, lf: 4 } as const;

/** The AP gain of imro channel 0; of imChan0apGain where the probe is not known. Throws InputFileError when nothing gives it. */
export function apGain(meta: Meta): number {
  return channelGain(meta, 'ap', findProbeFacts(meta), imroTable(meta))(0);
}

/**
 * Microvolts per count of every file column; NaN for SY and digital columns.
 * Probes: 1e6 * Vmax / maxInt / gain of the column's channel and band.
 */
export function microvoltsPerCount(meta: Meta, stream: StreamId): Float64Array {
  const facts = streamFacts(meta, stream);
  switch (stream.kind) {
    case 'ap':
    case 'lf': return probeScale(meta, stream.kind, facts.channels, facts.neural);
    case 'nidq': return analogScale(facts.columns, 1e6 * niVoltsPerCount(meta), niGains(meta));
    case 'obx': return analogScale(facts.columns, (1e6 * (metaNumber(meta, 'obAiRangeMax') ?? 5)) / (metaNumber(meta, 'obMaxInt') ?? 32768), obxGains(meta));
  }
}

function probeScale(meta: Meta, band: 'ap' | 'lf', channels: readonly number[], neural: number): Float64Array {
  const probe = findProbeFacts(meta);
  const vmax = metaNumber(meta, 'imAiRangeMax') ?? probe?.vmax;
  const maxInt = metaNumber(meta, 'imMaxInt') ?? probe?.maxInt;
  if (vmax === undefined || maxInt === undefined) throw new InputFileError(meta.path, "does not tell the voltage range: no 'imAiRangeMax' or 'imMaxInt', and the probe is not known");
  const gainOf = channelGain(meta, band, probe, imroTable(meta));
  const firstOfBand = band === 'lf' && (probe?.acqLf ?? 0) > 0 ? acquiredAp(meta, probe) : 0;
  const scale = new Float64Array(channels.length).fill(NaN);
  for (let column = 0; column < neural; column++) {
    // An LF file made from an AP file keeps the AP channels' numbers.
    const acquired = channels[column]!;
    const channel = acquired >= firstOfBand ? acquired - firstOfBand : acquired;
    scale[column] = (1e6 * vmax) / maxInt / gainOf(channel);
  }
  return scale;
}

/** The gain of a probe channel (0-based within its band). */
function channelGain(meta: Meta, band: 'ap' | 'lf', probe: ProbeFacts | undefined, imro: Imro | undefined): (channel: number) => number {
  const where = whereGainIs(band, probe, imro);
  if (typeof where === 'number') return () => where;
  if (where === 'imroHeader' && imro) {
    const gain = Number(imro.header[gainField[band]]);
    return () => sane(meta, gain);
  }
  if (where === 'imro' && imro) {
    const gains = new Map(imro.entries.map((entry) => [entry[0]!, entry[gainField[band]]]));
    const first = imro.entries[0]?.[gainField[band]];
    return (channel) => sane(meta, gains.get(channel) ?? first);
  }
  const gain = metaNumber(meta, band === 'ap' ? 'imChan0apGain' : 'imChan0lfGain') ?? metaNumber(meta, 'imChan0apGain');
  return () => sane(meta, gain);
}

function whereGainIs(band: 'ap' | 'lf', probe: ProbeFacts | undefined, imro: Imro | undefined): number | 'imro' | 'imroHeader' | undefined {
  // A probe without an LF band has LF files only where they were made from its AP band.
  if (probe) return band === 'lf' ? (probe.lfGain ?? probe.apGain) : probe.apGain;
  const hasGains = (imro?.entries[0]?.length ?? 0) >= 5 && imro!.entries[0]![gainField[band]]! >= 50;
  return hasGains ? 'imro' : undefined;
}

function sane(meta: Meta, gain: number | undefined): number {
  if (gain === undefined || !(gain > 0)) throw new InputFileError(meta.path, "does not tell the gain: check '~imroTbl' and 'imChan0apGain'");
  return gain;
}

function acquiredAp(meta: Meta, probe: ProbeFacts | undefined): number {
  return metaCounts(meta, 'acqApLfSy')?.[0] ?? probe?.acqAp ?? 0;
}

function niVoltsPerCount(meta: Meta): number {
  return requireNumber(meta, 'niAiRangeMax') / (metaNumber(meta, 'niMaxInt') ?? 32768);
}

/** Gain per column: MN and MA are amplified, XA is not, digital words (NaN) are no voltages. */
function niGains(meta: Meta): number[] {
  const [mn = 0, ma = 0, xa = 0] = metaCounts(meta, 'snsMnMaXaDw') ?? [];
  const run = (count: number, gain: number) => Array<number>(count).fill(gain);
  return [...run(mn, metaNumber(meta, 'niMNGain') ?? 1), ...run(ma, metaNumber(meta, 'niMAGain') ?? 1), ...run(xa, 1)];
}

function obxGains(meta: Meta): number[] {
  const [xa = 0] = metaCounts(meta, 'snsXaDwSy') ?? [];
  return Array<number>(xa).fill(1);
}

function analogScale(columns: number, microvolts: number, gains: readonly number[]): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => (gains[column] === undefined ? NaN : microvolts / gains[column]));
}
