// What may be said of a simulated probe: its kind and saved channels, and what it records. One schema gives defaults,
// checks and types; unknown keys are errors.

import { z } from 'zod';

const seconds = z.number().min(0);
const channelList = z.string();

export const clockSchema = z.strictObject({
  ppm: z.number().min(-1000).max(1000).optional().describe('error of the mean rate, parts per million; drawn from the seed within +-20 when left out'),
  wanderPpm: z.number().min(0).max(100).default(0).describe('how far the rate swings around its mean, parts per million'),
  wanderPeriodS: z.number().positive().default(600),
  startS: z.number().min(0).max(0.01).default(0).describe('true time of sample 0, s'),
  calibrated: z.boolean().default(true).describe('the meta gives the measured rate; otherwise the nominal one'),
});

export const metaStyleSchema = z.strictObject({
  omit: z.array(z.string()).default([]).describe("keys to leave out, as in files of older versions: 'firstSample', '~snsGeomMap' ..."),
  set: z.record(z.string(), z.string()).default({}).describe('keys to add or change'),
  crlf: z.boolean().default(false),
  bom: z.boolean().default(false),
  latin1: z.boolean().default(false),
});

const driftShared = {
  fromS: seconds.default(0),
  nonRigid: z.number().min(-4).max(4).default(0).describe('0: all depths move alike; k: the lowest site moves 1 - k times as far, the highest 1 + k times'),
};
const driftPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('zigzag'), um: z.number(), periodS: z.number().positive(), ...driftShared }),
  z.strictObject({ kind: z.literal('ramp'), um: z.number(), toS: z.number().positive(), ...driftShared }),
  z.strictObject({ kind: z.literal('steps'), um: z.array(z.number()), atS: z.array(seconds), ...driftShared }),
  z.strictObject({ kind: z.literal('breathing'), um: z.number(), hz: z.number().positive(), ...driftShared }),
]);
export type DriftPart = z.output<typeof driftPart>;

export const familyNames = ['wide', 'narrow', 'dendritic', 'axonal'] as const;
export type FamilyName = (typeof familyNames)[number];

const unitsSchema = z.strictObject({
  count: z.int().min(0).max(5000).default(60),
  within: z.enum(['saved', 'probe']).default('saved').describe("along the saved sites; or along all sites of the bank, so that a saved subset holds the same samples as the whole"),
  families: z.strictObject({ wide: z.number().min(0), narrow: z.number().min(0), dendritic: z.number().min(0), axonal: z.number().min(0) })
    .default({ wide: 0.45, narrow: 0.25, dendritic: 0.2, axonal: 0.1 }).describe('shares of the waveform families'),
  rateHz: z.number().positive().default(6).describe('median of the log-normal rates, 1/s'),
  rateSpread: z.number().min(0).default(0.6).describe('standard deviation of ln(rate)'),
  amplitudeUv: z.number().positive().default(120).describe('median peak on the best site, uV'),
  amplitudeSpread: z.number().min(0).default(0.4).describe('standard deviation of ln(amplitude)'),
  amplitudeNoise: z.number().min(0).max(0.3).default(0.08).describe('standard deviation of the factor of each spike'),
  refractoryMs: z.number().min(0).default(2),
  bursting: z.number().min(0).max(1).default(0.15).describe('share of units that fire bursts of 2 to 6 spikes, 3 to 8 ms apart'),
  synchrony: z.number().min(0).max(0.5).default(0).describe('share of spikes that fall within 0.25 ms of an event common to all units'),
  halfway: z.number().min(0).max(1).default(0).describe('share of units that start or stop in the middle of the run'),
  rundown: z.number().min(0).max(0.9).default(0).describe('share of its amplitude a unit loses over the run'),
  responsive: z.strictObject({
    to: z.string().describe('name of the events'),
    share: z.number().min(0).max(1).default(0.4),
    gain: z.number().min(0).max(20).default(4).describe('rate during the response, times the base rate'),
    latencyS: seconds.default(0.04),
    durationS: z.number().positive().default(0.15),
  }).optional(),
});

const noiseSchema = z.strictObject({
  whiteUv: z.number().min(0).default(5).describe('standard deviation per channel, uV'),
  backgroundUv: z.number().min(0).default(4).describe('spiking of far cells, shared by neighbouring sites, uV'),
  backgroundUm: z.number().positive().default(40).describe('reach of the background along the shank, um'),
  wander: z.number().min(0).max(0.5).default(0.1).describe('slow change of the noise level, as a fraction'),
  commonUv: z.number().min(0).default(4).describe('noise common to all channels, uV'),
  lineUv: z.number().min(0).default(8).describe('amplitude of the mains hum, uV'),
  lineHz: z.number().positive().default(50),
  lfpUv: z.number().min(0).default(80).describe('local field potential, 1/f, uV'),
});

export const probeSchema = z.strictObject({
  partNumber: z.string().default('NP1010').describe("of the probe table; '3A' for phase 3A"),
  savedChannels: channelList.default('all').describe("acquisition channels such as '12:27,768'; SY is added unless sy is 'unsaved'; LF follows AP"),
  sy: z.enum(['saved', 'unsaved']).default('saved'),
  lf: z.boolean().default(true).describe('write the LF stream of probes that have one'),
  shanks: z.enum(['stripe', 'first']).default('stripe').describe('four-shank probes: the bottom of every shank, or the first shank only'),
  apGain: z.int().positive().default(500).describe('of probes whose gain can be chosen'),
  lfGain: z.int().positive().default(250),
  channelGains: z.array(z.strictObject({ channels: channelList, apGain: z.int().positive(), lfGain: z.int().positive() })).default([]),
  fullBand: z.boolean().default(false).describe('probes with an LF band: AP filter off, so AP holds the low frequencies too'),
  dead: channelList.default('').describe('AP channels without signal'),
  noisy: channelList.default('').describe('AP channels with six times the noise'),
  surfaceUm: z.number().optional().describe('height of the brain surface above the lowest site; sites above see no cells'),
  aboveSurface: z.enum(['fluid', 'air']).default('fluid').describe('what is around those sites: in air they see little of what the others have in common, too'),
  drift: z.array(driftPart).default([]),
  units: unitsSchema.prefault({}),
  noise: noiseSchema.prefault({}),
  clock: clockSchema.prefault({}),
  meta: metaStyleSchema.prefault({}),
  drive: z.string().default('').describe('folder under the destination that stands for another drive'),
});

export type ProbeDescription = z.output<typeof probeSchema>;
export type ProbeInput = z.input<typeof probeSchema>;
export type UnitsDescription = z.output<typeof unitsSchema>;
export type NoiseDescription = z.output<typeof noiseSchema>;
export type ClockDescription = z.output<typeof clockSchema>;
export type MetaStyle = z.output<typeof metaStyleSchema>;
