// The spike sorter's SIMD kernels (core/kernels/wasm-sorter, compiled by build.mjs) and the memory they work on.
// Addresses and typed views in, numbers out; nothing here knows about spikes, files or threads.
// Only the plain build is used: fused multiplications would change last bits from one processor to the next.

export { createWorkspace, openWorkspace } from './workspace.ts';
export type { SorterKernels, Workspace, F32, I32 } from './workspace.ts';
