// Depths of probes in CatGT's -maxZ.

import { describe, expect, test } from 'vitest';
import { readDepth, readDepths, withDepth } from '../../../renderer/screens/session/steps/probes/depths.ts';

describe('depths', () => {
  test('one per probe, the others untouched', () => {
    const options = withDepth('-gfix=0.4,0.10,0.02 -maxZ=1,2,3000', 0, 2960);
    expect(options).toBe('-gfix=0.4,0.10,0.02 -maxZ=1,2,3000 -maxZ=0,1,2960');
    expect([...readDepths(options)]).toEqual([[1, { type: 2, value: 3000 }], [0, { type: 1, value: 2960 }]]);
    expect(withDepth(options, 1, null)).toBe('-gfix=0.4,0.10,0.02 -maxZ=0,1,2960');
  });

  test('what nobody can read is no depth', () => {
    expect([...readDepths('-maxZ=1,2 -maxZ=a,1,3 -maxZ')]).toEqual([]);
  });

  test('an empty field means all; a comma is a decimal mark', () => {
    expect(readDepth(' ')).toEqual({ value: null });
    expect(readDepth('2960,5')).toEqual({ value: 2960.5 });
    expect(readDepth('-3')).toEqual({ problem: 'In brain up to: at least 0 um.' });
  });
});
