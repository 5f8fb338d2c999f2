// The computer does not fall asleep while the queue works.

import { powerSaveBlocker } from 'electron';

let blocker: number | undefined;

export function keepAwake(working: boolean): void {
  if (working) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
  else if (blocker !== undefined) {
    powerSaveBlocker.stop(blocker);
    blocker = undefined;
  }
}
