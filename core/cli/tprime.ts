// `aftergate tprime`: the native tool's command line.

import fs from 'node:fs';
import { describeSync, parseTPrimeArguments, runTPrime, tasks, tprimeCommandLine, type TPrimeOptions } from '../engines/tprime/index.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress.ts';
import { runLogged } from './runLogged.ts';
import { toolPool } from './toolPool.ts';

export const tprimeCommand: Command = {
  name: 'tprime',
  summary: 'move event times to another stream\'s clock (TPrime\'s command line)',
  usage: `aftergate tprime -syncperiod=P -tostream=EDGES -fromstream=I,EDGES... -events=I,IN,OUT... [options]

Maps event times of other streams to the clock of one stream, by the edges of the sync pulse that all of them recorded.
The options are those of TPrime; the log is appended to TPrime.log in the working folder.

  -syncperiod=P        nominal period of the sync pulse, seconds
  -tostream=EDGES      text file with the sync edges (seconds) of the stream to map to
  -fromstream=I,EDGES  the same for a stream to map from, which gets the number I; any number of times
  -events=I,IN,OUT     maps the times (seconds) in IN, .txt or .npy, of stream I and writes OUT; any number of times
  -offsets=FILE        CatGT's <run>_g<gate>_ct_offsets.txt, needed when gaps were cut while files were joined
  -numerics=native     TPrime's numbers (the default)
  -numerics=exact      pairs each edge with its counterpart: no nominal period in the result, events in any order
  -tprime_interp       interpolates between the edges around an event, whatever the numerics: the clocks' difference
                       and missing edges do not show, and the log tells what the error at an edge left out is
`,
  async run(argv, io) {
    const options = parseTPrimeArguments(argv, io.cwd);
    const progress = progressLine(io);
    const pool = await toolPool(tasks, isLarge(options));
    try {
      await runLogged(io, 'TPrime', tprimeCommandLine(options), async ({ log, warn }) => {
        const result = await runTPrime(options, { pool, signal: io.signal, log, warn, progress: progress.report });
        progress.clear();
        for (const stream of result.fromStreams) log(describeSync(stream));
      });
    } finally {
      await pool.close();
    }
  },
};

/** Usually all is done in less time than it takes to start the threads. */
function isLarge({ events }: TPrimeOptions): boolean {
  const bytes = events.reduce((sum, { input }) => sum + (fs.statSync(input, { throwIfNoEntry: false })?.size ?? 0), 0);
  return events.length > 1 && bytes > 2 ** 25;
}
