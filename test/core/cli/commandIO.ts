// The surroundings of a command in tests: a working folder, and what it wrote to stdout and stderr.

import type { CommandIO } from '../../../core/cli/command.ts';

export interface TestIO extends CommandIO {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

export function testIO(cwd: string): TestIO {
  const written = { out: '', err: '' };
  return {
    cwd,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    signal: new AbortController().signal,
    interactive: false,
    stdout: () => written.out,
    stderr: () => written.err,
  };
}
