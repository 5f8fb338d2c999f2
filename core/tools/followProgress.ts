// From the lines of a program to progress: the tools' parsers say what a single line means, this remembers the stage.

import type { Progress } from '../common/index.ts';

/** What a line of a log says: that a stage of the work begins, or how much of it is done, in percent. */
export type LogNote = { readonly stage: string } | { readonly percent: number };

/**
 * Takes lines: those about progress go to `report` (each stage counts from 0 to 100), all others to `log`; a line that
 * begins a stage goes to both.
 */
export function followProgress(
  parse: (line: string) => LogNote | undefined,
  { log, progress }: { readonly log: (line: string) => void; readonly progress?: (progress: Progress) => void },
): (line: string) => void {
  let label = 'starting';
  return (line) => {
    const note = parse(line);
    if (note === undefined) return log(line);
    if ('stage' in note) {
      label = note.stage;
      log(line);
    }
    progress?.({ label, done: 'percent' in note ? Math.min(100, note.percent) : 0, total: 100 });
  };
}
