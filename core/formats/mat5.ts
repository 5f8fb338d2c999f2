// MATLAB's MAT v5 files, the little of it that channel maps need: full real matrices, uncompressed, as MATLAB and scipy
// read them. Layout after "MAT-File Format", MathWorks: a 128-byte header, then tagged elements on 8-byte boundaries.

export interface MatVariable {
  readonly name: string;
  /** A string becomes a row of characters, booleans a column of logicals, numbers a column of doubles. */
  readonly value: string | readonly boolean[] | ArrayLike<number>;
}

const dataType = { int8: 1, uint8: 2, uint16: 4, int32: 5, uint32: 6, double: 9, matrix: 14 } as const;
const arrayClass = { char: 4, double: 6, uint8: 9 } as const;
const logicalFlag = 0x0200;

export function writeMat5(variables: readonly MatVariable[]): Uint8Array {
  return Buffer.concat([fileHeader(), ...variables.map(matrix)]);
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(128, ' ');
  header.write('MATLAB 5.0 MAT-file, written by Aftergate', 'latin1');
  header.fill(0, 116, 124);
  header.writeUInt16LE(0x0100, 124);
  header.write('IM', 126, 'latin1');
  return header;
}

function matrix({ name, value }: MatVariable): Buffer {
  const { flags, shape, values } = contents(value);
  return element(
    dataType.matrix,
    Buffer.concat([
      element(dataType.uint32, words([flags, 0])),
      element(dataType.int32, words(shape)),
      element(dataType.int8, Buffer.from(name, 'latin1')),
      values,
    ]),
  );
}

function contents(value: MatVariable['value']): { flags: number; shape: [number, number]; values: Buffer } {
  if (typeof value === 'string') {
    const codes = Uint16Array.from({ length: value.length }, (_, index) => value.charCodeAt(index));
    return { flags: arrayClass.char, shape: [1, value.length], values: element(dataType.uint16, bytesOf(codes)) };
  }
  if (isBooleans(value)) {
    return { flags: arrayClass.uint8 | logicalFlag, shape: [value.length, 1], values: element(dataType.uint8, Buffer.from(value.map(Number))) };
  }
  return { flags: arrayClass.double, shape: [value.length, 1], values: element(dataType.double, bytesOf(Float64Array.from(value))) };
}

function isBooleans(value: readonly boolean[] | ArrayLike<number>): value is readonly boolean[] {
  return typeof value[0] === 'boolean';
}

/** Tag (type, length), data, padding to 8 bytes. */
function element(type: number, data: Buffer): Buffer {
  const padding = (8 - (data.length % 8)) % 8;
  return Buffer.concat([words([type, data.length]), data, Buffer.alloc(padding)]);
}

function words(values: readonly number[]): Buffer {
  return bytesOf(Uint32Array.from(values));
}

function bytesOf(values: Float64Array | Uint32Array | Uint16Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
