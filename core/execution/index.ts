// Runs work: the piscina pool whose threads carry out the engines' tasks.
// May import modules, engines and everything below; nothing below may import it (engines see only the TaskPool
// interface of core/common). Knows nothing of screens and commands.

export { createPool, defaultWorkers, type WorkerPool } from './pool.ts';
