import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatChannelList, parseChannelList, savedChannels } from '../../../core/spikeglx/index.ts';
import { apValues, metaOf } from './recording.ts';

describe('channel lists', () => {
  it('are sorted and unique, ranges run either way', () => {
    expect(parseChannelList('9:7, 0:2;2,8')).toEqual([0, 1, 2, 7, 8, 9]);
    expect(parseChannelList('12:14,768')).toEqual([12, 13, 14, 768]);
  });

  it.each(['', ' ', '*', 'all', 'ALL'])("'%s' means all", (text) => expect(parseChannelList(text)).toBe('all'));

  it.each(['a', '1:', ':3', '1-3', '1,,2', '-1', '1.5', '0:99999999'])("'%s' is refused", (text) => {
    expect(() => parseChannelList(text)).toThrow(RangeError);
  });

  it('are printed with runs of two or more as ranges', () => {
    expect(formatChannelList([768, 0, 1, 5, 3, 1])).toBe('0:1,3,5,768');
    expect(formatChannelList([])).toBe('');
  });

  it('read back as they were', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2000), { minLength: 1 }), (channels) => {
        expect(parseChannelList(formatChannelList(channels))).toEqual([...channels].sort((a, b) => a - b));
      }),
      { seed: 3 },
    );
  });
});

describe('saved channels', () => {
  it('are those of snsSaveChanSubset', () => {
    expect(savedChannels(metaOf(apValues))).toEqual([0, 1, 2, 191, 768]);
  });

  it('must be as many as there are columns', () => {
    expect(() => savedChannels(metaOf({ ...apValues, nSavedChans: 6 }))).toThrow('snsSaveChanSubset lists 5 channels but nSavedChans is 6');
    expect(() => savedChannels(metaOf({ ...apValues, snsSaveChanSubset: '0-4' }))).toThrow("snsSaveChanSubset: '0-4'");
  });

  it('of "all" are all of that stream', () => {
    const all = { acqApLfSy: '2,2,1', nSavedChans: 3, snsSaveChanSubset: 'all' };
    expect(savedChannels(metaOf({ ...all, snsApLfSy: '2,0,1' }))).toEqual([0, 1, 4]);
    expect(savedChannels(metaOf({ ...all, snsApLfSy: '0,2,1' }))).toEqual([2, 3, 4]);
    expect(savedChannels(metaOf({ nSavedChans: 3 }))).toEqual([0, 1, 2]);
  });

  it('may hold four SY words', () => {
    const quad = metaOf({ acqApLfSy: '1536,0,4', nSavedChans: 6, snsApLfSy: '2,0,4', snsSaveChanSubset: '0:1,1536:1539' });
    expect(savedChannels(quad)).toEqual([0, 1, 1536, 1537, 1538, 1539]);
  });
});
