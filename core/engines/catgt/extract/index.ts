// Extractors: the times of pulses and the values of bit fields in NI, OneBox and AP files. What comes in are options,
// a meta and interleaved int16 samples; what goes out are event times in samples and the texts of the event files.
// Scanning is in two halves: findRuns works on one block of samples, anywhere; a scanner takes what was found, in
// order, and keeps the state across blocks, files and gaps. No file is opened here.

export * from './extraction.ts';
export * from './plan.ts';
export * from './sync.ts';
export * from './runs.ts';
export * from './scanner.ts';
export * from './eventFiles.ts';
