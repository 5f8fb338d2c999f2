// Answers on the wire. Plain answers are JSON. Answers that hold typed arrays travel as one block: the length of a header,
// the header (JSON in which every array is {"$array": n}; types and lengths in a table), then the arrays' bytes, each
// starting at a multiple of 8. Used by the HTTP carrier; IPC clones typed arrays by itself.

const types = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array } as const;
type TypeName = keyof typeof types;
export type AnyTypedArray = InstanceType<(typeof types)[TypeName]>;

interface Header {
  readonly value: unknown;
  readonly arrays: readonly { readonly type: TypeName; readonly length: number }[];
}

const align = (bytes: number) => Math.ceil(bytes / 8) * 8;

function typeName(value: unknown): TypeName | undefined {
  return (Object.keys(types) as TypeName[]).find((name) => value instanceof types[name]);
}

/** True when the answer must travel as a block. */
export function holdsArrays(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (ArrayBuffer.isView(value)) return true;
  return (Array.isArray(value) ? value : Object.values(value)).some(holdsArrays);
}

export function encodeAnswer(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: AnyTypedArray[] = [];
  const plain = replaceArrays(value, arrays);
  const header: Header = { value: plain, arrays: arrays.map((array) => ({ type: typeName(array)!, length: array.length })) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = align(4 + text.length);
  const bytes = new Uint8Array(arrays.reduce((sum, array) => sum + align(array.byteLength), start));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += align(array.byteLength);
  }
  return bytes;
}

function replaceArrays(value: unknown, arrays: AnyTypedArray[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (typeName(value)) return { $array: arrays.push(value as AnyTypedArray) - 1 };
  if (Array.isArray(value)) return value.map((item) => replaceArrays(item, arrays));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceArrays(item, arrays)]));
}

/** The arrays of the answer are views of `buffer`. Throws RangeError for a block that was cut off. */
export function decodeAnswer(buffer: ArrayBuffer): unknown {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as Header;
  let at = align(4 + length);
  const arrays = header.arrays.map(({ type, length: count }) => {
    const array = new types[type](buffer, at, count);
    at += align(array.byteLength);
    return array;
  });
  return restoreArrays(header.value, arrays);
}

function restoreArrays(value: unknown, arrays: readonly AnyTypedArray[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => restoreArrays(item, arrays));
  if ('$array' in value) return arrays[value.$array as number];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restoreArrays(item, arrays)]));
}
