// What `aftergate run` shows on stderr: a line per step, warnings and failures as they come, and how far the step at work
// and the whole are (redrawn on a terminal, a plain line per quarter otherwise).

import type { ExecutionEvent, StepProgress, StepResult } from '../execution/index.ts';
import type { CommandIO } from './command.ts';

export interface RunProgress {
  show(event: ExecutionEvent): void;
  say(line: string): void;
  /** Clears the redrawn line. */
  clear(): void;
}

export function runProgress(io: CommandIO): RunProgress {
  let steps = 0;
  let drawn = false;
  let settled = 0;
  let quarter = 0;
  const clear = () => {
    if (drawn) io.err('\r\u001b[K');
    drawn = false;
  };
  const say = (line: string) => {
    clear();
    io.err(`${line}\n`);
  };
  const showProgress = (progress: StepProgress) => {
    if (io.interactive) {
      io.err(`\r\u001b[K${progressText(progress)}`);
      drawn = true;
    } else if (Math.floor(progress.fraction * 4) > quarter) {
      quarter = Math.floor(progress.fraction * 4);
      say(progressText(progress));
    }
  };
  return {
    say,
    clear,
    show(event) {
      switch (event.kind) {
        case 'planned':
          steps = event.plan.steps.length;
          settled = 0;
          return;
        case 'started':
          quarter = 0;
          return say(`${event.step.id} begins`);
        case 'progress': return showProgress(event.progress);
        case 'warning': return say(`warning: ${event.step.id}: ${event.line}`);
        case 'log': return;
        case 'settled': return say(`[${++settled}/${steps}] ${settledText(event.result)}`);
      }
    },
  };
}

function progressText({ step, fraction, xRealTime, secondsLeft, total }: StepProgress): string {
  const speed = xRealTime === undefined ? '' : `, ${xRealTime.toFixed(1)} x real time`;
  return `${step}: ${(fraction * 100).toFixed(0)} %${speed}, ${duration(secondsLeft)} left; all ${(total.fraction * 100).toFixed(0)} %, ${duration(total.secondsLeft)} left`;
}

function settledText({ step, state, seconds, message }: StepResult): string {
  if (state === 'done') return `${step.id} done in ${duration(seconds)}`;
  return `${step.id} ${state}${message ? `: ${message}` : ''}`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
