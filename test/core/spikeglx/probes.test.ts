import { describe, expect, it } from 'vitest';
import { apGain, findProbeFacts, isNegated, microvoltsPerCount, muxRow, muxTableText, probeFacts, probeTable, streamFacts, isSurvey, tshiftDivisor } from '../../../core/spikeglx/index.ts';
import { apValues, metaOf, niValues } from './recording.ts';

const ofPart = (imDatPrb_pn: string) => probeFacts(metaOf({ imDatPrb_pn }));
const ap = { kind: 'ap', index: 0 } as const;

describe('probe facts', () => {
  it.each([
    ['PRB_1_4_0480_1', 0, 384, 1, 512, 12],
    ['NP1110', 1110, 384, 1, 512, 12],
    ['NP1200', 1200, 128, 1, 512, 12],
    ['PRB2_4_2_0640_0', 24, 384, 4, 8192, 16],
    ['NP2014', 2013, 384, 4, 2048, 16],
    ['NP2021', 2020, 1536, 4, 2048, 16],
    ['NP3010', 3010, 912, 1, 2048, 16],
    ['NP3024', 3023, 1536, 4, 2048, 16],
  ])('%s', (part, type, acqAp, shanks, maxInt, muxGroups) => {
    expect(ofPart(part)).toMatchObject({ partNumber: part, type, acqAp, shanks, maxInt, muxGroups, known: true });
  });

  it('tells phase 3A by its option; option 4 has 276 channels', () => {
    expect(probeFacts(metaOf({ imProbeOpt: 3 }))).toMatchObject({ partNumber: '3A', type: -3, acqAp: 384 });
    expect(probeFacts(metaOf({ snsApLfSy: '384,0,1' }))).toMatchObject({ partNumber: '3A' });
    expect(findProbeFacts(metaOf({ snsApLfSy: '384,0,1', imDatPrb_type: 24 }))).toBeUndefined();
    expect(probeFacts(metaOf({ imProbeOpt: 4 }))).toMatchObject({ acqAp: 276, acqLf: 276 });
  });

  it('does not know every part number', () => {
    const meta = metaOf({ imDatPrb_pn: 'NP9999' });
    expect(findProbeFacts(meta)).toBeUndefined();
    expect(() => probeFacts(meta)).toThrow("part number 'NP9999' is not known");
    expect(() => probeFacts(metaOf(niValues))).toThrow('not of a probe');
  });

  it('has every part number once', () => {
    const numbers = probeTable.flatMap((entry) => entry.partNumbers);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('tells recordings of 3.0 probes that early software wrote upside down', () => {
    expect(isNegated(metaOf({ imDatPrb_type: 3010, imDatApi: '4.0.1' }))).toBe(true);
    expect(isNegated(metaOf({ imDatPrb_type: 3010, imDatApi: '4.1.3' }))).toBe(false);
    expect(isNegated(metaOf({ imDatPrb_type: 24, imDatApi: '3.31' }))).toBe(false);
  });
});

describe('the multiplex table', () => {
  it('puts pairs of channels into rows', () => {
    const np1 = ofPart('NP1010');
    expect([0, 1, 2, 24, 25, 383].map((channel) => muxRow(np1, channel))).toEqual([0, 0, 1, 0, 0, 11]);
    expect([0, 31, 32, 383].map((channel) => muxRow(ofPart('NP2013'), channel))).toEqual([0, 15, 0, 15]);
    expect(muxTableText(np1)).toMatch(/^\(32,12\)\(0 1 24 25 48 49 .*\)\(2 3 26 27 /);
  });

  it('is irregular for type 1200, and the same for its LF channels', () => {
    const np1200 = ofPart('NP1200');
    expect([84, 0, 123, 98, 84 + 128].map((channel) => muxRow(np1200, channel))).toEqual([0, 2, 4, 11, 0]);
    const rows = Array.from({ length: 128 }, (_, channel) => muxRow(np1200, channel));
    expect(Array.from({ length: 12 }, (_, row) => rows.filter((other) => other === row).length)).toEqual([12, 12, 12, 12, 10, 10, 10, 10, 10, 10, 10, 10]);
  });

  it('takes a thirteenth turn for the LF band', () => {
    expect(tshiftDivisor(ofPart('NP1010'), 'ap')).toBe(13);
    expect(tshiftDivisor(ofPart('NP1010'), 'lf')).toBe(12);
    expect(tshiftDivisor(ofPart('NP2013'), 'ap')).toBe(16);
  });
});

describe('microvolts per count', () => {
  it('follow the gain of each channel', () => {
    const meta = metaOf(apValues);
    expect(apGain(meta)).toBe(500);
    expect([...microvoltsPerCount(meta, ap)]).toEqual([2.34375, 4.6875, 1.171875, 2.34375, NaN]);
  });

  it('of LF files use the LF gains', () => {
    const lf = metaOf({ ...apValues, snsApLfSy: '0,4,1', snsSaveChanSubset: '384:386,575,768' });
    expect([...microvoltsPerCount(lf, { kind: 'lf', index: 0 })]).toEqual([4.6875, 9.375, 23.4375, 4.6875, NaN]);
  });

  it('of probes with one gain need no table', () => {
    const np24 = metaOf({ imDatPrb_pn: 'NP2010', imSampRate: 30000, nSavedChans: 2, snsApLfSy: '1,0,1', snsSaveChanSubset: '5,384' });
    expect(microvoltsPerCount(np24, ap)[0]).toBe(0.762939453125);
  });

  it('of NP1110 stand in the header of its table', () => {
    const uhd = metaOf({ ...apValues, imDatPrb_pn: 'NP1110', '~imroTbl': '(1110,2,0,250,125,1)(0 0 0)(1 0 0)' });
    expect(apGain(uhd)).toBe(250);
  });

  it('of an unknown probe come from imChan0apGain', () => {
    const unknown = { ...apValues, imDatPrb_pn: 'NP9999', '~imroTbl': '(9999,384)(0 0 0 0)' };
    expect(apGain(metaOf({ ...unknown, imChan0apGain: 100 }))).toBe(100);
    expect(() => apGain(metaOf(unknown))).toThrow('does not tell the gain');
  });

  it('of NI follow the kind of channel', () => {
    const scale = microvoltsPerCount(metaOf(niValues), { kind: 'nidq', index: 0 });
    expect([...scale]).toEqual([5e6 / 32768 / 200, 5e6 / 32768, NaN]);
  });

  it('of a OneBox end with its analog channels', () => {
    const obx = metaOf({ nSavedChans: 3, obSampRate: 30300, obAiRangeMax: 5, obMaxInt: 32768, snsXaDwSy: '1,1,1' });
    expect([...microvoltsPerCount(obx, { kind: 'obx', index: 0 })]).toEqual([5e6 / 32768, NaN, NaN]);
  });
});

describe('stream facts', () => {
  it('are columns, neural columns, rate and length', () => {
    const facts = streamFacts(metaOf({ ...apValues, firstSample: 12, fileSizeBytes: 5e12 }), ap);
    expect(facts).toMatchObject({ columns: 5, neural: 4, rate: 30000, firstSample: 12, bytes: 5e12, channels: [0, 1, 2, 191, 768] });
    expect(streamFacts(metaOf(niValues), { kind: 'nidq', index: 0 })).toMatchObject({ neural: 0, rate: 25000, firstSample: undefined, bytes: undefined });
  });

  it('refuse impossible rates and counts', () => {
    expect(() => streamFacts(metaOf({ ...apValues, imSampRate: 0 }), ap)).toThrow("'imSampRate' is 0");
    expect(() => streamFacts(metaOf({ ...apValues, snsApLfSy: '4' }), ap)).toThrow('snsApLfSy');
  });

  it('recognise survey runs', () => {
    expect(isSurvey(metaOf({ imIsSvyRun: 'true' }))).toBe(true);
    expect(isSurvey(metaOf({ svySegStartSecs: '0,35' }))).toBe(true);
    expect(isSurvey(metaOf({ imIsSvyRun: 'false' }))).toBe(false);
  });
});
