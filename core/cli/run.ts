// `aftergate run`: a session from raw files to aligned units, or what is left of it.

import path from 'node:path';
import { JobError, UsageError } from '../common/index.ts';
import { createPool, type ExecutionEvent } from '../execution/index.ts';
import { readInputJson } from '../modules/index.ts';
import { probeTitle, shankOf } from '../notation/index.ts';
import { type Expanded, expandSession, failuresOf, runPlan, type SessionReport } from '../pipelines/index.ts';
import type { Command, CommandIO } from './command.ts';
import { runProgress } from './runProgress.ts';
import { readOptions } from './readOptions.ts';

const usage = `aftergate run <session.json> [--resume] [--workers N] [--dry-run] [--json]

Carries out a session: CatGT, the modules of every probe, TPrime, for all its runs. What fails stops only what depends on
it and is named at the end (exit status 1). The journal of the steps lies in .aftergate in the json_directory.

  --resume      skip the steps whose results are still valid
  --workers N   threads to use, by default one per core
  --backend B   where steps run: local (slurm is not available in this version)
  --dry-run     list the steps with their JSON files and do nothing
  --json        the steps and what became of them, as JSON on stdout
`;

export const runCommand: Command = {
  name: 'run',
  summary: 'carry out a session: many runs, gates and probes',
  usage,
  async run(argv, io) {
    const options = parseRunArguments(argv);
    const file = path.resolve(io.cwd, options.session);
    const expanded = await expandSession(await readInputJson(file), { base: path.dirname(file) });
    if (options.dryRun) return io.out(options.json ? `${JSON.stringify(planJson(expanded), null, 1)}\n` : planText(expanded));
    await carryOut(expanded, options, io);
  },
};

interface RunArguments {
  readonly session: string;
  readonly resume: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly workers: number | undefined;
}

/** Throws UsageError. */
export function parseRunArguments(argv: readonly string[]): RunArguments {
  const { values, positionals } = parsed(argv);
  if (positionals.length !== 1) throw new UsageError(positionals.length === 0 ? 'which session?' : `run takes one session, not also '${positionals[1]}'`, { next: 'aftergate run <session.json>' });
  if (values.backend === 'slurm') throw new UsageError('--backend slurm is not available in this version', { next: 'Leave it out to run on this computer.' });
  if (values.backend !== undefined && values.backend !== 'local') throw new UsageError(`--backend ${values.backend}: must be local or slurm`);
  const workers = values.workers === undefined ? undefined : Number(values.workers);
  if (workers !== undefined && !(Number.isInteger(workers) && workers >= 1)) throw new UsageError(`--workers: '${values.workers}' is not a number of workers`);
  return { session: positionals[0], resume: values.resume ?? false, dryRun: values['dry-run'] ?? false, json: values.json ?? false, workers };
}

function parsed(argv: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  return readOptions({ args: [...argv], options: { resume: flag, 'dry-run': flag, json: flag, workers: text, backend: text }, allowPositionals: true }, 'aftergate run --help tells the options.');
}

async function carryOut(expanded: Expanded, { resume, workers, json }: RunArguments, io: CommandIO): Promise<void> {
  const progress = runProgress(io);
  const pool = createPool(workers);
  try {
    const on = (event: ExecutionEvent) => progress.show(event);
    const report = await runPlan(expanded, { pool, resume, signal: io.signal, on, warn: (line) => progress.say(`warning: ${line}`) });
    progress.clear();
    if (json) io.out(`${JSON.stringify(reportJson(report), null, 1)}\n`);
    finish(report, io);
  } finally {
    progress.clear();
    await pool.close();
  }
}

/** A sentence per failure; throws JobError when there are any. */
function finish(report: SessionReport, io: CommandIO): void {
  const failures = failuresOf(report);
  const count = (state: string) => report.results.filter((result) => result.state === state).length;
  const kept = count('kept');
  io.err(`${count('done')} of ${report.results.length} steps done${kept > 0 ? `, ${kept} kept from an earlier run` : ''}\n`);
  if (failures.length === 0) return;
  for (const { what, message, next } of failures) io.err(`${what}: ${message}${next ? `\n  ${next}` : ''}\n`);
  throw new JobError(`${failures.length} ${failures.length === 1 ? 'thing' : 'things'} asked for could not be done (named above)`, { next: 'aftergate run --resume does what is missing.' });
}

function planJson({ plan, problems, warnings }: Expanded) {
  return {
    steps: plan.steps.map(({ id, module, run, gate, probe, inputJson, outputJson, dependsOn, after, input }) => (
      { id, module, run, gate, probe, input_json: inputJson, output_json: outputJson, depends_on: dependsOn.map(({ step }) => step), after, input })),
    problems,
    warnings,
  };
}

function planText({ plan, problems, warnings }: Expanded): string {
  const shank = (probe: number | undefined) => (probe === undefined || shankOf(probe) === undefined ? '' : `  (${probeTitle(probe)})`);
  const lines = plan.steps.map(({ id, probe, inputJson, outputJson }) => `${id}${shank(probe)}\n  ${inputJson}\n  -> ${outputJson}\n`);
  return [...lines, ...problems.map(({ what, message }) => `left out: ${what}: ${message}\n`), ...warnings.map((line) => `warning: ${line}\n`)].join('');
}

function reportJson(report: SessionReport) {
  return {
    ok: failuresOf(report).length === 0,
    steps: report.results.map(({ step, state, seconds, message, next }) => ({ id: step.id, module: step.module, run: step.run, gate: step.gate, probe: step.probe, state, seconds, output_json: step.outputJson, message, next })),
    problems: report.problems,
  };
}
