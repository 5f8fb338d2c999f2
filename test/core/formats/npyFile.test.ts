import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy, openNpy, type TypedArray } from '../../../core/formats/index.ts';
import { temporaryFolder } from '../../support/folders.ts';

function written(bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), 'values.npy');
  fs.writeFileSync(file, bytes);
  return file;
}

describe('a .npy file in pieces', () => {
  it.each<[string, TypedArray]>([
    ['<i8', BigInt64Array.of(-1n, 0n, 1n, 4294967295n, 4294967296n, -4294967297n, 9007199254740991n, -9007199254740991n)],
    ['<u8', BigUint64Array.of(0n, 1n, 4294967296n, 18446744073709551615n)],
    ['<u4', Uint32Array.of(0, 1, 4294967295)],
    ['<i2', Int16Array.of(-32768, 0, 32767)],
    ['<f8', Float64Array.of(0.1, -2.5, 1e300)],
  ])('gives %s as doubles', (dtype, data) => {
    const file = openNpy(written(encodeNpy(data, [data.length, 1])));
    expect({ dtype: file.dtype, shape: file.shape, count: file.count }).toEqual({ dtype, shape: [data.length, 1], count: data.length });
    expect([...file.read(0, data.length)]).toEqual(Array.from(data as Float64Array, Number));
    expect([...file.read(1, 2)]).toEqual(Array.from(data.slice(1, 3) as Float64Array, Number));
    file.close();
  });

  it('is refused when it is missing, truncated or of another kind', () => {
    expect(() => openNpy(path.join(temporaryFolder(), 'none.npy'))).toThrow(/none\.npy: no such file/);
    expect(() => openNpy(written(encodeNpy(new Float64Array(4), [4]).subarray(0, 150)))).toThrow(/is truncated: 150 bytes where 160 are needed/);
    expect(() => openNpy(written(new Uint8Array(200)))).toThrow(/is not a \.npy file/);
  });
});
