// CatGT options as text: one is set, the others stay as they were.

import { describe, expect, test } from 'vitest';
import { catgtValues, hasCatgtOption, withCatgtOption, withCatgtOptions } from '../../../../core/service/contract/index.ts';

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
