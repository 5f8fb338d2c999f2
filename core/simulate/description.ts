// What may be said of a simulated run: seed, recorded spans, probes, NI and OneBox, events, artefacts, faults. All times
// are true times in seconds since the acquisition started.

import { z } from 'zod';
import { ParameterError } from '../common/index.ts';
import { clockSchema, metaStyleSchema, probeSchema } from './probeDescription.ts';
import { checkRun } from './checkDescription.ts';

const seconds = z.number().min(0);

/** Where events can be seen: a line of a digital word (NI, OneBox, a probe's SY) or an analog channel. */
const outletSchema = z.union([
  z.strictObject({ stream: z.string().describe("'nidq', 'obx0', 'imec0'"), line: z.int().min(0).describe('bit n % 16 of digital word n / 16') }),
  z.strictObject({
    stream: z.string(),
    channel: z.int().min(0).describe('XA channel'),
    volts: z.number().default(4),
    shape: z.enum(['square', 'photodiode']).default('square'),
  }),
]);
export type Outlet = z.output<typeof outletSchema>;

const pulsesSchema = z.strictObject({
  name: z.string(),
  widthsMs: z.array(z.number().positive()).min(1).describe('one is drawn for each pulse'),
  firstS: seconds.default(0.5),
  intervalS: z.number().positive().default(1.5).describe('mean time from one onset to the next'),
  jitter: z.number().min(0).max(0.9).default(0.3).describe('intervals vary by this fraction'),
  atS: z.array(seconds).optional().describe('onsets, instead of drawn ones'),
  outlets: z.array(outletSchema).min(1),
});

const counterSchema = z.strictObject({
  name: z.string().default('counter'),
  stream: z.string(),
  firstLine: z.int().min(0),
  bits: z.int().min(1).max(16),
  periodS: z.number().positive().default(0.7),
});

const syncInputSchema = z.union([
  z.strictObject({ line: z.int().min(0) }),
  z.strictObject({ channel: z.int().min(0), volts: z.number().default(5), threshold: z.number().default(1.1) }),
]);

const deviceParts = {
  nominalRate: z.number().positive(),
  rangeV: z.number().positive().default(5),
  noiseV: z.number().min(0).default(0.003),
  savedChannels: z.string().default('all'),
  clock: clockSchema.prefault({}),
  meta: metaStyleSchema.prefault({}),
};

const niSchema = z.strictObject({
  ...deviceParts,
  nominalRate: deviceParts.nominalRate.default(25000),
  mn: z.int().min(0).default(0).describe('columns of each kind, in the order of the file'),
  ma: z.int().min(0).default(0),
  xa: z.int().min(0).default(2),
  xd: z.int().min(0).default(1).describe('digital words of 16 lines'),
  mnGain: z.number().positive().default(200),
  maGain: z.number().positive().default(1),
  sync: syncInputSchema.nullable().default({ line: 0 }),
});

const oneBoxSchema = z.strictObject({
  ...deviceParts,
  nominalRate: deviceParts.nominalRate.default(30303),
  xa: z.int().min(0).max(12).default(12),
  xd: z.int().min(0).max(1).default(1),
});

const faultSchema = z.strictObject({
  stream: z.string().describe("'imec0.ap', 'imec0.lf', 'nidq', 'obx0'"),
  gate: z.int().min(0).default(0),
  trigger: z.int().min(0).default(0),
  kind: z.enum(['unfinished', 'stale', 'truncated', 'ragged', 'noBin', 'noMeta']).describe(
    'unfinished: meta without length; stale: meta with too small a length; truncated: bin shorter than the meta says; ragged: bin ends within a sample; noBin, noMeta: that file is missing',
  ),
  fraction: z.number().min(0).max(1).default(0.5).describe('of the length that is left (truncated) or told (stale)'),
});

export const runSchema = z.strictObject({
  name: z.string().min(1).default('sim'),
  seed: z.int().min(0).default(1),
  spans: z.array(z.strictObject({ gate: z.int().min(0), trigger: z.int().min(0), fromS: seconds, toS: seconds })).min(1)
    .default([{ gate: 0, trigger: 0, fromS: 2, toS: 12 }]).describe('what is recorded; spans may overlap or leave gaps'),
  raggedSamples: z.int().min(0).default(12).describe('streams end up to so many samples late, each by its own number'),
  probes: z.array(probeSchema).default([]),
  ni: niSchema.optional(),
  oneBoxes: z.array(oneBoxSchema).default([]),
  sync: z.strictObject({ periodS: z.number().positive().default(1), firstS: seconds.default(0.25) }).nullable().prefault({}).describe('the square wave on every stream'),
  events: z.array(pulsesSchema).default([]),
  counters: z.array(counterSchema).default([]),
  artefacts: z.strictObject({
    atS: z.array(seconds).default([]),
    perMinute: z.number().min(0).default(0).describe('drawn ones, besides'),
    amplitudeMv: z.number().positive().default(4),
    tauMs: z.number().positive().default(1.5),
  }).prefault({}).describe('steep transients on all channels of all probes'),
  runFolder: z.boolean().default(true),
  probeFolders: z.boolean().default(true),
  faults: z.array(faultSchema).default([]),
});

export type RunInput = z.input<typeof runSchema>;
export type RunDescription = z.output<typeof runSchema>;
export type NiDescription = z.output<typeof niSchema>;
export type OneBoxDescription = z.output<typeof oneBoxSchema>;
export type PulsesDescription = z.output<typeof pulsesSchema>;
export type CounterDescription = z.output<typeof counterSchema>;
export type Fault = z.output<typeof faultSchema>;
export type Span = RunDescription['spans'][number];

/** Fills in the defaults. Throws ParameterError naming what is wrong in the description. */
export function describeRun(input: RunInput): RunDescription {
  const parsed = runSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ParameterError(`simulation: ${issue.path.join('.') || 'description'}: ${issue.message}`);
  }
  checkRun(parsed.data);
  return parsed.data;
}
