// One WebAssembly memory with the kernels on it, handed out from bottom to top. A thread keeps one for all its tasks:
// `openWorkspace` empties it, and makes a larger one when a task needs more.

import { sorterKernels } from '../generated/sorterBinary.ts';

/** The exports of core/kernels/wasm-sorter; every number is a byte address, a count or a value. */
export interface SorterKernels {
  unpack8(source: number, rowBytes: number, count: number, out: number): void;
  filter8(rows: number, count: number, coefficients: number): void;
  spread8(rows: number, count: number, targets: number, scales: number): void;
  subtractMedian(table: number, rowCount: number, count: number, limit: number, steps: number, scratch: number): void;
  dot(a: number, b: number, count: number): number;
  extrema(row: number, from: number, to: number, sign: number, threshold: number, out: number, capacity: number): number;
  absCrossings(row: number, count: number, threshold: number, out: number, capacity: number): number;
  clipFeatures(table: number, rowCount: number, at: number, basis: number, components: number, length: number, out: number): void;
  mix4(table: number, rowCount: number, weights: number, targets: number, offset: number, count: number): void;
  mix3(table: number, rowCount: number, weights: number, offset: number, count: number, out: number, stride: number): void;
  convolve3(signal: number, stride: number, kernel: number, taps: number, out: number, count: number): void;
}

/** A view and where it starts in the memory. */
export interface F32 { readonly at: number; readonly view: Float32Array }
export interface I32 { readonly at: number; readonly view: Int32Array }

export interface Workspace {
  readonly kernels: SorterKernels;
  readonly bytes: number;
  f32(length: number): F32;
  i32(length: number): I32;
  i16(length: number): { readonly at: number; readonly view: Int16Array };
  /** Forgets everything handed out (the bytes stay as they are). */
  clear(): void;
  /** Where the next piece will start; `release(mark())` gives back what was handed out in between. */
  mark(): number;
  release(mark: number): void;
}

/** The part of the WebAssembly interface that is used here (the type library for it comes only with the browser's). */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const api = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
const page = 65536;
let compiled: object | undefined;
let shared: Workspace | undefined;

/** This thread's workspace, emptied, with room for at least `bytes`. Not to be used across an await. */
export function openWorkspace(bytes: number): Workspace {
  if (!shared || shared.bytes < bytes) shared = createWorkspace(Math.ceil(bytes * 1.1));
  shared.clear();
  return shared;
}

export function createWorkspace(bytes: number): Workspace {
  compiled ??= new api.Module(Buffer.from(sorterKernels, 'base64'));
  const pages = Math.ceil(bytes / page) + 1;
  const memory = new api.Memory({ initial: pages });
  const abort = () => { throw new Error('a kernel of the sorter aborted'); };
  const instance = new api.Instance(compiled, { env: { memory, abort } });
  let top = page;
  const take = (size: number): number => {
    const at = top;
    top = Math.ceil((at + size) / 64) * 64;
    if (top > pages * page) throw new RangeError(`the sorter's workspace of ${pages * page} bytes is too small`);
    return at;
  };
  return {
    kernels: instance.exports as SorterKernels,
    bytes: (pages - 1) * page,
    f32: (length) => { const at = take(4 * length); return { at, view: new Float32Array(memory.buffer, at, length) }; },
    i32: (length) => { const at = take(4 * length); return { at, view: new Int32Array(memory.buffer, at, length) }; },
    i16: (length) => { const at = take(2 * length); return { at, view: new Int16Array(memory.buffer, at, length) }; },
    clear: () => { top = page; },
    mark: () => top,
    release: (mark) => { top = mark; },
  };
}
