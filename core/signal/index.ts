// The signal path of one probe: shift to a common sampling time, band-pass, detection pre-scan, common average
// reference. Blocks of int16 in, blocks of int16 out; nothing here knows files, gates or meta keys.
// May come in: what a block needs in order to be processed inside a worker thread. Must not: reading or writing of
// files, anything with state beyond a block except the biquad's own.
//
// Use of a chain: fill `input`, `transform`, then (optionally) `loudRows` and `value` for detection, then
// `applyReference` (it takes effect in `interleave`, which does both in one pass over memory), then `interleave`.
// `interleave` returns a view into `input` and so consumes it: fill all of it again for the next block.

export { judgeChannels, measureSnippet, type ChannelLabel, type ChannelPlace, type ChannelVerdict, type Snippet, type SnippetFigures } from './badChannels/index.ts';
export { createBiquad, type Biquad, type BiquadSpec } from './biquad.ts';
export { createChain, FFT_MARGIN, FFT_MIDDLE, FFT_POINTS, type Chain, type ChainSpec, type RailLimits, type RailScan } from './chain.ts';
export type { Reference } from './reference.ts';
export { butterworthGain, type Band } from './response.ts';
export { middleOf } from './middle.ts';
export { findSurface, powerProfile, type PowerProfile, type Surface } from './surface.ts';
export { createWelch, welchFrequencies, type Welch } from './welch.ts';
export { benchKernels, type BenchRow } from './bench.ts';
