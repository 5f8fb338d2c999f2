// The canonical command, as CatGT 5.3 logged it for the same arguments ("Command (active)").

import { describe, expect, it } from 'vitest';
import { canonicalCommand } from '../../../../core/engines/catgt/command/canonical.ts';
import { parseCatGTArguments } from '../../../../core/engines/catgt/command/parse.ts';

/** `-dest` must exist when parsed, so it is put in afterwards. */
const canonical = (text: string, dest?: string) => canonicalCommand({ ...parseCatGTArguments(text.split(' '), '/'), dest });

describe('the canonical command', () => {
  it.each([
    [
      'many options, extractors by stream',
      '-dir=/in -run=gold -prb_fld -out_prb_fld -g=0 -t=0,2 -ap -lf -ni -prb=0:1 -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gblcar -gfix=0.40,0.10,0.02 -xa=0,0,0,1.1,2.0,50 -xia=0,0,1,-0.5,0,12 -xd=0,0,2,1,100,2 -xd=2,0,-1,3,50 -xd=2,1,-1,3,100 -bf=0,0,2,4,4,3',
      'CatGT -dir=/in -run=gold -g=0 -t=0,2 -prb_fld -ni -ap -lf -prb=0:1 -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gblcar -gfix=0.4,0.1,0.02 -xa=0,0,0,1.1,2,50 -xia=0,0,1,-0.5,0,12 -xd=0,0,2,1,100,2 -bf=0,0,2,4,4,3 -xd=2,0,-1,3,50 -xd=2,1,-1,3,100 -dest=/out/base -out_prb_fld',
    ],
    ['lists beside the outputs', '-dir=/in -run=gold -g=0 -t=0 -ap -prb=0 -health -edits', 'CatGT -dir=/in -run=gold -g=0 -t=0 -ap -prb=0 -edits -health'],
    ['a list of gates', '-dir=/in -run=gold -gtlist={0,0,2}{1,0,0} -ni', 'CatGT -dir=/in -run=gold -gtlist={0,0,2}{1,0,0} -ni'],
    ['a range of gates', '-dir=/in -run=gold -g=0,1 -t=0 -ni', 'CatGT -dir=/in -run=gold -g=0,1 -t=0 -ni'],
    [
      'an extraction pass',
      '-dir=/in -run=catgt_gold -g=0 -t=cat -prb_fld -no_tshift -ap -ni -prb=0 -xd=0,0,2,1,100 -xd=2,0,-1,3,50 -bf=0,0,2,4,4,1 -inarow=1 -no_auto_sync',
      'CatGT -dir=/in -run=catgt_gold -g=0 -t=cat -prb_fld -ni -ap -prb=0 -no_tshift -xd=0,0,2,1,100 -bf=0,0,2,4,4,1 -xd=2,0,-1,3,50 -inarow=1 -no_auto_sync',
    ],
    [
      'a search for bad channels',
      '-dir=/in -run=gold -g=0 -t=0,2 -bad_channels=interpolate -ap -prb=0 -gblcar',
      'CatGT -dir=/in -run=gold -g=0 -t=0,2 -ap -prb=0 -gblcar -bad_channels=interpolate',
    ],
    [
      'channels to exclude',
      '-dir=/in -run=gold -g=0 -t=0,2 -ap -prb=1,0 -gblcar -chnexcl={0;10:12,20}{1;0,5}',
      'CatGT -dir=/in -run=gold -g=0 -t=0,2 -ap -prb=0:1 -gblcar -chnexcl={0;10:12,20}{1;0,5}',
    ],
    [
      'joining, and LF from AP',
      '-dir=/in -run=gold -g=0 -t=0,2 -t_miss_ok -lf -prb=1 -maxsecs=2.50 -startsecs=0.75 -zerofillmax=20 -no_linefill -no_tshift -ap2lf_dwnsmp=30 -lffilter=butter,12,0,300',
      'CatGT -dir=/in -run=gold -g=0 -t=0,2 -t_miss_ok -lf -prb=1 -zerofillmax=20 -no_linefill -startsecs=0.75 -maxsecs=2.5 -lffilter=butter,12,0,300 -ap2lf_dwnsmp=30 -no_tshift',
    ],
    [
      'chosen channels, by stream and probe',
      '-dir=/in -run=gold -g=0 -t=0,1 -ap -lf -prb=0:1 -save=2,0,0,2:9,768 -maxZ=1,1,100.0 -save=2,0,5,20,12:19,768 -save=3,0,5,386:394,768 -save=2,1,11,0:11,384 -maxZ=0,0,6 -sepShanks=1,1010,-1,1012,1013',
      'CatGT -dir=/in -run=gold -g=0 -t=0,1 -ap -lf -prb=0:1 -save=2,0,0,2:9,768 -save=2,0,5,12:20,768 -save=2,1,11,0:11,384 -save=3,0,5,386:394,768 -sepShanks=1,1010,-1,1012,1013 -maxZ=0,0,6 -maxZ=1,1,100',
    ],
    ['a square ring', '-dir=/in -run=gold -g=0 -t=0 -ap -prb=0 -loccar=2,8', 'CatGT -dir=/in -run=gold -g=0 -t=0 -ap -prb=0 -loccar=2,8'],
    ['a ring', '-dir=/in -run=gold -g=0 -t=0 -ap -prb=0:1 -loccar_um=40,160', 'CatGT -dir=/in -run=gold -g=0 -t=0 -ap -prb=0:1 -loccar_um=40,160'],
  ])('has %s', (_what, given, expected) => {
    expect(canonical(given, given.includes('-out_prb_fld') ? '/out/base' : undefined)).toBe(expected);
  });

  it('leaves out what cannot apply', () => {
    expect(canonical('-dir=/in -run=gold -g=0 -t=0 -ni -prb=0 -obx=1 -no_catgt_fld -out_prb_fld')).toBe('CatGT -dir=/in -run=gold -g=0 -t=0 -ni');
  });

  it('says when the numerics are not the native ones, but not how many workers there were', () => {
    expect(canonical('-dir=/in -run=gold -g=0 -t=0 -ni -numerics=exact -workers=2')).toBe('CatGT -dir=/in -run=gold -g=0 -t=0 -ni -numerics=exact');
    expect(canonical('-dir=/in -run=gold -g=0 -t=0 -ni -numerics=native')).toBe('CatGT -dir=/in -run=gold -g=0 -t=0 -ni');
  });

  it('names the root of a drive', () => {
    expect(canonical('-dir=/ -run=gold -g=0 -t=0 -ni', '')).toBe('CatGT -dir=/ -run=gold -g=0 -t=0 -ni -dest=/');
  });

  it('reads back as the same options', () => {
    const once = canonical('-dir=/in -run=gold -prb_fld -g=0 -t=0,2 -ob -obx=0,2:3 -ap -prb=0 -gbldmx -xd=2,0,-1,3,2.5 -xa=1,0,0,1,2,3');
    expect(canonical(once.slice('CatGT '.length))).toBe(once);
  });
});
