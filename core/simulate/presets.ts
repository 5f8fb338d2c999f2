// Ready descriptions: the demo, a quick one for a first check, a big one, and hard ones for judging sorters.

import { UsageError } from '../common/index.ts';
import { formatChannelList } from '../spikeglx/index.ts';
import type { RunInput } from './description.ts';
import type { ProbeInput } from './probeDescription.ts';
import { factsOfPart, probeSites } from './sites.ts';

export interface PresetOptions {
  /** Recorded seconds, all files together. */
  readonly seconds?: number;
  /** Saved AP channels of each probe: the lowest ones, of all shanks. */
  readonly channels?: number;
  readonly seed?: number;
}

interface Preset {
  readonly summary: string;
  readonly seconds: number;
  readonly channels: number;
  readonly make: (seconds: number, channels: number) => RunInput;
}

export const presets = {
  demo: { summary: 'two probes (1.0 with LF, four-shank 2.0), NI, two gates, three triggers with an overlap and a gap', seconds: 20, channels: 384, make: demo },
  quick: { summary: 'one probe of 16 channels with LF, NI, one file each', seconds: 2, channels: 16, make: quick },
  big: { summary: 'one 1.0 probe with LF, NI, one long file each', seconds: 120, channels: 384, make: big },
  drift: { summary: 'one 1.0 probe in tissue that moves: zigzag, steps, breathing, not the same at all depths', seconds: 60, channels: 384, make: drift },
  bursts: { summary: 'one 1.0 probe beside bursting cells that lose amplitude', seconds: 60, channels: 384, make: bursts },
  dense: { summary: 'one 1.0 probe, many cells, some of them firing together', seconds: 60, channels: 384, make: dense },
  noisy: { summary: 'one 2.0 probe with hum, artefacts, a dead and a noisy channel, and sites out of the brain', seconds: 60, channels: 384, make: noisy },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

/** Throws UsageError for an unknown name or impossible numbers. */
export function presetRun(name: string, options: PresetOptions = {}): RunInput {
  const preset: Preset | undefined = Object.hasOwn(presets, name) ? presets[name as PresetName] : undefined;
  if (!preset) throw new UsageError(`there is no preset '${name}'`, { next: `Presets are ${Object.keys(presets).join(', ')}.` });
  const seconds = options.seconds ?? preset.seconds;
  const channels = options.channels ?? preset.channels;
  if (!(seconds >= 0.5)) throw new UsageError(`--seconds must be at least 0.5, not ${seconds}`);
  if (!Number.isInteger(channels) || channels < 4 || channels > 384) throw new UsageError(`--channels must be a whole number from 4 to 384, not ${channels}`);
  return { ...preset.make(seconds, channels), seed: options.seed ?? 1 };
}

/** A list of the lowest AP channels of a probe, of all its shanks alike. */
export function lowestChannels(partNumber: string, count: number): string {
  const sites = probeSites(factsOfPart(partNumber), 'stripe').map(({ y, shank, x }, channel) => ({ y, shank, x, channel }));
  if (count >= sites.length) return 'all';
  sites.sort((a, b) => a.y - b.y || a.shank - b.shank || a.x - b.x);
  return formatChannelList(sites.slice(0, count).map(({ channel }) => channel));
}

function probe(partNumber: string, channels: number, more: ProbeInput = {}): ProbeInput {
  const count = Math.max(4, Math.round((60 * channels) / 384));
  return { partNumber, savedChannels: lowestChannels(partNumber, channels), ...more, units: { count, rateHz: 8, ...more.units } };
}

const firstS = 2;

/** A presented stimulus with its photodiode, licks, rewards, and a trial counter on four lines. */
const task = {
  ni: { xa: 2, xd: 1 },
  events: [
    { name: 'stimulus', widthsMs: [50], firstS: 0.6, intervalS: 1.3, outlets: [{ stream: 'nidq', line: 1 }, { stream: 'nidq', channel: 0, volts: 4, shape: 'photodiode' as const }] },
    { name: 'lick', widthsMs: [5, 10], firstS: 0.8, intervalS: 0.45, jitter: 0.6, outlets: [{ stream: 'nidq', line: 2 }] },
    { name: 'reward', widthsMs: [25], firstS: 1.1, intervalS: 2.6, outlets: [{ stream: 'nidq', line: 3 }] },
  ],
  counters: [{ name: 'trial', stream: 'nidq', firstLine: 8, bits: 4, periodS: 0.9 }],
} satisfies Partial<RunInput>;

function oneFile(seconds: number): RunInput['spans'] {
  return [{ gate: 0, trigger: 0, fromS: firstS, toS: firstS + seconds }];
}

function demo(seconds: number, channels: number): RunInput {
  const at = (fraction: number) => firstS + fraction * seconds;
  const overlap = Math.min(0.25, 0.02 * seconds);
  const answers = { responsive: { to: 'stimulus' } };
  return {
    ...task,
    name: 'demo',
    spans: [
      { gate: 0, trigger: 0, fromS: at(0), toS: at(0.4) },
      { gate: 0, trigger: 1, fromS: at(0.4) - overlap, toS: at(0.6) },
      { gate: 0, trigger: 2, fromS: at(0.6) + 0.3, toS: at(0.8) + 0.3 },
      { gate: 1, trigger: 0, fromS: at(0.8) + 1.5, toS: at(1) + 1.5 },
    ],
    probes: [
      probe('NP1010', channels, { units: answers, drift: [{ kind: 'ramp', um: 6, toS: at(1) }] }),
      probe('NP2013', channels, { units: answers }),
    ],
    artefacts: { perMinute: 15 },
  };
}

function quick(seconds: number, channels: number): RunInput {
  return { ...task, name: 'quick', spans: oneFile(seconds), probes: [probe('NP1010', channels, { units: { count: 6 } })] };
}

function big(seconds: number, channels: number): RunInput {
  return { ...task, name: 'big', spans: oneFile(seconds), probes: [probe('NP1010', channels, { units: { count: 120, responsive: { to: 'stimulus' } } })], artefacts: { perMinute: 4 } };
}

function drift(seconds: number, channels: number): RunInput {
  return {
    name: 'drift',
    spans: oneFile(seconds),
    probes: [probe('NP1010', channels, {
      units: { count: Math.round((100 * channels) / 384) },
      drift: [
        { kind: 'zigzag', um: 30, periodS: 20, fromS: firstS + 0.15 * seconds, nonRigid: 0.5 },
        { kind: 'steps', um: [10, -25], atS: [firstS + 0.5 * seconds, firstS + 0.8 * seconds] },
        { kind: 'breathing', um: 2, hz: 1, nonRigid: 1.5 },
      ],
    })],
  };
}

function bursts(seconds: number, channels: number): RunInput {
  return { name: 'bursts', spans: oneFile(seconds), probes: [probe('NP1010', channels, { units: { bursting: 0.7, rundown: 0.3, halfway: 0.15 } })] };
}

function dense(seconds: number, channels: number): RunInput {
  return { name: 'dense', spans: oneFile(seconds), probes: [probe('NP1010', channels, { units: { count: Math.round((400 * channels) / 384), synchrony: 0.05, rateSpread: 1.2, rateHz: 3 } })] };
}

function noisy(seconds: number, channels: number): RunInput {
  return {
    name: 'noisy',
    spans: oneFile(seconds),
    probes: [probe('NP2003', channels, { noise: { whiteUv: 7, backgroundUv: 7, lineUv: 30, wander: 0.2, commonUv: 10 }, dead: '2', noisy: '3', surfaceUm: 6 * channels })],
    artefacts: { perMinute: 20, amplitudeMv: 9 },
  };
}
