// The names of event files, from the extractors that made them.

import { describe, expect, it } from 'vitest';
import { eventFileEndings, findEventFile } from '../../../../core/formats/eventFiles/index.ts';

describe('the file of an extractor', () => {
  it.each([
    ['xd=0,0,8,1,50', ['.nidq.xd_8_1_50']],
    ['-xid = 1,0,3,1,0', ['.obx0.obx.xid_3_1_0']],
    ['xd=2,1,384,6,500,10', ['.imec1.ap.xd_384_6_500']],
    ['xd=0,0,-1,1,50', ['.nidq.xd_*_1_50']],
    ['xd=0,0,8,1,2.5', ['.nidq.xd_8_1_2p5']],
    ['xa=0,0,2,3.0,4.5,0.5', ['.nidq.xa_2_0p5']],
    ['xia=1,1,2,3,4,25', ['.obx1.obx.xia_2_25']],
    ['XD=8,1,50', ['.nidq.xd_8_1_50', '.nidq.XD_8_1_50']],
    ['iXA=2,3.0,4.5,0.5', ['.nidq.xia_2_0p5', '.nidq.iXA_2_0p5']],
    ['SY=1,384,6,500', ['.imec1.ap.xd_384_6_500', '.imec1.SY_384_6_500']],
  ])('%s ends in %j', (extractor, endings) => {
    expect(eventFileEndings(extractor, 'psth_ex_str')).toEqual(endings);
  });

  it.each(['foo', 'xd=', 'xd=0,0,8', 'xd=0,0,a,1,0', 'bf=0,0,8,1,2,3'])('%j is not one', (extractor) => {
    expect(() => eventFileEndings(extractor, 'psth_ex_str')).toThrow(`psth_ex_str: '${extractor}' is not an extractor with its numbers`);
  });

  it('is looked for among the aligned ones first', () => {
    const aligned = ['/a/r_tcat.nidq.xd_8_1_50.adj.txt', '/a/r_tcat.nidq.xd_9_1_50.adj.txt'];
    const inPlace = ['/a/r_tcat.imec0.ap.xd_384_6_500.txt'];
    expect(findEventFile(['.nidq.xd_*_1_50'], { aligned, inPlace })).toBe(aligned[0]);
    expect(findEventFile(['.imec0.ap.xd_384_6_500'], { aligned, inPlace })).toBe(inPlace[0]);
    expect(findEventFile(['.nidq.xd_8_0_50'], { aligned, inPlace })).toBeUndefined();
  });
});
