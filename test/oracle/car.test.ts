import { describe, expect, it } from 'vitest';
import { subtractReference, upperMedian, type CarOptions } from './car.ts';
import { smallMeta } from './fixture.ts';
import { muxRow, probeOf } from './probe.ts';

const meta = smallMeta();
const probe = probeOf(meta.values);

function referenced(sample: number[], car: CarOptions, used = [true, true, true, true], numerics: 'native' | 'exact' = 'native'): number[] {
  const counts = Int16Array.from(sample);
  subtractReference(counts, meta, probe, used, car, numerics);
  return [...counts];
}

describe('common references', () => {
  it('take the upper one of two middle values', () => {
    expect(upperMedian([4, 1, 3, 2])).toBe(3);
    expect(upperMedian([-100, 9, 7])).toBe(7);
  });

  it('gblcar subtracts the median of the used channels from them and from nothing else', () => {
    expect(referenced([10, 20, 30, 1000, 77], { kind: 'gblcar' })).toEqual([-20, -10, 0, 970, 77]);
    expect(referenced([10, 20, 30, 1000, 77], { kind: 'gblcar' }, [true, true, true, false])).toEqual([-10, 0, 10, 1000, 77]);
  });

  it('gbldmx subtracts the cut mean of a multiplex row, if the row has two channels', () => {
    expect([0, 1, 2, 3].map((channel) => muxRow(probe, channel))).toEqual([0, 0, 1, 1]);
    expect(referenced([-1, -2, 5, 9, 77], { kind: 'gbldmx' }, [true, true, true, false])).toEqual([0, -1, 5, 9, 77]);
  });

  it('loccar_um averages the ring, never the channel itself', () => {
    const car = { kind: 'loccar_um', inner: 10, outer: 40 } as const;
    expect(referenced([100, -3, 10, 20, 77], car)).toEqual([97, -46, -29, 17, 77]);
  });

  it('a difference too large wraps in native and saturates in exact', () => {
    const sample = [-30000, 30000, 30000, 30000, 0];
    expect(referenced(sample, { kind: 'gblcar' })[0]).toBe(5536);
    expect(referenced(sample, { kind: 'gblcar' }, undefined, 'exact')[0]).toBe(-32768);
  });
});

describe('multiplex rows', () => {
  it('of type 1200 stand in a table', () => {
    const type1200 = { ...probe, type: 1200, acquiredAp: 128 };
    expect([84, 127, 0, 126].map((channel) => muxRow(type1200, channel))).toEqual([0, 0, 2, 10]);
    expect(Array.from({ length: 128 }, (_, c) => muxRow(type1200, c)).includes(-1)).toBe(false);
  });

  it('of an LF channel are those of its AP channel', () => {
    expect(muxRow(probe, 384 + 26)).toBe(muxRow(probe, 26));
  });
});
