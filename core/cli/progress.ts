// Progress on stderr: one redrawn line on a terminal, a plain line per ten per cent otherwise.

import type { Progress } from '../common/index.ts';
import type { CommandIO } from './command.ts';

export interface ProgressLine {
  readonly report: (progress: Progress) => void;
  /** Clears the redrawn line before other text is printed. */
  readonly clear: () => void;
}

export function progressLine(io: CommandIO): ProgressLine {
  const parts = new Map<string, Progress>();
  const printed = new Map<string, number>();
  let drawn = false;

  const redraw = () => {
    let done = 0;
    let total = 0;
    for (const part of parts.values()) {
      done += part.done;
      total += part.total;
    }
    const fraction = total > 0 ? Math.min(1, done / total) : 0;
    const cells = Math.round(fraction * 30);
    io.err(`\r[${'#'.repeat(cells)}${'.'.repeat(30 - cells)}] ${(fraction * 100).toFixed(0).padStart(3)} %  ${[...parts.keys()].join(' ').slice(0, 40)}`);
    drawn = true;
  };
  const printStep = (progress: Progress) => {
    const step = progress.total > 0 ? Math.floor((10 * progress.done) / progress.total) : 10;
    if ((printed.get(progress.label) ?? 0) >= step) return;
    printed.set(progress.label, step);
    io.err(`${progress.label}: ${step * 10} %\n`);
  };
  return {
    report(progress) {
      parts.set(progress.label, progress);
      if (io.interactive) redraw();
      else printStep(progress);
    },
    clear() {
      if (drawn) io.err('\r\u001b[K');
      drawn = false;
    },
  };
}
