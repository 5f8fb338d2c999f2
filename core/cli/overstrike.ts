// `aftergate overstrike`: OverStrike's command line, and --undo.

import { overStrikeCommandLine, parseOverStrikeArguments, runOverStrike } from '../engines/overstrike/index.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress.ts';
import { runLogged } from './runLogged.ts';

export const overstrikeCommand: Command = {
  name: 'overstrike',
  summary: 'blank a span of a probe\'s file in place, or take it back (OverStrike\'s command line)',
  usage: `aftergate overstrike -file=X.bin (-secs=A,B | -samps=A,B) [-chans=LIST] [-linefill]
aftergate overstrike -file=X.bin --undo

Sets the samples from A up to, not including, B to zero, in the file itself. The original samples are kept in
X.bin.overstrike-undo beside it first. The log is appended to OverStrike.log in the working folder.

  -file=X.bin    AP or LF file of a probe, its .meta beside it
  -secs=A,B      span in seconds from the start of the file
  -samps=A,B     span in samples (also -samp=A,B); wins over -secs
  -chans=LIST    acquisition channels such as 3,10:14; all neural channels otherwise. SY is never changed
  -linefill      a straight line between the neighbouring samples instead of zeros
  --undo         takes back the last edit; once more, the one before
`,
  async run(argv, io) {
    const options = parseOverStrikeArguments(argv, io.cwd);
    const progress = progressLine(io);
    await runLogged(io, 'OverStrike', overStrikeCommandLine(options), async ({ log }) => {
      const { first, end, columns, undoable } = await runOverStrike(options, { signal: io.signal, progress: progress.report });
      progress.clear();
      log(`Samples ${first} to ${end - 1} of ${columns} channels ${options.undo ? 'restored' : 'overstruck'}; ${undoable} edits can be taken back`);
    });
  },
};
