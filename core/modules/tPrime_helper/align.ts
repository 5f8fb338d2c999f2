// TPrime, one stream after the other: a stream that cannot be aligned keeps nothing from the others. What went wrong is
// collected and thrown when all the rest is done.

import { isAbort, isAftergateError, JobError } from '../../common/index.ts';
import { runTPrime, type StreamReport, type TPrimeOptions } from '../../engines/tprime/index.ts';
import type { ModuleContext } from '../module.ts';

export interface Alignment {
  /** Of the streams that have events and could be aligned. */
  readonly streams: readonly StreamReport[];
  /** Files that were written. */
  readonly outputs: readonly string[];
  /** Why the others could not be aligned. */
  readonly failures: readonly Error[];
}

export async function alignStreams(options: TPrimeOptions, context: ModuleContext): Promise<Alignment> {
  const streams: StreamReport[] = [];
  const outputs: string[] = [];
  const failures: Error[] = [];
  for (const stream of options.fromStreams) {
    const events = options.events.filter((event) => event.stream === stream.index);
    if (events.length === 0) continue;
    await collect(failures, async () => {
      const result = await runTPrime({ ...options, fromStreams: [stream], events }, context);
      streams.push(...result.fromStreams);
      outputs.push(...result.events.map(({ output }) => output));
    });
  }
  return { streams, outputs, failures };
}

/** Does the work, and notes a failure for later; an abort or a bug is thrown at once. */
export async function collect(failures: Error[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isAbort(error) || !isAftergateError(error)) throw error;
    failures.push(error);
  }
}

/** Throws what was noted: the error itself if it is the only one, else one that names them all. */
export function throwCollected(failures: readonly Error[]): void {
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new JobError(failures.map(({ message }) => message).join('; '), { cause: failures });
}
