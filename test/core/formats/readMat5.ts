// A reader for the MAT v5 files that tests look at: full matrices of doubles, logicals and characters, uncompressed.

export interface MatMatrix {
  readonly kind: 'double' | 'logical' | 'char' | 'other';
  readonly shape: number[];
  readonly values: number[] | string;
}

export function readMat5(bytes: Uint8Array): Record<string, MatMatrix> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const result: Record<string, MatMatrix> = {};
  for (let position = 128; position < bytes.length; ) {
    const { data, next } = element(view, position);
    const [flags, shape, name, values] = elements(data);
    const kind = kindOf(flags!.data.getUint32(0, true));
    const numbers = numbersOf(values!);
    result[String.fromCharCode(...numbersOf(name!))] = {
      kind,
      shape: numbersOf(shape!),
      values: kind === 'char' ? String.fromCharCode(...numbers) : numbers,
    };
    position = next;
  }
  return result;
}

interface Element {
  readonly type: number;
  readonly data: DataView;
  readonly next: number;
}

function element(view: DataView, position: number): Element {
  const type = view.getUint32(position, true);
  const length = view.getUint32(position + 4, true);
  return { type, data: new DataView(view.buffer, view.byteOffset + position + 8, length), next: position + 8 + Math.ceil(length / 8) * 8 };
}

function elements(view: DataView): Element[] {
  const found: Element[] = [];
  for (let position = 0; position < view.byteLength; position = found.at(-1)!.next) found.push(element(view, position));
  return found;
}

function kindOf(flags: number): MatMatrix['kind'] {
  if (flags & 0x0200) return 'logical';
  return ({ 4: 'char', 6: 'double' } as const)[flags & 0xff] ?? 'other';
}

function numbersOf({ type, data }: Element): number[] {
  const width = ({ 1: 1, 2: 1, 4: 2, 5: 4, 6: 4, 9: 8 } as Record<number, number>)[type]!;
  return Array.from({ length: data.byteLength / width }, (_, index) => {
    const at = index * width;
    if (width === 1) return data.getUint8(at);
    if (width === 2) return data.getUint16(at, true);
    return width === 4 ? data.getInt32(at, true) : data.getFloat64(at, true);
  });
}
