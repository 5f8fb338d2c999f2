// Turns the compiled kernels into callable functions over a memory of a given size. Works in Node and in browsers (in
// a worker, where WebAssembly may be compiled synchronously); it knows neither.

/** The functions of wasm/index.ts. All pointers are byte addresses; see the wasm files for layouts. */
export interface Kernels {
  addRuns(
    program: number, traits: number, rows: number, rowBytes: number, groupCount: number, rowCount: number, noiseRows: number,
    sums: number, squares: number, peaks: number, small: number,
  ): void;
  areSmall(from: number, end: number): number;
  biquad(samples: number, rowBytes: number, columns: number, rowCount: number, section: number, state: number): void;
  calibrate(rounds: number): number;
  filterGroup(rows: number, work: number, twiddles: number, gain: number, offsets: number, exact: number): void;
  finish(
    groups: number, groupBytes: number, groupCount: number, slots: number, tile: number, scratch: number,
    kind: number, program: number, saturate: number, rows: number, rowBytes: number, columns: number, rowCount: number,
  ): void;
  columnReach(rows: number, rowBytes: number, columns: number, rowCount: number, ahead: number, lows: number, highs: number): void;
  constantColumns(rows: number, rowCount: number): number;
  fillColumns(rows: number, rowCount: number, mask: number, values: number): void;
  loudRows(
    groups: number, groupBytes: number, groupCount: number, rowCount: number, masks: number, threshold: number, peaks: number, found: number,
  ): number;
  regroup(
    rows: number, rowBytes: number, columns: number, rowCount: number, tile: number, slots: number, groupCount: number, groups: number, groupBytes: number,
  ): void;
  scanRails(
    rows: number, rowBytes: number, columns: number, rowCount: number, every: number, nearLow: number, nearHigh: number, low: number, high: number,
    used: number, touched: number, marks: number, found: number,
  ): number;
}

export interface KernelInstance {
  readonly kernels: Kernels;
  /** The whole memory; it never grows, so views of it stay valid. */
  readonly buffer: ArrayBuffer;
}

export interface KernelBinaries {
  /** Base64 of the module that needs fixed-width SIMD only, and of the one with relaxed SIMD (fused multiply-add). */
  readonly plain: string;
  readonly relaxed: string;
}

/** What is used of the WebAssembly API; the compiler's ES library has no types for it. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Memory: new (size: { initial: number; maximum: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
}

const PAGE = 65536;

/**
 * A function that makes kernel instances with a zeroed memory of at least `bytes` each.
 * enableRelaxed: asked once, if the engine does not know relaxed SIMD by itself, to switch it on if it can.
 * variant: 'best' takes the relaxed module where the engine accepts it; results of the two differ in the last bits.
 */
export function createKernelLoader(
  binaries: KernelBinaries,
  enableRelaxed: () => void = () => undefined,
): (bytes: number, variant?: 'best' | 'plain') => KernelInstance {
  const wasm = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  const modules = new Map<string, object>();

  function compile(variant: 'best' | 'plain'): object {
    const plain = () => new wasm.Module(decodeBase64(binaries.plain));
    if (variant === 'plain') return plain();
    const relaxed = decodeBase64(binaries.relaxed);
    if (!wasm.validate(relaxed)) enableRelaxed();
    return wasm.validate(relaxed) ? new wasm.Module(relaxed) : plain();
  }

  return (bytes, variant = 'best') => {
    const module = modules.get(variant) ?? compile(variant);
    modules.set(variant, module);
    const pages = Math.ceil(bytes / PAGE);
    const memory = new wasm.Memory({ initial: pages, maximum: pages });
    const instance = new wasm.Instance(module, { env: { memory } });
    return { kernels: instance.exports as Kernels, buffer: memory.buffer };
  };
}

function decodeBase64(text: string): Uint8Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
