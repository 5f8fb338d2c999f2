// SIMD kernels in WebAssembly: the sources (wasm/), their loader, and the tables and memory plans they need.
// May come in: arithmetic on blocks of samples that is worth its assembly. Must not: probes, files, options; anything
// that plain TypeScript does fast enough. The only folder that is allowed to be hairy.
// Each instance has its own memory and belongs to one thread; kernels run synchronously.

import { setFlagsFromString } from 'node:v8';
import { plainKernels, relaxedKernels } from './generated/binaries.ts';
import { createKernelLoader } from './loader.ts';

export { FFT_POINTS, WORK_BYTES, TWIDDLE_BYTES, GAIN_BYTES, fillGain, fillTwiddles } from './tables.ts';
export { createKernelLoader, type KernelBinaries, type KernelInstance, type Kernels } from './loader.ts';
export { planMemory, type MemoryPlan } from './memory.ts';

/** Makes an instance with a memory of at least `bytes`. Node 20 has relaxed SIMD behind a flag, later ones by default. */
export const loadKernels = createKernelLoader(
  { plain: plainKernels, relaxed: relaxedKernels },
  () => setFlagsFromString('--experimental-wasm-relaxed-simd'),
);
