// What TPrime is to do: from the clocks of a run, its event files and its sort folders to TPrime's options.

import type { EventFile, FromStream, TPrimeOptions } from '../../engines/tprime/index.ts';
import type { Clock, Clocks } from './clocks.ts';
import type { FyiEntry } from './fyi.ts';
import { spikeSecondsFiles } from './sortFolders.ts';

export interface SortFolder {
  readonly folder: string;
  readonly clock: Clock;
}

export interface AlignmentPlan {
  readonly fromStreams: readonly FromStream[];
  readonly events: readonly EventFile[];
  /** Event files that are on the clock of the to-stream already. */
  readonly inPlace: readonly string[];
}

/** Event files come first, in the order of the list, then the spikes of the from-streams. */
export function planAlignment(clocks: Clocks, times: readonly FyiEntry[], sorted: readonly SortFolder[], warn: (line: string) => void): AlignmentPlan {
  const fromStreams = clocks.from.map(({ edges }, index) => ({ index, edges }));
  const events = new Map<string, EventFile>();
  const inPlace: string[] = [];
  for (const { stream, path } of times) {
    const index = clocks.from.findIndex(({ streams }) => streams.includes(stream));
    if (clocks.to.streams.includes(stream)) inPlace.push(path);
    else if (index < 0) warn(`${path}: not aligned, because ${stream} has no sync edges`);
    else events.set(path, { stream: index, input: path, output: adjustedName(path) });
  }
  for (const { folder, clock } of sorted) {
    const index = clocks.from.indexOf(clock);
    const { own, aligned } = spikeSecondsFiles(folder);
    if (index >= 0) events.set(own, { stream: index, input: own, output: aligned });
  }
  return { fromStreams, events: [...events.values()], inPlace };
}

/** `a.b.txt` -> `a.b.adj.txt`. */
export function adjustedName(file: string): string {
  return file.replace(/(\.[^./\\]*)?$/, '.adj$1');
}

/** TPrime's command in the reference's words: a record of the call, never run. (So paths with blanks stand without quotes.) */
export function commandText(program: string, { syncPeriod, toStream, fromStreams, events, offsets, interpolate }: TPrimeOptions): string {
  return [
    program,
    `-syncperiod=${Number.isInteger(syncPeriod) ? syncPeriod.toFixed(1) : syncPeriod}`,
    `-tostream=${toStream}`,
    ...(offsets === undefined ? [] : [`-offsets=${offsets}`]),
    ...fromStreams.map(({ index, edges }) => `-fromstream=${index},${edges}`),
    ...events.map(({ stream, input, output }) => `-events=${stream},${input},${output}`),
    ...(interpolate ? ['-tprime_interp'] : []),
  ].join(' ');
}
