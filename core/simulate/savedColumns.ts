// Which acquisition channels become columns of the files of a probe or device.

import { ParameterError } from '../common/index.ts';
import { parseChannelList } from '../spikeglx/index.ts';
import type { ProbeFacts } from '../spikeglx/index.ts';
import type { ProbeDescription } from './probeDescription.ts';

export interface SavedColumns {
  /** Ascending acquisition channels: AP 0.., LF acqAp.., SY acqAp + acqLf... */
  readonly ap: readonly number[];
  readonly lf: readonly number[];
  readonly sy: readonly number[];
}

export function savedColumns(probe: ProbeDescription, facts: ProbeFacts, where = 'probe'): SavedColumns {
  const { acqAp, acqLf, acqSy } = facts;
  const listed = channelsOf(probe.savedChannels, acqAp + acqLf + acqSy, `${where}.savedChannels`);
  const ap = listed.filter((channel) => channel < acqAp);
  const lf = listed.filter((channel) => channel >= acqAp && channel < acqAp + acqLf);
  if (ap.length === 0) throw new ParameterError(`simulation: ${where}.savedChannels '${probe.savedChannels}' has no AP channel (0 to ${acqAp - 1})`);
  return {
    ap,
    lf: acqLf === 0 ? [] : lf.length > 0 ? lf : ap.map((channel) => channel + acqAp),
    sy: probe.sy === 'saved' ? Array.from({ length: acqSy }, (_, index) => acqAp + acqLf + index) : [],
  };
}

/** Ascending channels of a list below `count`; all of them for 'all'. Throws ParameterError. */
export function channelsOf(list: string, count: number, where: string): number[] {
  let channels: number[] | 'all';
  try {
    channels = parseChannelList(list);
  } catch (error) {
    throw new ParameterError(`simulation: ${where}: ${(error as RangeError).message}`, { cause: error });
  }
  if (channels === 'all') return Array.from({ length: count }, (_, channel) => channel);
  const beyond = channels.find((channel) => channel >= count);
  if (beyond !== undefined) throw new ParameterError(`simulation: ${where}: there is no channel ${beyond}; the last is ${count - 1}`);
  return channels;
}

/** Like channelsOf, but an empty list means none. */
export function channelSet(list: string, count: number, where: string): ReadonlySet<number> {
  return new Set(list.trim() === '' ? [] : channelsOf(list, count, where));
}
