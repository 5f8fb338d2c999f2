// Where CatGT looks for files and where it puts them.

import { describe, expect, it } from 'vitest';
import type { CatGTOptions } from '../../../../core/engines/catgt/command/options.ts';
import { addsToEarlierOutputs, fyiPath, inputBase, isInPlace, offsetsPath, outputBase, outputFolder, outputTop, supercatElement } from '../../../../core/engines/catgt/joining/paths.ts';
import { parseCatGTArguments } from '../../../../core/engines/catgt/command/parse.ts';

const ap = { kind: 'ap', index: 1 } as const;
const ni = { kind: 'nidq', index: 0 } as const;
const obx = { kind: 'obx', index: 2 } as const;

/** -dest must exist when parsed, so tests set it afterwards. */
function options(more: string, dest?: string): CatGTOptions {
  return { ...parseCatGTArguments(['-dir=/data', '-run=m x', '-g=3,4', '-t=0', '-ni', '-ob', '-obx=2', '-ap', '-prb=1', ...more.split(' ').filter(Boolean)], '/'), dest };
}

describe('inputs', () => {
  it('lie in the run folder of their gate', () => {
    expect(inputBase(options(''), 4, 7, ap)).toBe('/data/m x_g4/m x_g4_t7.imec1.ap');
    expect(inputBase(options(''), 3, 0, ni)).toBe('/data/m x_g3/m x_g3_t0.nidq');
    expect(inputBase(options(''), 3, 0, obx)).toBe('/data/m x_g3/m x_g3_t0.obx2.obx');
  });

  it('may lie in probe folders, or in no run folder', () => {
    expect(inputBase(options('-prb_fld'), 4, 7, ap)).toBe('/data/m x_g4/m x_g4_imec1/m x_g4_t7.imec1.ap');
    expect(inputBase(options('-prb_fld'), 4, 7, ni)).toBe('/data/m x_g4/m x_g4_t7.nidq');
    expect(inputBase(options('-no_run_fld'), 4, 7, ap)).toBe('/data/m x_g4_t7.imec1.ap');
    expect(inputBase(options('-no_run_fld -prb_fld'), 4, 7, ap)).toBe('/data/m x_g4_imec1/m x_g4_t7.imec1.ap');
  });

  it('may be exported, or of a 3A probe', () => {
    expect(inputBase(options('-exported'), 3, 0, ap)).toBe('/data/m x_g3/m x_g3_t0.exported.imec1.ap');
    expect(inputBase(options('-prb_3A'), 3, 0, { kind: 'lf', index: 0 })).toBe('/data/m x_g3/m x_g3_t0.imec.lf');
  });

  it('of an extraction pass lie in the folder that CatGT made', () => {
    expect(inputBase(options('-run=catgt_m -t=cat -no_tshift -prb_fld'), 3, 'cat', ap)).toBe('/data/catgt_m_g3/m_g3_imec1/m_g3_tcat.imec1.ap');
  });
});

describe('outputs', () => {
  it('lie beside the inputs of the first gate without -dest', () => {
    expect(outputBase(options('-prb_fld'), ap)).toBe('/data/m x_g3/m x_g3_imec1/m x_g3_tcat.imec1.ap');
    expect(outputBase(options('-prb_fld'), obx)).toBe('/data/m x_g3/m x_g3_tcat.obx2.obx');
    expect(outputBase(options('-no_run_fld'), ap)).toBe('/data/m x_g3_tcat.imec1.ap');
    expect(fyiPath(options(''))).toBe('/data/m x_g3/m x_g3_fyi.txt');
    expect(supercatElement(options(''))).toEqual({ parent: '/data', name: 'm x_g3' });
  });

  it('lie in a folder of their own with -dest, flat unless -out_prb_fld', () => {
    expect(outputTop(options('-prb_fld', '/out'))).toBe('/out/catgt_m x_g3');
    expect(outputFolder(options('-prb_fld', '/out'), ap)).toBe('/out/catgt_m x_g3');
    expect(outputBase(options('-out_prb_fld', '/out'), ap)).toBe('/out/catgt_m x_g3/m x_g3_imec1/m x_g3_tcat.imec1.ap');
    expect(outputBase(options('-out_prb_fld', '/out'), ni)).toBe('/out/catgt_m x_g3/m x_g3_tcat.nidq');
    expect(offsetsPath(options('', '/out'))).toBe('/out/catgt_m x_g3/m x_g3_ct_offsets.txt');
    expect(supercatElement(options('', '/out'))).toEqual({ parent: '/out', name: 'catgt_m x_g3' });
  });

  it('may lie in -dest itself', () => {
    expect(outputBase(options('-no_catgt_fld', '/out'), ap)).toBe('/out/m x_g3_tcat.imec1.ap');
    expect(supercatElement(options('-no_catgt_fld', '/out'))).toEqual({ parent: '/out', name: 'm x_g3' });
  });

  it('keep the tag of exported files, lists do not', () => {
    expect(outputBase(options('-exported', '/out'), ni)).toBe('/out/catgt_m x_g3/m x_g3_tcat.exported.nidq');
    expect(fyiPath(options('-exported', '/out'))).toBe('/out/catgt_m x_g3/m x_g3_fyi.txt');
  });

  it('may go to the root of a drive', () => {
    expect(outputBase(options('-no_catgt_fld', 'D:'), ni)).toBe('D:/m x_g3_tcat.nidq');
    expect(outputTop(options('', ''))).toBe('/catgt_m x_g3');
  });
});

describe('an extraction pass', () => {
  const pass = '-run=catgt_m -t=cat -no_tshift -prb_fld';

  it('works in place without -dest, or with the one of the first pass', () => {
    for (const dest of [undefined, '/data', '/data/sub/..']) {
      expect(isInPlace(options(pass, dest), ni)).toBe(true);
      expect(addsToEarlierOutputs(options(pass, dest))).toBe(true);
    }
    expect(fyiPath(options(pass))).toBe('/data/catgt_m_g3/m_g3_fyi.txt');
    expect(isInPlace(options(pass, '/data'), ap)).toBe(false); // flat in the top folder, unlike its input
    expect(isInPlace(options(`${pass} -out_prb_fld`, '/data'), ap)).toBe(true);
  });

  it('works apart with another -dest', () => {
    expect(isInPlace(options(pass, '/out'), ni)).toBe(false);
    expect(addsToEarlierOutputs(options(pass, '/out'))).toBe(false);
    expect(isInPlace(options(''), ni)).toBe(false);
  });
});
