// -save, -sepShanks and -maxZ as given on the command line: what they become, and what is refused.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../core/common/index.ts';
import type { ChannelSave, DepthLimit, ShankSplit } from '../../../../core/engines/catgt/command/options.ts';
import { parseCatGTArguments } from '../../../../core/engines/catgt/command/parse.ts';
import { printDepthLimit, printSave, printShankSplit, readDepthLimit, readSave, readShankSplit } from '../../../../core/engines/catgt/command/selectionOptions.ts';

const parse = (...more: string[]) => parseCatGTArguments(['-dir=/data', '-run=mouse', '-g=0', '-t=0,2', '-ap', '-prb=0:1', ...more], '/');
const refusal = (...more: string[]): UsageError => {
  try {
    parse(...more);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`accepted: ${more.join(' ')}`);
};
const given = (argument: string) => ({ argument, text: argument.slice(argument.indexOf('=') + 1) });

const index = fc.integer({ min: 0, max: 2000 });
const save: fc.Arbitrary<ChannelSave> = fc.record({
  js: fc.constantFrom(2 as const, 3 as const), ip1: index, ip2: index,
  channels: fc.uniqueArray(fc.integer({ min: 0, max: 1540 }), { minLength: 1, maxLength: 40 }).map((channels) => channels.sort((a, b) => a - b)),
});
const split: fc.Arbitrary<ShankSplit> = fc.record({
  ip: index,
  indexes: fc.uniqueArray(index, { minLength: 4, maxLength: 4 }).chain((indexes) => fc.subarray([0, 1, 2, 3], { minLength: 1 }).map((kept) => indexes.map((each, shank) => (kept.includes(shank) ? each : -1)))),
});
const limit: fc.Arbitrary<DepthLimit> = fc.record({ ip: index, type: fc.constantFrom(0 as const, 1 as const, 2 as const), z: fc.integer({ min: 0, max: 99999 }).map((tenths) => tenths / 10) });
const settings = { seed: 11, numRuns: 300 };

describe('what is printed reads back as the same', () => {
  const check = <Item extends object>(items: fc.Arbitrary<Item>, again: (item: Item) => unknown) =>
    fc.assert(fc.property(items, (item) => {
      expect(again(item)).toEqual({ ...item });
    }), settings);

  it('-save', () => check(save, (item) => readSave(given(printSave(item)), () => undefined)[0]));
  it('-sepShanks', () => check(split, (item) => readShankSplit(given(printShankSplit(item)))));
  it('-maxZ', () => check(limit, (item) => readDepthLimit(given(printDepthLimit(item)))));
});

describe('any text', () => {
  const text = fc.oneof(fc.string(), fc.array(fc.constantFrom('2', '0', ',', ':', ';', '-', '1.5', ' ', 'x', 'all', '12:20'), { maxLength: 12 }).map((parts) => parts.join('')));
  it.each(['save', 'sepShanks', 'maxZ'])('of -%s is understood or refused by name', (name) => {
    fc.assert(fc.property(text, (value) => {
      const argument = `-${name}=${value}`;
      try {
        const { saves, shankSplits, depthLimits, warnings } = parse(argument);
        expect(saves.length + shankSplits.length + depthLimits.length + warnings.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        expect((error as UsageError).message).toContain(`-${name}`);
      }
    }), settings);
  });
});

describe('-save', () => {
  it('may be repeated, in any order of channels', () => {
    expect(parse('-save=2,0,0,9:2,768', '-save=2,0,5,3', '-lf', '-save=3,1,6,384:386').saves).toEqual([
      { js: 2, ip1: 0, ip2: 0, channels: [2, 3, 4, 5, 6, 7, 8, 9, 768] },
      { js: 2, ip1: 0, ip2: 5, channels: [3] },
      { js: 3, ip1: 1, ip2: 6, channels: [384, 385, 386] },
    ]);
  });

  it.each(['all', 'ALL', '*', ''])('of the list %j is left out', (list) => {
    const { saves, warnings } = parse(`-save=2,0,5,${list}`);
    expect(saves).toEqual([]);
    expect(warnings).toEqual([`-save=2,0,5,${list} is left out: it lists all channels.`]);
  });

  it.each([
    ['-save=1,0,5,0:3', '-save=1,0,5,0:3: js is 2 (AP) or 3 (LF), not 1'],
    ['-save=2,-1,5,0:3', '-save=2,-1,5,0:3: ip1 is a whole number from 0 on, not -1'],
    ['-save=2,0,1.5,0:3', '-save=2,0,1.5,0:3: 1.5 is not a whole number'],
    ['-save=2,0,5,0:x', "-save=2,0,5,0:x: '0:x' in '0:x' is not a channel or a range of channels like 0:3"],
  ])('%s is refused', (argument, message) => expect(refusal(argument).message).toBe(message));

  it('warns when the stream is not processed', () => {
    expect(parse('-save=2,4,5,0:3', '-save=3,0,6,384').warnings).toEqual([
      '-save=2,4,5,0:3 has no effect: that stream is not among those to process.',
      '-save=3,0,6,384 has no effect: that stream is not among those to process.',
    ]);
  });
});

describe('-sepShanks and -maxZ', () => {
  it('are told by probe', () => {
    expect(parse('-sepShanks=1,10,-1,12,1', '-maxZ=0,2,1500.5', '-maxZ=1,0,40')).toMatchObject({
      shankSplits: [{ ip: 1, indexes: [10, -1, 12, 1] }],
      depthLimits: [{ ip: 0, type: 2, z: 1500.5 }, { ip: 1, type: 0, z: 40 }],
    });
  });

  it.each([
    ['-sepShanks=1,-1,-1,-1,-1', 'names no file for any shank'],
    ['-sepShanks=1,10,10,11,12', 'two shanks cannot go into one file'],
    ['-sepShanks=-1,10,11,12,13', 'ip is a whole number from 0 on, not -1'],
    ['-maxZ=0,3,100', 'type is 0 (row), 1 (um above the lowest row) or 2 (um above the tip), not 3'],
    ['-maxZ=0,1,-5', 'z (-5) is negative'],
    ['-maxZ=0.5,1,5', 'ip is a whole number from 0 on, not 0.5'],
  ])('%s is refused', (argument, why) => expect(refusal(argument).message).toBe(`${argument}: ${why}`));

  it('are given once per probe', () => {
    expect(refusal('-maxZ=0,0,6', '-maxZ=0,1,60')).toMatchObject({ message: '-maxZ is given twice for probe 0', next: 'Leave one of them out.' });
    expect(refusal('-sepShanks=1,5,6,7,8', '-sepShanks=1,15,16,17,18').message).toBe('-sepShanks is given twice for probe 1');
  });
});

describe('two files of one name', () => {
  it.each([
    ['a list given twice', ['-save=2,0,5,1:3', '-save=2,0,5,6:9'], '-save=2,0,5,6:9: imec5 is already what -save=2,0,5,1:3 writes'],
    ['two probes under one index', ['-save=2,0,5,1:3', '-lf', '-save=3,1,5,384:386'], '-save=3,1,5,384:386: imec5 is already what -save=2,0,5,1:3 writes'],
    ['a shank and a list', ['-save=2,1,11,1:3', '-sepShanks=1,10,11,12,13'], '-sepShanks=1,10,11,12,13: imec11 is already what -save=2,1,11,1:3 writes'],
    ['another probe that is processed', ['-save=2,0,1,1:3'], '-save=2,0,1,1:3: imec1 is a probe that is processed too'],
  ])('is refused: %s', (_what, argv, message) => {
    expect(refusal(...argv).message).toBe(message);
    expect(refusal(...argv).next).toBeTruthy();
  });

  it('AP and LF of one probe may share an index', () => {
    expect(parse('-lf', '-save=2,0,5,1:3', '-save=3,0,5,385:387').saves).toHaveLength(2);
  });

  it('files of a 3A probe have no index at all', () => {
    const probe3A = (...more: string[]) => parseCatGTArguments(['-dir=/d', '-run=r', '-g=0', '-t=0', '-ap', '-prb_3A', ...more], '/');
    expect(probe3A('-save=2,0,0,1:3').saves).toHaveLength(1);
    expect(() => probe3A('-save=2,0,0,1:3', '-save=2,0,4,5:9')).toThrow('there can be only one per band');
  });
});
