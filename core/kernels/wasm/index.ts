// The SIMD kernels, compiled to WebAssembly by AssemblyScript without a runtime: no heap, no statics, no strings. Every
// function works on one imported memory; callers lay it out (from byte 1024 on) and pass byte addresses.

export { biquad } from './biquad';
export { calibrate } from './calibrate';
export { filterGroup } from './fft';
export { finish } from './finish';
export { columnReach, constantColumns, fillColumns, loudRows, scanRails } from './scans';
export { addRuns, areSmall } from './sums';
export { regroup } from './tiles';
