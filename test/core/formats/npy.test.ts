import fs from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { encodeNpy, npyHeader, npyNumbers, parseNpy, readNpy } from '../../../core/formats/index.ts';

/** A file as NumPy would write it, header and values given. */
function npy(descr: string, order: 'True' | 'False', shape: string, values: Uint8Array, version = 1): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  const preamble = Buffer.from('\u0093NUMPY', 'latin1');
  const size = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) size.writeUInt16LE(text.length);
  else size.writeUInt32LE(text.length);
  return Buffer.concat([preamble, Buffer.from([version, 0]), size, Buffer.from(text), values]);
}

describe('reading .npy', () => {
  it('gives dtype, shape and values', () => {
    const array = parseNpy(npy('<i4', 'False', '(3, 1)', new Uint8Array(Int32Array.from([7, -8, 9]).buffer)), 'a.npy');
    expect(array).toMatchObject({ dtype: '<i4', shape: [3, 1], fortranOrder: false });
    expect([...npyNumbers(array)]).toEqual([7, -8, 9]);
  });

  it('takes 64-bit integers as BigInt and as numbers', () => {
    const array = parseNpy(npy('<u8', 'False', '(2,)', new Uint8Array(BigUint64Array.from([5n, 2n ** 53n]).buffer)), 'times.npy');
    expect(array.data).toEqual(BigUint64Array.from([5n, 2n ** 53n]));
    expect([...npyNumbers(array)]).toEqual([5, 2 ** 53]);
  });

  it('turns Fortran order into C order, in any number of dimensions', () => {
    const matrix = parseNpy(npy('|u1', 'True', '(2, 3)', Uint8Array.from([1, 4, 2, 5, 3, 6])), 'f.npy');
    expect([...npyNumbers(matrix)]).toEqual([1, 2, 3, 4, 5, 6]);
    const cube = parseNpy(npy('|u1', 'True', '(2, 2, 2)', Uint8Array.from([0, 4, 2, 6, 1, 5, 3, 7])), 'f.npy');
    expect([...npyNumbers(cube)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('reads big-endian values, scalars, empty arrays, booleans and version 2 headers', () => {
    expect([...npyNumbers(parseNpy(npy('>i2', 'False', '(2,)', Uint8Array.from([1, 0, 0xff, 0xfe])), 'b.npy'))]).toEqual([256, -2]);
    expect([...npyNumbers(parseNpy(npy('<f4', 'False', '()', new Uint8Array(Float32Array.of(1.5).buffer)), 's.npy'))]).toEqual([1.5]);
    expect(parseNpy(npy('<f8', 'False', '(0, 4)', new Uint8Array()), 'e.npy').data).toHaveLength(0);
    expect([...npyNumbers(parseNpy(npy('|b1', 'False', '(2L,)', Uint8Array.of(1, 0), 2), 'v2.npy'))]).toEqual([1, 0]);
  });

  it('says what is wrong with a file', () => {
    expect(() => parseNpy(Buffer.from('no'), 'x.npy')).toThrow('x.npy: is not a .npy file');
    expect(() => parseNpy(npy('<f8', 'False', '(2,)', new Uint8Array(8)), 'x.npy')).toThrow('is truncated');
    expect(() => parseNpy(npy('|O', 'False', '(1,)', new Uint8Array(8)), 'x.npy')).toThrow("type '|O'");
    expect(() => parseNpy(npy('<f8', 'False', '(-1,)', new Uint8Array(8)), 'x.npy')).toThrow('impossible shape');
  });
});

describe('writing .npy', () => {
  it('pads the header to 64 bytes', () => {
    const bytes = Buffer.from(encodeNpy(Float64Array.of(1, 2), [2, 1]));
    expect(bytes.length).toBe(128 + 16);
    expect(bytes.subarray(0, 128).toString('latin1')).toBe(
      `\u0093NUMPY\u0001\u0000v\u0000${"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }".padEnd(117)}\n`,
    );
    expect(npyHeader('<f8', [3]).length % 64).toBe(0);
  });

  it('refuses a shape that does not fit, and takes booleans as bytes', () => {
    expect(() => encodeNpy(Float64Array.of(1), [2])).toThrow(RangeError);
    expect(parseNpy(encodeNpy(Uint8Array.of(1, 0), [2], { dtype: '|b1' }), 'b.npy').dtype).toBe('|b1');
  });

  it('reads back what it wrote', () => {
    const numbers = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 40 });
    const kinds = [Float64Array, Float32Array, Int32Array, Int16Array, Int8Array] as const;
    fc.assert(
      fc.property(numbers, fc.constantFrom(...kinds), (values, Kind) => {
        const array = parseNpy(encodeNpy(Kind.from(values), [1, values.length]), 'x.npy');
        expect(array.data).toBeInstanceOf(Kind);
        expect(array.shape).toEqual([1, values.length]);
        expect([...npyNumbers(array)]).toEqual(values);
      }),
      { seed: 5 },
    );
  });

  it('also through a file', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'spike times.npy');
    await fs.writeFile(file, encodeNpy(BigInt64Array.of(-1n, 5n), [2]));
    expect([...npyNumbers(await readNpy(file))]).toEqual([-1, 5]);
    await expect(readNpy(path.join(folder, 'none.npy'))).rejects.toThrow('no such file');
  });
});
