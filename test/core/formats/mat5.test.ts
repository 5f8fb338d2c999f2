import { describe, expect, it } from 'vitest';
import { writeMat5 } from '../../../core/formats/index.ts';
import { readMat5 } from './readMat5.ts';

describe('MAT v5 files', () => {
  const bytes = writeMat5([
    { name: 'xcoords', value: Float64Array.of(27, 59, 11.5) },
    { name: 'connected', value: [true, false, true] },
    { name: 'name', value: 'Maus ü' },
    { name: 'chanMap', value: [1, 2, 3] },
  ]);

  it('start with the header MATLAB looks for', () => {
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.startsWith('MATLAB 5.0 MAT-file')).toBe(true);
    expect(text.slice(124, 128)).toBe('\u0000\u0001IM');
    expect(bytes.length % 8).toBe(0);
  });

  it('hold columns of doubles and logicals, and rows of characters', () => {
    expect(readMat5(bytes)).toEqual({
      xcoords: { kind: 'double', shape: [3, 1], values: [27, 59, 11.5] },
      connected: { kind: 'logical', shape: [3, 1], values: [1, 0, 1] },
      name: { kind: 'char', shape: [1, 6], values: 'Maus ü' },
      chanMap: { kind: 'double', shape: [3, 1], values: [1, 2, 3] },
    });
  });
});
