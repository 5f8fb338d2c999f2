// What a search for bad channels found, in words and as lists to leave out.

import type { ChannelClass, JudgedChannel, ProbeBadChannels } from '../../../../../core/service/contract/index.ts';
import { counted, grouped, significant } from '../../../../components/format.ts';

export type BadClass = Exclude<ChannelClass, 'good' | 'unused'>;

export const badClasses: Readonly<Record<BadClass, string>> = { dead: 'dead', noisy: 'noisy', outside: 'outside the brain' };

/** Acquisition number -> channel, of those that are not good. */
export function marksOf({ channels }: ProbeBadChannels): Map<number, JudgedChannel> {
  return new Map(channels.filter((channel) => channel.class in badClasses).map((channel) => [channel.acq, channel]));
}

export function acquired({ channels }: ProbeBadChannels, ...classes: readonly BadClass[]): number[] {
  return channels.filter((channel) => classes.some((each) => each === channel.class)).map(({ acq }) => acq).sort((a, b) => a - b);
}

/** A way to leave channels out: what its button says, and which they are. */
export interface Proposal {
  readonly label: string;
  readonly channels: readonly number[];
}

/** Only what is not left out yet. */
export function proposals(found: ProbeBadChannels, excluded: readonly number[]): Proposal[] {
  const missing = (channels: readonly number[]) => channels.filter((channel) => !excluded.includes(channel));
  const [dead, noisy, outside] = [missing(acquired(found, 'dead')), missing(acquired(found, 'noisy')), missing(acquired(found, 'outside'))];
  const both = [...(dead.length > 0 ? ['dead'] : []), ...(noisy.length > 0 ? ['noisy'] : [])].join(' and ');
  return [
    ...(both === '' ? [] : [{ label: `Exclude ${dead.length + noisy.length} ${both}`, channels: [...dead, ...noisy] }]),
    ...(outside.length === 0 ? [] : [{ label: `Exclude ${outsideText(found, outside)}`, channels: outside }]),
  ];
}

/** "above 3,840 um (outside)"; of several shanks, how many channels. */
function outsideText({ channels }: ProbeBadChannels, outside: readonly number[]): string {
  const chosen = channels.filter(({ acq }) => outside.includes(acq));
  const shanks = new Set(chosen.map(({ shank }) => shank));
  const below = channels.filter((channel) => channel.class !== 'outside' && shanks.has(channel.shank)).map(({ z_um }) => z_um);
  const lowest = Math.min(...chosen.map(({ z_um }) => z_um));
  if (shanks.size > 1) return `${outside.length} outside on ${shanks.size} shanks`;
  const surface = Math.max(-Infinity, ...below.filter((z_um) => z_um < lowest));
  return surface === -Infinity ? `${outside.length} outside` : `above ${grouped(surface)} um (outside)`;
}

/** Of a marked site. */
export function markText({ class: found, similarity, hf_uV2Hz, reason }: JudgedChannel): string {
  const figures = [
    ...(similarity === null ? [] : [`similarity ${significant(similarity, 2)}`]),
    ...(hf_uV2Hz === null ? [] : [`${significant(hf_uV2Hz, 2)} uV2/Hz`]),
    ...(reason === '' ? [] : [reason]),
  ];
  return `${badClasses[found as BadClass]}${figures.length > 0 ? ` (${figures.join(', ')})` : ''}`;
}

/** What was looked at. */
export function lookedText({ gate, seconds, snippets }: ProbeBadChannels): string {
  return snippets === 0 ? `Gate ${gate} is too short to tell.` : `Looked at ${counted(snippets, 'piece')} of gate ${gate}, ${significant(seconds, 2)} s together.`;
}
