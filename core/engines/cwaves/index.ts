// C_Waves: mean waveforms, median waveform at the peak channel and signal-to-noise ratio of sorted clusters, measured
// from the (filtered) AP file. Plain options with paths in, three .npy files out.
// Knows sorters only by the three arrays they leave (table, times, labels). Must not import another engine.

export { cwavesCommandLine, parseCWavesArguments, type CWavesOptions, type Numerics } from './options.ts';
export { runCWaves, type CWavesResult } from './run.ts';
export { tasks } from './tasks.ts';
