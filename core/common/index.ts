// The ground floor: errors, the pool interface, output files that appear only when complete, number formats.
// Nothing here knows about spikes, files of SpikeGLX, threads or screens. Everything may import it; it imports nothing
// but Node.

export * from './context.ts';
export * from './disk.ts';
export * from './errors.ts';
export * from './files.ts';
export * from './logTime.ts';
export * from './numbers.ts';
export * from './outputs.ts';
export * from './pool.ts';
export * from './random.ts';
export * from './removed.ts';
export * from './sorted/index.ts';
