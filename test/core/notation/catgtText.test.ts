// CatGT options as text: one is set, the others stay as they were.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catgtValues, catgtWords, hasCatgtOption, splitOptions, withCatgtOption, withCatgtOptions } from '../../../core/notation/index.ts';

const text = '-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -gfix=0.4,0.10,0.02';

describe('CatGT options as text', () => {
  test('an option keeps its place when its value changes', () => {
    expect(withCatgtOption(text, 'apfilter', 'butter,12,300,9000')).toBe('-prb_fld -out_prb_fld -apfilter=butter,12,300,9000 -gfix=0.4,0.10,0.02');
  });

  test('new options go to the end, switches without a value', () => {
    expect(withCatgtOption(text, 't_miss_ok', '')).toBe(`${text} -t_miss_ok`);
  });

  test('null removes an option', () => {
    expect(withCatgtOption(text, 'gfix', null)).toBe('-prb_fld -out_prb_fld -apfilter=butter,12,300,10000');
    expect(hasCatgtOption(withCatgtOption(text, 'prb_fld', null), 'prb_fld')).toBe(false);
  });

  test('options that may be given many times', () => {
    const extractors = '-xa=0,0,2,3,4.5,25 -xd=0,0,8,0,0 -xa=0,0,1,1,2,0';
    expect(catgtValues(extractors, 'xa')).toEqual(['0,0,2,3,4.5,25', '0,0,1,1,2,0']);
    expect(withCatgtOptions(extractors, 'xa', ['0,0,5,1,2,0'])).toBe('-xa=0,0,5,1,2,0 -xd=0,0,8,0,0');
  });

  test('a quoted value keeps its spaces', () => {
    expect(catgtValues('-dest="D:\\my data" -g=0', 'dest')).toEqual(['D:\\my data']);
    expect(withCatgtOption('-dest="D:\\my data" -g=0', 'g', '1')).toBe('-dest="D:\\my data" -g=1');
  });
});

describe('splitting a string of options', () => {
  test('at blanks, tabs and line ends of either kind', () => {
    expect(splitOptions('-gfix=0.4,0.10,0.02\r\n\t-prb_fld \n -no_tshift\r\n')).toEqual(['-gfix=0.4,0.10,0.02', '-prb_fld', '-no_tshift']);
  });

  test('a word stays as it was written beside what CatGT gets', () => {
    expect(catgtWords(`-prb_dir={1;"E:\\my data"} name`)).toEqual([
      { name: 'prb_dir', value: '{1;E:\\my data}', argument: '-prb_dir={1;E:\\my data}', text: '-prb_dir={1;"E:\\my data"}' },
      { name: '', value: null, argument: 'name', text: 'name' },
    ]);
  });

  test('a value that blanks would take apart is written in quotes, one in braces as it is', () => {
    expect(catgtValues(withCatgtOption('', 'dest', 'D:\\my data'), 'dest')).toEqual(['D:\\my data']);
    expect(withCatgtOption('-a', 'chnexcl', '{0; 1,2}')).toBe('-a -chnexcl={0; 1,2}');
  });

  test('keeps together what is in quotes or braces', () => {
    expect(splitOptions(`-a="x y" '-b=1 2' -c={3; 4}{5 6}\t-d="it's"`)).toEqual(['-a=x y', '-b=1 2', '-c={3; 4}{5 6}', "-d=it's"]);
    expect(splitOptions('   ')).toEqual([]);
  });

  test('gives back plain options however many blanks are between them', () => {
    const option = fc.stringMatching(/^-[a-z_]+=[0-9,.:]*$/);
    const blanks = fc.stringMatching(/^[ \t]{1,3}$/);
    fc.assert(fc.property(fc.array(fc.tuple(option, blanks)), (parts) => {
      expect(splitOptions(parts.flat().join(''))).toEqual(parts.map(([text]) => text));
    }));
  });
});
