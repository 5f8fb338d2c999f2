// The cards' chain and the session's keys are the same thing said twice.

import { describe, expect, test } from 'vitest';
import { chainOf, chainText, notationOf, orderText, patchChain } from '../../../../../../renderer/screens/session/steps/preprocess/chain.ts';

const session = {
  catGT_cmd_string: '-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gfix=0.4,0.10,0.02 -chnexcl={0;191}',
  car_mode: 'gblcar', loccar_min: 40, loccar_max: 160, process_lf: false,
};

describe('a chain', () => {
  test('is read from the session', () => {
    expect(chainOf(session)).toEqual({
      apFilter: { type: 'butter', order: 12, high_Hz: 300, low_Hz: 10000 }, lfFilter: { type: 'butter', order: 12, high_Hz: 1, low_Hz: 500 },
      tshift: true, gfix: { amp_mV: 0.4, slope_mV: 0.1, base_mV: 0.02 }, badChannels: 'leave', car: 'gblcar', inner_um: 40, outer_um: 160, lf: false, downsample: 12, edits: false, health: false,
    });
  });

  test('is written with other options left where they are', () => {
    const keys = patchChain(session, { apFilter: null, tshift: false, car: 'loccar' });
    expect(keys).toEqual({ catGT_cmd_string: '-prb_fld -out_prb_fld -lffilter=butter,12,1,500 -gfix=0.4,0.10,0.02 -chnexcl={0;191} -no_tshift', car_mode: 'loccar' });
    expect(chainOf({ ...session, ...keys })).toMatchObject({ apFilter: null, tshift: false, car: 'loccar' });
  });

  test('read, changed and changed back is the session it was', () => {
    const off = { ...session, ...patchChain(session, { tshift: false }) };
    expect({ ...off, ...patchChain(off, { tshift: true }) }).toEqual(session);
    expect(patchChain(session, {})).toEqual({});
  });

  test('lists beside the files are words of the command, and no part of the preview', () => {
    const on = { ...session, ...patchChain(session, { edits: true, health: true }) };
    expect(on.catGT_cmd_string).toBe(`${session.catGT_cmd_string} -edits -health`);
    expect(chainOf(on)).toMatchObject({ edits: true, health: true });
    expect(notationOf(on)).toBe(`${notationOf(session)} -edits -health`);
    expect(chainText(on, 'ap')).toBe(chainText(session, 'ap'));
    expect({ ...on, ...patchChain(on, { edits: false, health: false }) }).toEqual(session);
  });

  test('biquad is always of order 2', () => {
    expect(patchChain(session, { apFilter: { type: 'biquad', order: 12, high_Hz: 300, low_Hz: 9000 } }).catGT_cmd_string).toContain('-apfilter=biquad,2,300,9000');
  });
});

describe('bad channels', () => {
  test('are a word of the command, which is shown but not previewed', () => {
    const keys = patchChain(session, { badChannels: 'interpolate' });
    expect(keys.catGT_cmd_string).toBe(`${session.catGT_cmd_string} -bad_channels=interpolate`);
    const changed = { ...session, ...keys };
    expect(chainOf(changed).badChannels).toBe('interpolate');
    expect(notationOf(changed)).toContain('-bad_channels=interpolate');
    expect(chainText(changed, 'ap')).toBe(chainText(session, 'ap'));
    expect({ ...changed, ...patchChain(changed, { badChannels: 'leave' }) }).toEqual(session);
  });
});

describe('as CatGT options', () => {
  test('AP has filter, gfix, CAR and exclusions; loccar is in um', () => {
    expect(chainText(session, 'ap')).toBe('-apfilter=butter,12,300,10000 -gfix=0.4,0.1,0.02 -gblcar -chnexcl={0;191}');
    expect(chainText({ ...session, car_mode: 'loccar' }, 'ap')).toContain('-loccar_um=40,160');
    expect(chainText(session, 'ap', { car: 'none' })).not.toContain('car');
  });

  test('LF has its own filter and no CAR', () => {
    expect(chainText(session, 'lf')).toBe('-lffilter=butter,12,1,500 -chnexcl={0;191}');
  });

  test('nothing set is said in words', () => {
    expect(notationOf({ catGT_cmd_string: '', car_mode: 'None' })).toBe('samples stay as they are');
    expect(notationOf({ ...session, process_lf: true })).toContain('-lf -lffilter=butter,12,1,500');
  });
});

test('the order is explained in the field\'s way and by its slope', () => {
  expect(orderText(12)).toBe('order 12 here = order 3 run forward and back (filtfilt); order 6 = one pass of order 3. At order 12 each corner falls by 72 dB per octave.');
});
