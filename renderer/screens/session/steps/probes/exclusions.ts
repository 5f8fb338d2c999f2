// Channels to leave out, as CatGT's -chnexcl holds them: {probe;list}{probe;list}, acquisition numbers.

import { catgtValues, withCatgtOption } from '../../../../../core/service/contract/index.ts';
import type { Read } from '../../../../components/typedValues.ts';

export type Exclusions = ReadonlyMap<number, readonly number[]>;

/** What the options say; pieces nobody can read are left out. */
export function readExclusions(catgt: string): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const value of catgtValues(catgt, 'chnexcl')) {
    for (const [, probe, list] of value.matchAll(/\{\s*(\d+)\s*;([^{}]*)\}/g)) {
      const read = readChannels(list, Infinity);
      if ('value' in read) found.set(Number(probe), sorted([...(found.get(Number(probe)) ?? []), ...read.value]));
    }
  }
  return found;
}

/** The options with other channels of one probe left out. */
export function withExclusions(catgt: string, probe: number, channels: readonly number[]): string {
  const lists = readExclusions(catgt);
  lists.set(probe, sorted(channels));
  const text = [...lists].filter(([, list]) => list.length > 0).sort(([a], [b]) => a - b).map(([each, list]) => `{${each};${channelText(list)}}`).join('');
  return withCatgtOption(catgt, 'chnexcl', text === '' ? null : text);
}

/** `191, 200:203` as people type it. @param channels how many there are on the probe */
export function readChannels(text: string, channels: number): Read<number[]> {
  const list: number[] = [];
  for (const item of text.split(/[,;\s]+/).filter((part) => part !== '')) {
    const match = /^(\d+)(?:[:-](\d+))?$/.exec(item);
    if (!match) return { problem: `'${item}' is not a channel or a range such as 200:203.` };
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    const beyond = Math.max(from, to);
    if (beyond >= channels || beyond > 999_999) return { problem: `Channel ${beyond} is not on this probe (0-${channels - 1}).` };
    for (let channel = Math.min(from, to); channel <= beyond; channel++) list.push(channel);
  }
  return { value: sorted(list) };
}

/** Two or more in a row as `a:b`. */
export function channelText(channels: readonly number[]): string {
  const items: string[] = [];
  for (let start = 0; start < channels.length;) {
    let end = start;
    while (channels[end + 1] === channels[end] + 1) end++;
    items.push(end > start ? `${channels[start]}:${channels[end]}` : `${channels[start]}`);
    start = end + 1;
  }
  return items.join(',');
}

const sorted = (channels: readonly number[]) => [...new Set(channels)].sort((a, b) => a - b);
