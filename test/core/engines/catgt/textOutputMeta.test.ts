// The meta of an output, compared with what CatGT 5.3 wrote for the same input.

import { describe, expect, it } from 'vitest';
import { outputMeta, type OutputMetaFacts } from '../../../../core/engines/catgt/text/index.ts';
import { editMeta, serializeMeta } from '../../../../core/spikeglx/index.ts';
import { apMeta } from './metas.ts';

const facts: OutputMetaFacts = {
  fileName: '/out/gold_g0_tcat.imec0.ap.bin',
  samples: 147606,
  rate: 30000.0732,
  files: 3,
  gates: [0, 0],
  triggers: [0, 2],
  command: 'CatGT -dir=/in',
  created: new Date(2026, 10, 2, 7, 5, 9),
};

describe('the meta of an output', () => {
  it('replaces what belongs to the file and keeps the rest', () => {
    const source = apMeta({ imSampRate: 30000.0732, fileSHA1: 'F521', fileSizeBytes: 2652000, someDay: 'kept = as is' });
    const { values } = outputMeta(source, facts);
    expect(Object.fromEntries(values)).toEqual({
      ...Object.fromEntries(source.values),
      catGTCmdline0: '<CatGT -dir=/in>',
      catGVals: '0,0',
      catNFiles: '3',
      catTVals: '0,2',
      fileCreateTime: '2026-11-02T07:05:09',
      fileCreateTime_original: '2024-07-01T12:00:00',
      fileName: '/out/gold_g0_tcat.imec0.ap.bin',
      fileSHA1: '0',
      fileSizeBytes: '5018604',
      fileTimeSecs: '4.920187994741293',
    });
    expect(values.get('firstSample')).toBe('360000');
    expect(source.values.get('fileSizeBytes')).toBe('2652000');
  });

  it('adds its command to those of earlier passes', () => {
    const { values } = outputMeta(apMeta({ catGTCmdline0: '<CatGT first>' }), { ...facts, fileName: '', triggers: [-1, -1] });
    expect([values.get('catGTCmdline0'), values.get('catGTCmdline1'), values.get('fileName'), values.get('catTVals')]).toEqual(['<CatGT first>', '<CatGT -dir=/in>', '', '-1,-1']);
  });

  it('begins later with -startsecs', () => {
    expect(outputMeta(apMeta(), { ...facts, skipped: 22499 }).values.get('firstSample')).toBe('382499');
    const old = editMeta(apMeta(), { firstSample: undefined });
    expect(outputMeta(old, { ...facts, skipped: 5 }).values.has('firstSample')).toBe(false);
  });

  it('marks the channels that were kept from references', () => {
    const geometry = { '~snsGeomMap': '(NP1010,1,0,70)(0:27:0:1)(0:59:0:1)(0:11:20:0)', '~snsShankMap': '(1,2,480)(0:0:0:1)(0:1:0:1)(0:0:1:0)' };
    const { values } = outputMeta(apMeta(geometry), { ...facts, excludedColumns: [1] });
    expect(values.get('~snsGeomMap')).toBe('(NP1010,1,0,70)(0:27:0:1)(0:59:0:0)(0:11:20:0)');
    expect(values.get('~snsShankMap')).toBe('(1,2,480)(0:0:0:1)(0:1:0:0)(0:0:1:0)');
    expect(outputMeta(apMeta(geometry), facts).values.get('~snsGeomMap')).toBe(geometry['~snsGeomMap']);
  });

  it('of LF made from AP speaks of LF channels, at their rate', () => {
    const source = apMeta({ '~snsChanMap': '(384,0,1)(AP0;0:0)(AP1;1:1)(SY0;384:2)' });
    const rate = 29999.9416 / 12;
    const { values } = outputMeta(source, { ...facts, samples: 10926, rate, keepEvery: 12 });
    expect(Object.fromEntries(['imSampRate', 'snsApLfSy', '~snsChanMap', 'firstSample', 'fileSizeBytes', 'fileTimeSecs'].map((key) => [key, values.get(key)]))).toEqual({
      imSampRate: '2499.9951333333333',
      snsApLfSy: '0,16,1',
      '~snsChanMap': '(384,0,1)(LF0;0:0)(LF1;1:1)(SY0;384:2)',
      firstSample: '30000',
      fileSizeBytes: '371484',
      fileTimeSecs: '4.370408507728562',
    });
    expect(outputMeta(source, { ...facts, rate, keepEvery: 12, skipped: 22499 }).values.get('firstSample')).toBe('31874');
  });

  it('is written sorted', () => {
    const keys = Buffer.from(serializeMeta(outputMeta(apMeta({ '~imroTbl': '(0)' }), facts))).toString().trimEnd().split('\n').map((line) => line.split('=')[0]);
    expect(keys).toEqual([...keys].sort());
    expect(keys.at(-1)).toBe('~imroTbl');
  });
});
