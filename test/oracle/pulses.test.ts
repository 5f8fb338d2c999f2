import { describe, expect, it } from 'vitest';
import { oracleBitField, oraclePulses, type PulseRule } from './pulses.ts';

const high = (text: string): Int16Array => Int16Array.from(text, (letter) => (letter === '-' ? 100 : 0));
const rule: PulseRule = { level: { threshold: 50 }, inverted: false, ms: 0, inarow: 2, rate: 1000, numerics: 'native' };
const edges = (text: string, change: Partial<PulseRule> = {}): number[] =>
  oraclePulses([{ start: 0, values: high(text) }], { ...rule, ...change });

describe('pulses', () => {
  it('need a low sample before and enough high ones in a row', () => {
    expect(edges('----__-___--__')).toEqual([10]);
    expect(edges('----__-___--__', { inarow: 1 })).toEqual([6, 10]);
  });

  it('of a width are reported only when that width fits', () => {
    expect(edges('__-----____--________', { ms: 5 })).toEqual([2]);
    expect(edges('__------___', { ms: 5, toleranceMs: 0 })).toEqual([]);
    expect(edges('__------___', { ms: 5, toleranceMs: 1 })).toEqual([2]);
  });

  it('go on through dips shorter than the run asked for', () => {
    expect(edges('__--_--____', { ms: 5 })).toEqual([2]);
  });

  it('that have not ended are not reported, unless any width will do', () => {
    expect(edges('__-----', { ms: 5 })).toEqual([]);
    expect(edges('__-----')).toEqual([2]);
  });

  it('upside down are the falling ones', () => {
    expect(edges('--__---___', { inverted: true })).toEqual([2, 7]);
  });

  it('bridge gaps between segments', () => {
    const segments = [{ start: 0, values: high('__--') }, { start: 8, values: high('--__') }];
    expect(oraclePulses(segments, { ...rule, ms: 8 })).toEqual([2]);
  });

  it('must reach an active second threshold', () => {
    const values = Int16Array.of(0, 60, 60, 60, 0, 0, 0, 60, 60, 90, 0, 0);
    const second = (level: number) => oraclePulses([{ start: 0, values }], { ...rule, level: { threshold: 50, second: level } });
    expect(second(80)).toEqual([7]);
    expect(second(0)).toEqual([1, 7]);
  });

  it('below zero pass the second threshold in native only', () => {
    const values = Int16Array.of(-100, -40, -40, -40, -100, -100);
    const level = { threshold: -50, second: -10 };
    const found = (numerics: 'native' | 'exact') => oraclePulses([{ start: 0, values }], { ...rule, level, numerics });
    expect(found('native')).toEqual([1]);
    expect(found('exact')).toEqual([]);
  });

  it('that follow the end of another at once are missed: it takes a fresh low sample', () => {
    expect(edges('__-----__-----___', { ms: 5 })).toEqual([2]);
    expect(edges('__-----___-----__', { ms: 5 })).toEqual([2, 10]);
  });

  it('of a digital line look at its bit alone, the sign bit too', () => {
    const values = Int16Array.of(1, -32768, -32767, 1, 1);
    expect(oraclePulses([{ start: 0, values }], { ...rule, level: { bit: 15 } })).toEqual([1]);
  });
});

describe('bit fields', () => {
  it('report the first value and every change that lasts', () => {
    const values = Int16Array.of(0x10, 0x10, 0x20, 0x10, 0x30, 0x40, 0x40, 0x4f);
    const found = oracleBitField([{ start: 0, values }], { startBit: 4, bits: 4, inarow: 2 });
    expect(found).toEqual([{ index: 0, value: 1 }, { index: 5, value: 4 }]);
  });

  it('report every change at once for one in a row', () => {
    const values = Int16Array.of(0, 1, 0);
    const found = oracleBitField([{ start: 5, values }], { startBit: 0, bits: 1, inarow: 1 });
    expect(found.map(({ index }) => index)).toEqual([5, 6, 7]);
  });
});
