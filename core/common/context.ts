// What every engine and module is handed besides its options.

import type { TaskPool } from './pool.ts';

export interface Progress {
  /** What is being worked on, e.g. `imec0.ap`. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

export interface EngineContext {
  readonly pool: TaskPool;
  readonly signal?: AbortSignal;
  /** A line for the log: what happened, in the tool's own words. */
  readonly log: (line: string) => void;
  /** Something the user should read, though the job goes on. */
  readonly warn: (line: string) => void;
  readonly progress?: (progress: Progress) => void;
}
