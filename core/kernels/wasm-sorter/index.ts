// Kernels of the spike sorter, f32x4. Everything works on one memory; pointers are byte addresses given by the caller.
// "Planar" means one row of f32 samples per channel. Lengths are samples unless said otherwise.

export { unpack8, filter8, spread8, subtractMedian } from './frontEnd';
export { dot, extrema, clipFeatures, absCrossings } from './scan';
export { mix4, mix3, convolve3 } from './project';
