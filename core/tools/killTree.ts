// Ending a program with all it has started: MATLAB and Python leave the work to other processes.

import { type ChildProcess, spawn } from 'node:child_process';

/** Whether programs are started as heads of a process group of their own, which is what is signalled. */
export const ownGroup = process.platform !== 'win32';

/** How long a program may take to clean up before it is ended for good, ms. */
const grace = 5000;

/** Asks the program and its children to end, and ends them if they do not. Never throws. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (!ownGroup) {
    const killer = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    killer.on('error', () => child.kill());
    return;
  }
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), grace);
  child.once('close', () => clearTimeout(timer));
}

/** The same at once, for the moment this process ends. */
export function killTreeNow(child: ChildProcess): void {
  if (ownGroup) signalGroup(child, 'SIGKILL');
  else child.kill();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch {
    // all of them have ended
  }
}
