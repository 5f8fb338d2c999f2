// The metas of simulated runs, read back by the reader of real ones.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { apGain, geometry, metaNumber, metaText, microvoltsPerCount, probeFacts, probeTable, savedChannels, streamFacts } from '../../../core/spikeglx/index.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import type { QuickOverrides, SimulatedRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { fileOf, metaOf, samplesOf } from './read.ts';

const short = (overrides: QuickOverrides): Promise<SimulatedRun> => quickRun(temporaryFolder(), { seconds: 0.05, ni: null, ...overrides });

const partNumbers = probeTable.map(({ partNumbers: [first] }) => first!.replace('PRB_1_4*', 'PRB_1_4_0480_1').replace('PRB2_1*', 'PRB2_1_2_0640_0').replace('PRB2_4*', 'PRB2_4_2_0640_0'));

describe.each(partNumbers)('%s', (partNumber) => {
  test('has a meta that fits its file and its probe', async () => {
    const run = await short({ partNumber, savedChannels: 'all' });
    const file = fileOf(run, 'imec0.ap');
    const meta = metaOf(file);
    const facts = probeFacts(meta);
    const stream = streamFacts(meta, file.stream);
    expect(stream.columns).toBe(facts.acqAp + facts.acqSy);
    expect(stream.neural).toBe(facts.acqAp);
    expect(stream.bytes).toBe(2 * samplesOf(file).length);
    expect(stream.firstSample).toBe(file.firstSample);
    expect(stream.rate).toBe(file.rate);
    expect(metaNumber(meta, 'imMaxInt')).toBe(facts.maxInt);
    expect(run.files.length).toBe(facts.acqLf > 0 ? 2 : 1);
    const scale = microvoltsPerCount(meta, file.stream);
    expect(scale[0]).toBeCloseTo((1e6 * facts.vmax) / facts.maxInt / apGain(meta), 9);
    expect(scale.at(-1)).toBeNaN();
  });

  test('has the same sites by both of its maps', async () => {
    const whole = metaOf(fileOf(await short({ partNumber, savedChannels: 'all' }), 'imec0.ap'));
    const old = metaOf(fileOf(await short({ partNumber, savedChannels: 'all', probe: { meta: { omit: ['~snsGeomMap'] } } }), 'imec0.ap'));
    expect(geometry(old).source).toBe('shankMap');
    const places = (meta: typeof whole) => geometry(meta).sites.map(({ shank, x, y, used }) => [shank, x, y, used]);
    expect(places(whole)).toEqual(places(old));
    expect(new Set(places(whole).map(([shank, x, y]) => `${shank} ${x} ${y}`)).size).toBe(places(whole).length);
  });
});

describe('saved channels', () => {
  test('are the columns of AP and LF, with SY behind', async () => {
    const run = await short({ savedChannels: '12:27,768' });
    expect(savedChannels(metaOf(fileOf(run, 'imec0.ap')))).toEqual([...Array.from({ length: 16 }, (_, index) => 12 + index), 768]);
    expect(savedChannels(metaOf(fileOf(run, 'imec0.lf')))).toEqual([...Array.from({ length: 16 }, (_, index) => 396 + index), 768]);
    const lf = metaOf(fileOf(run, 'imec0.lf'));
    expect(metaText(lf, 'snsApLfSy')).toBe('0,16,1');
    expect(metaText(lf, '~snsChanMap')).toMatch(/^\(384,384,1\)\(LF12;396:0\).*\(SY0;768:16\)$/);
    expect(geometry(lf).sites[0]).toMatchObject({ shank: 0, x: 27, y: 120 });
  });

  test('may be without SY, or of LF different from AP', async () => {
    const run = await short({ savedChannels: '0:3,500:501', probe: { sy: 'unsaved' } });
    expect(savedChannels(metaOf(fileOf(run, 'imec0.ap')))).toEqual([0, 1, 2, 3]);
    expect(savedChannels(metaOf(fileOf(run, 'imec0.lf')))).toEqual([500, 501]);
  });

  test('of NI and OneBox can be chosen too', async () => {
    const run = await short({ probes: [], ni: { mn: 1, ma: 1, xa: 2, xd: 2, savedChannels: '0,3:4' }, oneBoxes: [{ savedChannels: '0:1,12:13' }] });
    const ni = metaOf(fileOf(run, 'nidq'));
    expect([metaText(ni, 'acqMnMaXaDw'), metaText(ni, 'snsMnMaXaDw'), metaText(ni, 'nSavedChans')]).toEqual(['1,1,2,2', '1,0,1,1', '3']);
    const obx = metaOf(fileOf(run, 'obx0'));
    expect([metaText(obx, 'acqXaDwSy'), metaText(obx, 'snsXaDwSy'), metaText(obx, '~snsChanMap')]).toEqual(['12,1,1', '2,1,1', '(12,1,1)(XA0;0:0)(XA1;1:1)(XD0;12:2)(SY0;13:3)']);
    expect(streamFacts(obx, { kind: 'obx', index: 0 }).channels).toEqual([0, 1, 12, 13]);
  });
});

test('four-shank probes are read in stripes, as SpikeGLX sets them up', async () => {
  const meta = metaOf(fileOf(await short({ partNumber: 'NP2010', savedChannels: 'all' }), 'imec0.ap'));
  const at = (channel: number) => geometry(meta).sites.slice(channel, channel + 1).map(({ shank, row }) => [shank, row])[0];
  // From a recording made with SpikeGLX's 'stripe at row 0' table of a NP2010.
  expect([0, 48, 96, 144, 192, 240, 288, 336].map(at)).toEqual([[0, 0], [1, 0], [0, 24], [1, 24], [2, 0], [3, 0], [2, 24], [3, 24]]);
});

test('channels may have gains of their own', async () => {
  const run = await short({ probe: { apGain: 1000, channelGains: [{ channels: '4:5', apGain: 250, lfGain: 125 }] } });
  const [ap, lf] = [fileOf(run, 'imec0.ap'), fileOf(run, 'imec0.lf')];
  const scale = microvoltsPerCount(metaOf(ap), ap.stream);
  expect([scale[3], scale[4]]).toEqual([1.171875, 4.6875]);
  expect(microvoltsPerCount(metaOf(lf), lf.stream)[4]).toBe(9.375);
});

describe('metas as they come', () => {
  test('keys can be left out, added, changed', async () => {
    const meta = metaOf(fileOf(await short({ probe: { meta: { omit: ['firstSample', 'imMaxInt'], set: { rmt_MOUSE: 'm=42', syncSourcePeriod: '1.0' } } } }), 'imec0.ap'));
    expect([metaText(meta, 'firstSample'), metaText(meta, 'imMaxInt'), metaText(meta, 'rmt_MOUSE'), metaText(meta, 'syncSourcePeriod')]).toEqual([undefined, undefined, 'm=42', '1.0']);
  });

  test('Latin-1, CRLF and a byte order mark', async () => {
    const latin = metaOf(fileOf(await short({ probe: { meta: { latin1: true, crlf: true } } }), 'imec0.ap'));
    expect([latin.encoding, metaText(latin, 'userNotes')]).toEqual(['latin1', 'simulated; sujet à bande étroite, 37 °C']);
    const file = fileOf(await short({ probe: { meta: { bom: true } } }), 'imec0.ap');
    expect(readFileSync(file.meta).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(metaText(metaOf(file), 'acqApLfSy')).toBe('384,384,1');
  });

  test('probes on other drives, no run or probe folders', async () => {
    const split = await short({ name: 'mäx 1', probe: { drive: 'drive E' } });
    expect(fileOf(split, 'imec0.ap').bin).toMatch(/drive E.mäx 1_g0.mäx 1_g0_imec0.mäx 1_g0_t0\.imec0\.ap\.bin$/);
    const flat = await short({ runFolder: false, probeFolders: false });
    expect(fileOf(flat, 'imec0.ap').bin).toBe(`${flat.dest}${fileOf(flat, 'imec0.ap').bin.slice(flat.dest.length, flat.dest.length + 1)}quick_g0_t0.imec0.ap.bin`);
  });
});
