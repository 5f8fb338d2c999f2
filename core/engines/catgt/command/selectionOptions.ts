// The options that choose channels, -save, -sepShanks and -maxZ: their text to records and back, and what they must not
// ask for together.

import { formatG, UsageError } from '../../../common/index.ts';
import { formatChannelList, parseChannelList } from '../../../spikeglx/index.ts';
import type { CatGTOptions, ChannelSave, DepthLimit, ShankSplit } from './options.ts';
import { readIntegers, readList, readNumbers, unknownOption, wrongValue, type Given } from './optionValues.ts';

/** `js,ip1,ip2,list`. A list of all channels is left out, which `warn` is told: without it the file has all of them. */
export function readSave(given: Given, warn: (line: string) => void): ChannelSave[] {
  const [, numbers, list] = /^((?:[^:;,\s]*[,;\s]){3})([^]*)$/.exec(given.text.trim()) ?? [];
  if (numbers === undefined) throw unknownOption(given.argument);
  const [js, ip1, ip2] = readIntegers({ ...given, text: numbers }, 3);
  if (js !== 2 && js !== 3) throw wrongValue(given, `js is 2 (AP) or 3 (LF), not ${js}`);
  checkIndex(given, 'ip1', ip1);
  checkIndex(given, 'ip2', ip2);
  if (isAll(list)) {
    warn(`${given.argument} is left out: it lists all channels.`);
    return [];
  }
  return [{ js, ip1, ip2, channels: readList(given, list) }];
}

/** `ip,i0,i1,i2,i3`. */
export function readShankSplit(given: Given): ShankSplit {
  const [ip, ...indexes] = readIntegers(given, 5);
  checkIndex(given, 'ip', ip);
  const written = indexes.filter((index) => index >= 0);
  if (written.length === 0) throw wrongValue(given, 'names no file for any shank');
  if (new Set(written).size < written.length) throw wrongValue(given, 'two shanks cannot go into one file');
  return { ip, indexes };
}

/** `ip,type,z`. */
export function readDepthLimit(given: Given): DepthLimit {
  const [ip, type, z] = readNumbers(given, 3);
  checkIndex(given, 'ip', ip);
  if (type !== 0 && type !== 1 && type !== 2) throw wrongValue(given, `type is 0 (row), 1 (um above the lowest row) or 2 (um above the tip), not ${type}`);
  if (z < 0) throw wrongValue(given, `z (${z}) is negative`);
  return { ip, type, z };
}

export function printSave({ js, ip1, ip2, channels }: ChannelSave): string {
  return `-save=${js},${ip1},${ip2},${formatChannelList(channels)}`;
}

export function printShankSplit({ ip, indexes }: ShankSplit): string {
  return `-sepShanks=${[ip, ...indexes].join(',')}`;
}

export function printDepthLimit({ ip, type, z }: DepthLimit): string {
  return `-maxZ=${ip},${type},${formatG(z)}`;
}

/** An option, and the files of the AP (2) or LF (3) band that it writes of a probe. */
interface Claim {
  readonly option: string;
  readonly js: 2 | 3;
  readonly ip1: number;
  readonly ip2: number;
}

/** Throws UsageError when two files would have one name, or when one index would stand for two probes. */
export function checkSelections(options: CatGTOptions): void {
  onePerProbe('-sepShanks', options.shankSplits);
  onePerProbe('-maxZ', options.depthLimits);
  const claims = claimsOf(options);
  claims.forEach((claim, index) => {
    const { option, js, ip1, ip2 } = claim;
    const earlier = claims.slice(0, index).find((other) => other.ip2 === ip2 && (other.js === js || other.ip1 !== ip1));
    if (earlier) throw new UsageError(`${option}: imec${ip2} is already what ${earlier.option} writes`, { next: 'Give every file an index of its own.' });
    if (ip2 !== ip1 && options.probes.includes(ip2)) throw new UsageError(`${option}: imec${ip2} is a probe that is processed too`, { next: `Give another index than ${ip2}, or leave the probe out of -prb.` });
    if (options.threeA && claims.some((other) => other !== claim && other.js === js)) {
      throw new UsageError(`${option}: the files of a 3A probe have no index, so there can be only one per band`, { next: 'Give one -save for AP and one for LF at most.' });
    }
  });
}

/** What the options name that this command does not process, in words. */
export function idleSelections(options: CatGTOptions): string[] {
  const isIdle = (ip: number, isWanted: boolean) => !isWanted || !options.probes.includes(ip);
  const wantsProbes = options.ap || options.lf;
  const idle = [
    ...options.saves.filter(({ js, ip1 }) => isIdle(ip1, js === 2 ? wantsProbes : options.lf)).map(printSave),
    ...options.shankSplits.filter(({ ip }) => isIdle(ip, wantsProbes)).map(printShankSplit),
    ...options.depthLimits.filter(({ ip }) => isIdle(ip, wantsProbes)).map(printDepthLimit),
  ];
  return idle.map((option) => `${option} has no effect: that stream is not among those to process.`);
}

function claimsOf({ saves, shankSplits }: CatGTOptions): Claim[] {
  return [
    ...saves.map((save) => ({ ...save, option: printSave(save) })),
    ...shankSplits.flatMap((split) => split.indexes.filter((index) => index >= 0).map((ip2) => ({ option: printShankSplit(split), js: 2 as const, ip1: split.ip, ip2 }))),
  ];
}

function onePerProbe(name: string, items: readonly { readonly ip: number }[]): void {
  const twice = items.find(({ ip }, index) => items.findIndex((other) => other.ip === ip) < index);
  if (twice) throw new UsageError(`${name} is given twice for probe ${twice.ip}`, { next: 'Leave one of them out.' });
}

function checkIndex(given: Given, name: string, index: number): void {
  if (!Number.isInteger(index) || index < 0) throw wrongValue(given, `${name} is a whole number from 0 on, not ${index}`);
}

function isAll(list: string): boolean {
  try {
    return parseChannelList(list) === 'all';
  } catch {
    return false; // readList says what is wrong
  }
}
