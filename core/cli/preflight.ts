// `aftergate preflight`: what will happen when a session runs, and what could spoil it, before anything is started.

import path from 'node:path';
import { JobError, UsageError } from '../common/index.ts';
import { readInputJson } from '../modules/index.ts';
import { preflight, type Preflight, type PreflightFinding } from '../pipelines/index.ts';
import type { Command } from './command.ts';
import { readOptions } from './readOptions.ts';

const usage = `aftergate preflight <session.json> [--full] [--json]

Looks at a session and its recordings before the work begins: how files join, gaps and their filling, files that would be
dropped, extractors, sync, names, room on the disk, time, and what is there already. Writes nothing. Exit status 1 when
something must be mended first.

  --full   also look at the sync lines themselves, some seconds of each stream
  --json   everything found, as JSON on stdout
`;

export const preflightCommand: Command = {
  name: 'preflight',
  summary: 'look at a session before it runs: joins, gaps, disk, time, mistakes',
  usage,
  async run(argv, io) {
    const { session, json, full } = parsePreflightArguments(argv);
    const file = path.resolve(io.cwd, session);
    const found = await preflight(await readInputJson(file), { base: path.dirname(file), depth: full ? 'full' : 'quick', signal: io.signal });
    io.out(json ? `${JSON.stringify(preflightJson(found), null, 1)}\n` : preflightText(found));
    const stops = found.findings.filter(({ severity }) => severity === 'stop').length;
    if (!found.ok) throw new JobError(`${stops} ${stops === 1 ? 'thing' : 'things'} must be mended before this session can run`);
  },
};

/** Throws UsageError. */
export function parsePreflightArguments(argv: readonly string[]): { session: string; json: boolean; full: boolean } {
  const { values, positionals } = parsed(argv);
  if (positionals.length !== 1) throw new UsageError(positionals.length === 0 ? 'which session?' : `preflight takes one session, not also '${positionals[1]}'`, { next: 'aftergate preflight <session.json>' });
  return { session: positionals[0], json: values.json ?? false, full: values.full ?? false };
}

function parsed(argv: readonly string[]) {
  return readOptions({ args: [...argv], options: { json: { type: 'boolean' }, full: { type: 'boolean' } }, allowPositionals: true }, 'aftergate preflight --help tells the options.');
}

/** {ok, findings, disk: {needed, removed, free} in bytes, seconds, outputs}. */
export function preflightJson({ ok, findings, disk, seconds, outputs }: Preflight) {
  return {
    ok,
    findings: findings.map((finding) => ({
      severity: finding.severity,
      code: finding.id,
      message: finding.text,
      next: adviceOf(finding),
      step: finding.where.step,
      run: finding.where.run ?? null,
      gate: finding.where.gate ?? null,
      probe: finding.where.probe ?? null,
    })),
    disk: { needed: disk?.needed ?? null, removed: disk?.removed ?? null, free: disk?.free ?? null },
    seconds,
    outputs: outputs.map((output) => output.path),
  };
}

/** What the buttons of the window would do, in words. */
function adviceOf({ advice, next }: PreflightFinding): string | null {
  return advice ?? (next.map(({ label }) => label).join(', or: ') || null);
}

const marks = { stop: 'STOP', warn: 'WARN', note: 'note' } as const;

function preflightText(found: Preflight): string {
  const { findings, disk, seconds, steps } = found;
  const order = ['stop', 'warn', 'note'] as const;
  const lines = order.flatMap((severity) => findings.filter((finding) => finding.severity === severity)).map((finding) => {
    const { run, gate, probe } = finding.where;
    const place = [run === undefined ? '' : `${run}${gate === undefined ? '' : `_g${gate}`}`, probe === undefined ? '' : `imec${probe}`].filter((part) => part !== '').join(' ');
    const advice = adviceOf(finding);
    return `${marks[finding.severity]}  ${place === '' ? '' : `${place}: `}${finding.text}${advice === null ? '' : `\n      ${advice}`}\n`;
  });
  const todo = steps.filter(({ state }) => state !== 'valid').length;
  const kept = steps.length - todo;
  const room = disk ? `, ${gigabytes(disk.needed)} GB${disk.free === null ? '' : ` of ${gigabytes(disk.free)} GB free`}` : '';
  return `${lines.join('')}${todo} ${todo === 1 ? 'step' : 'steps'} to do${kept > 0 ? `, ${kept} still valid` : ''}, about ${duration(seconds)}${room}\n`;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(bytes < 1e10 ? 2 : 0);
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
