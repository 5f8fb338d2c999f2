// From extractor options to thresholds in counts, widths in samples and file names.

import { describe, expect, it } from 'vitest';
import { InputFileError } from '../../../../core/common/index.ts';
import { planExtractions, syncWidthMs, type Extraction } from '../../../../core/engines/catgt/extract/index.ts';
import { parseCatGTArguments } from '../../../../core/engines/catgt/command/parse.ts';
import { streamFacts, type Meta, type StreamId } from '../../../../core/spikeglx/index.ts';
import { apMeta, meta, niMeta } from './metas.ts';

const ni: StreamId = { kind: 'nidq', index: 0 };
const ap: StreamId = { kind: 'ap', index: 0 };
const obx: StreamId = { kind: 'obx', index: 1 };

function plan(more: string, source: Meta = niMeta(), stream: StreamId = ni, syncMs = 500) {
  const options = parseCatGTArguments(['-dir=/d', '-run=r', '-g=0', '-t=0', '-ni', '-ob', '-obx=1', '-ap', '-lf', '-prb=0', ...more.split(' ').filter(Boolean)], '/');
  return planExtractions(options, source, streamFacts(source, stream), syncMs);
}
const suffixes = (extractions: readonly Extraction[]) => extractions.map((extraction) => extraction.timesSuffix);

describe('planExtractions', () => {
  it('names files by resolved column and width', () => {
    const { extractions } = plan('-no_auto_sync -xa=0,0,1,2,4,100 -xia=0,0,1,-0.5,0,2.5 -xd=0,0,-1,2,0 -xid=0,0,2,1,0 -bf=0,0,2,4,4,3');
    expect(suffixes(extractions)).toEqual(['.xa_1_100.txt', '.xia_1_2p5.txt', '.xd_2_2_0.txt', '.xid_2_1_0.txt', '.bft_2_4_4.txt']);
    expect(extractions[4]).toMatchObject({ valuesSuffix: '.bfv_2_4_4.txt', inARow: 3 });
    expect(extractions.map(({ rank }) => rank)).toEqual([0, 1, 2, 3, 4]);
  });

  it('turns volts into counts, the second threshold only where it lies beyond the first', () => {
    const [xa, once, xia, loose] = plan('-no_auto_sync -xa=0,0,1,2,4,0 -xa=0,0,1,2,0,1 -xia=0,0,1,-0.5,-1,2 -xia=0,0,1,-0.5,0,3').extractions;
    expect(xa).toMatchObject({ signal: { threshold: 13106 }, reach: { counts: 26213, from: 0 } });
    expect(once).not.toHaveProperty('reach');
    expect(xia).toMatchObject({ signal: { threshold: -3276 }, reach: { counts: -6553, from: 0 } });
    expect(loose).not.toHaveProperty('reach');
  });

  it('starts extremes at nothing with exact numerics', () => {
    const [xa, xia] = plan('-numerics=exact -no_auto_sync -xa=0,0,1,2,4,0 -xia=0,0,1,-0.5,-1,2').extractions;
    expect(xa).toMatchObject({ reach: { from: -Infinity } });
    expect(xia).toMatchObject({ reach: { from: Infinity } });
  });

  it('accepts widths within 20 %, or within the tolerance given', () => {
    const [usual, given, strict, any] = plan('-no_auto_sync -xd=0,0,2,1,50 -xd=0,0,2,1,100,2 -xd=0,0,2,1,10,0 -xd=0,0,2,1,0').extractions;
    expect(usual).toMatchObject({ width: { least: 1000, most: 1500 } });
    expect(given).toMatchObject({ width: { least: 2450, most: 2550 } });
    expect(strict).toMatchObject({ width: { least: 250, most: 250 } });
    expect(any).not.toHaveProperty('width');
  });

  it('takes -inarow for pulses', () => {
    expect(plan('-no_auto_sync -inarow=2 -xd=0,0,2,1,50').extractions[0].inARow).toBe(2);
  });

  it('takes the extractors of its own stream', () => {
    const more = '-no_auto_sync -xd=2,0,-1,3,50 -xd=0,0,2,1,50 -xd=1,1,-1,0,0';
    expect(suffixes(plan(more).extractions)).toEqual(['.xd_2_1_50.txt']);
    expect(suffixes(plan(more, apMeta(), ap).extractions)).toEqual(['.xd_16_3_50.txt']);
    expect(suffixes(plan(more, meta({ nSavedChans: 13, obSampRate: 30303 }), obx).extractions)).toEqual(['.xd_12_0_0.txt']);
    expect(plan(more, apMeta({ snsApLfSy: '0,16,1' }), { kind: 'lf', index: 0 }).extractions).toEqual([]);
  });

  it('leaves out, with a warning, what looks beyond the last column, and counts on without it', () => {
    const { extractions, warnings } = plan('-no_auto_sync -xd=0,0,8,1,50 -xd=0,0,2,1,50');
    expect(warnings).toEqual(['Word 8 >= nchans (3) in nidq: -xd=0,0,8,1,50 is left out.']);
    expect(extractions).toMatchObject([{ column: 2, rank: 0 }]);
  });

  it('warns when two write one file', () => {
    const { extractions, warnings } = plan('-no_auto_sync -xa=0,0,1,2,4,100 -xa=0,0,1,2,0,100');
    expect(extractions).toHaveLength(2);
    expect(warnings).toEqual(['Two extractors write the file *.xa_1_100.txt of nidq: the later one, -xa=0,0,1,2,0,100, stays.']);
  });

  it('needs the voltage range for analog channels', () => {
    const withoutRange = meta({ nSavedChans: 3, niSampRate: 25000 });
    expect(() => plan('-no_auto_sync -xa=0,0,1,2,4,100', withoutRange)).toThrow(InputFileError);
  });
});

describe('automatic sync', () => {
  it('looks at bit 6 of the last column of probes and OneBoxes', () => {
    expect(plan('', apMeta(), ap).extractions).toMatchObject([{ column: 16, signal: { bit: 6 }, timesSuffix: '.xd_16_6_500.txt', automatic: true, rank: undefined }]);
    expect(plan('', meta({ nSavedChans: 13, obSampRate: 30303 }), obx).extractions).toMatchObject([{ timesSuffix: '.xd_12_6_500.txt' }]);
  });

  it('looks where the NI meta says', () => {
    expect(plan('-xd=0,0,2,1,50').extractions).toMatchObject([{ timesSuffix: '.xd_2_0_500.txt', automatic: true, width: { least: 10000, most: 15000 } }, { timesSuffix: '.xd_2_1_50.txt', rank: 0 }]);
    expect(plan('', niMeta({ syncNiChan: 1, syncNiChanType: 1 })).extractions).toMatchObject([{ timesSuffix: '.xa_1_500.txt', signal: { threshold: 7208 } }]);
    const twoWords = niMeta({ acqMnMaXaDw: '4,2,2,2', nSavedChans: 3, snsSaveChanSubset: '0,8,9', syncNiChan: 21 });
    expect(plan('', twoWords).extractions).toMatchObject([{ column: 2, signal: { bit: 5 } }]);
  });

  it('says why it finds none', () => {
    expect(plan('', niMeta({ syncNiChan: 16 })).warnings).toEqual(['No sync edges are extracted from nidq: the digital word of line 16, which has the sync wave, was not saved.']);
    expect(plan('', niMeta({ syncNiChan: 5, syncNiChanType: 1 })).warnings[0]).toMatch(/analog channel 5/);
    expect(plan('', meta({ nSavedChans: 3, niSampRate: 25000 })).warnings[0]).toMatch(/syncNiChan/);
  });

  it('takes half a period from the first meta that knows it, fractions included', () => {
    expect(syncWidthMs([niMeta({ syncSourcePeriod: '1.0' })])).toBe(500);
    expect(syncWidthMs([meta({ a: 1 }), niMeta({ syncSourcePeriod: 0.5 }), niMeta()])).toBe(250);
    expect(syncWidthMs([meta({ a: 1 })])).toBe(0);
  });
});
