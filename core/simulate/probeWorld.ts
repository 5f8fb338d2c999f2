// Everything about one probe that its AP and LF streams share: channels, sites, gains, cells, clock.

import { ParameterError } from '../common/index.ts';
import { muxRow, tshiftDivisor } from '../spikeglx/index.ts';
import type { ProbeFacts } from '../spikeglx/index.ts';
import type { Artefact } from './artefacts.ts';
import type { Clock } from './clock.ts';
import type { RunDescription } from './description.ts';
import type { ProbeDescription } from './probeDescription.ts';
import type { CounterTrain, PulseTrain } from './pulses.ts';
import { channelSet, channelsOf, savedColumns } from './savedColumns.ts';
import type { SavedColumns } from './savedColumns.ts';
import type { ProbeSite } from './sites.ts';
import { factsOfPart, probeSites } from './sites.ts';
import { drawUnits } from './units.ts';
import type { Unit } from './units.ts';

/** What goes on around all streams of a run. */
export interface Surroundings {
  readonly run: RunDescription;
  /** True time at which the last span ends, s. */
  readonly seconds: number;
  readonly trains: readonly PulseTrain[];
  readonly counters: readonly CounterTrain[];
  readonly artefacts: readonly Artefact[];
}

export interface PlacedSite extends ProbeSite {
  /** um, the pitch of the shanks included. */
  readonly absoluteX: number;
}

export interface ProbeWorld {
  readonly index: number;
  readonly description: ProbeDescription;
  readonly facts: ProbeFacts;
  readonly saved: SavedColumns;
  /** One per acquired AP channel. */
  readonly sites: readonly PlacedSite[];
  /** Gain per acquired AP channel. */
  readonly apGains: readonly number[];
  readonly lfGains: readonly number[];
  readonly dead: ReadonlySet<number>;
  readonly noisy: ReadonlySet<number>;
  readonly units: readonly Unit[];
  /** The AP clock. */
  readonly clock: Clock;
  /** um above the lowest row; sites above it are out of the brain. */
  readonly surfaceY: number;
  /** Heights between which the units lie, um. */
  readonly bottom: number;
  readonly top: number;
  /** True when the AP band holds the low frequencies too. */
  readonly fullBand: boolean;
}

export function makeProbeWorld(surroundings: Surroundings, index: number, clock: Clock): ProbeWorld {
  const { run, seconds } = surroundings;
  const description = run.probes[index]!;
  const facts = factsOfPart(description.partNumber);
  const saved = savedColumns(description, facts, `probes.${index}`);
  const sites = probeSites(facts, description.shanks).map((site) => ({ ...site, absoluteX: site.shank * facts.layout.shankPitch + site.x }));
  const along = description.units.within === 'probe' ? sites : saved.ap.map((channel) => sites[channel]!);
  const heights = along.map((site) => site.y);
  const bottom = heights.reduce((low, y) => Math.min(low, y), Infinity);
  return {
    index,
    description,
    facts,
    saved,
    sites,
    ...channelGains(description, facts, index),
    dead: channelSet(description.dead, facts.acqAp, `probes.${index}.dead`),
    noisy: channelSet(description.noisy, facts.acqAp, `probes.${index}.noisy`),
    units: drawUnits(description, along, run.seed, index, seconds),
    clock,
    surfaceY: description.surfaceUm === undefined ? Infinity : bottom + description.surfaceUm,
    bottom,
    top: heights.reduce((high, y) => Math.max(high, y), -Infinity),
    fullBand: facts.acqLf === 0 || description.fullBand,
  };
}

/** Per channel, the fraction of a sample of `band` by which it is converted late: mux row / divisor. */
export function conversionLag(facts: ProbeFacts, band: 'ap' | 'lf', channel: number): number {
  return muxRow(facts, channel) / tshiftDivisor(facts, band);
}

function channelGains(probe: ProbeDescription, facts: ProbeFacts, index: number): { apGains: number[]; lfGains: number[] } {
  const fixed = (gain: ProbeFacts['apGain'] | undefined, chosen: number) => (typeof gain === 'number' ? gain : chosen);
  const apGains = Array<number>(facts.acqAp).fill(fixed(facts.apGain, probe.apGain));
  const lfGains = Array<number>(facts.acqAp).fill(fixed(facts.lfGain, probe.lfGain));
  if (probe.channelGains.length > 0 && facts.apGain !== 'imro') throw new ParameterError(`simulation: probes.${index}.channelGains: the channels of part number ${probe.partNumber} share one gain`);
  for (const group of probe.channelGains) {
    for (const channel of channelsOf(group.channels, facts.acqAp, `probes.${index}.channelGains`)) {
      apGains[channel] = group.apGain;
      lfGains[channel] = group.lfGain;
    }
  }
  return { apGains, lfGains };
}
