// -supercat on the command line: elements, what it needs, what it ignores, and the canonical command.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../core/common/index.ts';
import { canonicalCommand, parseCatGTArguments } from '../../../../core/engines/catgt/index.ts';
import { elementName, printElements, readElements } from '../../../../core/engines/catgt/command/supercatOptions.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const folder = temporaryFolder();
const dest = path.join(folder, 'out');
mkdirSync(dest);
const two = '-supercat={/data/a,catgt_mouse_g0}{/data/b,catgt_mouse_g1}';
const parse = (...argv: string[]) => parseCatGTArguments(argv, folder);

function refusal(...argv: string[]): UsageError {
  try {
    parse(...argv);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`accepted: ${argv.join(' ')}`);
}

describe('elements', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,12}[A-Za-z0-9]$/).filter((text) => !text.startsWith('catgt_'));
  const dir = fc.array(fc.stringMatching(/^[A-Za-z0-9äö][A-Za-z0-9äö ,._-]{0,8}[A-Za-z0-9äö]$/), { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
  const element = fc.record({ dir, run: name, gate: fc.nat(300), fromCatGT: fc.boolean() });

  test('are printed as they are read, whatever the folders and runs are called', () => {
    fc.assert(fc.property(fc.array(element, { minLength: 2, maxLength: 5 }), (elements) => {
      const text = printElements(elements);
      expect(readElements({ argument: `-supercat=${text}`, text })).toEqual(elements);
    }));
  });

  test('anything else is refused with a sentence that names the option', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => {
      try {
        expect(readElements({ argument: `-supercat=${text}`, text }).length).toBeGreaterThan(1);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        expect((error as Error).message.startsWith(`-supercat=${text}: `)).toBe(true);
      }
    }));
  });

  test.each([
    ['-supercat={/a,catgt_r_g0}', /joins at least two runs/],
    ['-supercat={/a,catgt_r_g0}{/b,catgt_r}', /'\{\/b,catgt_r\}' is not a folder and a run in it/],
    ['-supercat={/a,r_g0}{,r_g1}', /names no folder/],
    ['-supercat=/a,r_g0', /elements in braces/],
    ['-supercat', /Unknown option or wrong parameter count: '-supercat'/],
    ['-supercat_trim_edges=1', /Unknown option or wrong parameter count/],
  ])('%s', (argument, sentence) => {
    expect(refusal(argument, '-ap', '-prb=0', `-dest=${dest}`).message).toMatch(sentence);
  });

  test('keep the tag that says who made them', () => {
    const { supercat } = parse('-supercat={/a/,catgt_r_g3}{/b,r_g0}', '-ni', `-dest=${dest}`);
    expect(supercat).toEqual([{ dir: '/a', run: 'r', gate: 3, fromCatGT: true }, { dir: '/b', run: 'r', gate: 0, fromCatGT: false }]);
    expect(supercat!.map(elementName)).toEqual(['catgt_r_g3', 'r_g0']);
  });
});

describe('a command line', () => {
  test('needs neither -dir nor -run, but -dest and streams', () => {
    expect(parse(two, '-ni', `-dest=${dest}`)).toMatchObject({ run: 'mouse', parts: [{ gate: 0 }], supercatTrimEdges: false, warnings: [] });
    expect(refusal(two, '-ni').message).toBe('-supercat needs -dest');
    expect(refusal(two, `-dest=${dest}`).message).toBe('no stream is selected');
    expect(refusal(two, '-ap', `-dest=${dest}`).message).toMatch(/-ap needs -prb/);
    expect(refusal(two, '-ni', '-supercat_trim_edges', '-no_auto_sync', `-dest=${dest}`).message).toMatch(/needs the sync edges/);
  });

  test('says which options mean nothing beside it, and drops them', () => {
    const given = parse('-dir=/x', '-run=y', '-g=0', '-t=0', '-apfilter=butter,12,300,9000', '-gblcar', '-startsecs=3', two, '-ap', '-prb=0', `-dest=${dest}`);
    expect(given.warnings).toEqual(['-dir=/x', '-run=y', '-g=0', '-t=0', '-apfilter=butter,12,300,9000', '-gblcar', '-startsecs=3'].map((argument) => `${argument} has no effect with -supercat, which joins what earlier passes made.`));
    expect([given.apFilter, given.car, given.startSecs]).toEqual([undefined, undefined, undefined]);
  });

  test('in canonical form is that of the native tool', () => {
    const given = parse(two, '-supercat_trim_edges', '-prb_fld', '-out_prb_fld', '-ap', '-lf', '-ni', '-prb=0', '-xa=0,0,0,1.10,0,25', '-xd=2,0,-1,3,50', '-bf=0,0,2,4,4,3', '-supercat_skip_ni_ob_bin', `-dest=${dest}`);
    expect(canonicalCommand(given)).toBe(`CatGT -t=cat -prb_fld -ni -ap -lf -prb=0 -xa=0,0,0,1.1,0,25 -bf=0,0,2,4,4,3 -xd=2,0,-1,3,50 -supercat={/data/a,catgt_mouse_g0}{/data/b,catgt_mouse_g1} -supercat_trim_edges -supercat_skip_ni_ob_bin -dest=${dest} -out_prb_fld`);
  });

  test('of the first pass prints none of it', () => {
    expect(canonicalCommand(parse('-dir=/d', '-run=r', '-g=0', '-t=0', '-ni', '-supercat_trim_edges'))).toBe('CatGT -dir=/d -run=r -g=0 -t=0 -ni');
  });
});
