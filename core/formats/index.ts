// The neighbours' file formats: NumPy arrays and MATLAB files. Bytes in, values out, and back.
// Nothing here knows about SpikeGLX, spikes or sorters; it imports only core/common.

export { encodeNpy, npyHeader, npyNumbers, parseNpy, readNpy } from './npy.ts';
export type { NpyArray, TypedArray } from './npy.ts';
export { openNpy, type NpyFile } from './npyFile.ts';
export { writeMat5 } from './mat5.ts';
export type { MatVariable } from './mat5.ts';
