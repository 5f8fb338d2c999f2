// A process of its own that carries out a session and, at a given moment, is no more: every event and every task of the
// pool is a moment. Arguments: session file, moment (0: never), --resume or nothing. Prints how many moments there were.

import path from 'node:path';
import type { TaskPool } from '../../../core/common/index.ts';
import { readInputJson } from '../../../core/modules/index.ts';
import { failuresOf, runSession } from '../../../core/pipelines/index.ts';
import { testModules, testPool } from './support.ts';

const [file, last, resume] = process.argv.slice(2);
let moments = 0;

function tick(): void {
  moments++;
  if (moments === Number(last)) process.kill(process.pid, 'SIGKILL');
}

const inner = testPool();
const pool: TaskPool = {
  size: 1,
  async run<Result>(task: string, payload: unknown, options?: { signal?: AbortSignal }) {
    tick();
    const result = await inner.run<Result>(task, payload, options);
    tick();
    return result;
  },
};

const report = await runSession(await readInputJson(file), path.dirname(file), { pool, modules: testModules, resume: resume === '--resume', on: tick, warn: () => undefined });
for (const { what, message } of failuresOf(report)) process.stderr.write(`${what}: ${message}\n`);
process.stdout.write(`${moments} ${report.results.map(({ state }) => state).join(',')}\n`);
