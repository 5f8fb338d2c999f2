// What watching over a stream takes, from its plan and what lies beside its files.

import type { CatGTOptions } from '../command/options.ts';
import { layoutOf } from '../joining/layout.ts';
import type { StreamInput, StreamSequence } from '../joining/plan.ts';
import type { Processing } from '../samples/processing.ts';
import type { HealthJob } from './collect.ts';
import { readMissedLists, rowsOfMissed } from './missedLists.ts';
import { healthSpecOf } from './spec.ts';

interface WatchedStream {
  readonly label: string;
  readonly input: StreamInput;
  readonly sequence: StreamSequence;
  readonly processing: Processing;
}

/** Throws InputFileError. */
export async function planHealth({ label, input, sequence, processing }: WatchedStream, options: CatGTOptions, warn: (line: string) => void): Promise<HealthJob> {
  const { keepEvery } = processing;
  const runs = await readMissedLists(input, options, warn);
  const listed = runs && rowsOfMissed(runs, input, sequence, layoutOf(sequence, keepEvery), keepEvery);
  if (runs && !listed) warn(`${label}: there is a list of missed samples, but a meta has no firstSample, so it is not known where they lie.`);
  return { spec: healthSpecOf(input, processing), label, rate: input.facts.rate / keepEvery, listed };
}
