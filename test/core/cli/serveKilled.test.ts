// The served application killed while a job works, and started again: nothing that was finished is done again.

import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Answer, Input, JobDetails, RequestName } from '../../../core/service/contract/index.ts';
import { type Rig, sessionOf, simulatedRig, statesOf } from '../service/queue/support.ts';

const program = path.resolve(import.meta.dirname, '..', '..', '..', 'dist', 'cli', 'index.js');
let rig: Rig;
let child: ChildProcess | undefined;
beforeAll(async () => {
  rig = await simulatedRig();
});
afterEach(() => void child?.kill('SIGKILL'));

/** Ends when it serves. */
async function serve() {
  child = spawn(process.execPath, [program, 'serve', '--profile', rig.profile, '--root', rig.root, '--workers', '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<URL>((resolve) => child!.stdout!.once('data', (line: Buffer) => resolve(new URL(line.toString().trim()))));
  const token = url.searchParams.get('token') ?? new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  return async <Name extends RequestName>(name: Name, input: Input<Name>): Promise<Answer<Name>> => {
    const response = await fetch(new URL(`/api/${name}`, url.origin), { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(input) });
    const body = (await response.json()) as Answer<Name>;
    if (!response.ok) throw new Error(JSON.stringify(body));
    return body;
  };
}

type Ask = Awaited<ReturnType<typeof serve>>;

async function until(ask: Ask, jobId: string, wanted: (job: JobDetails) => boolean): Promise<JobDetails> {
  for (;;) {
    const job = await ask('queue.job', { jobId });
    if (wanted(job)) return job;
  }
}

async function killed(): Promise<void> {
  const ended = new Promise((resolve) => child!.once('exit', resolve));
  child!.kill('SIGKILL');
  await ended;
}

it('goes on where it was: finished steps are done or skipped, the step at work begins anew, and the journal tells', async () => {
  let ask = await serve();
  await ask('roots.add', { path: rig.root });
  const { draftId } = await ask('session.create', { name: 'evening', session: sessionOf(rig, { modules: ['spike_sorter'] }) });
  const { jobId } = await ask('queue.add', { draftId });
  await until(ask, jobId, ({ running }) => running === 'm41_g0_imec0-spike_sorter');
  await killed();

  ask = await serve();
  const [job] = (await ask('queue.state', {})).jobs;
  expect(job).toMatchObject({ jobId, state: 'interrupted', counts: { done: 1, waiting: 3, running: 0 } });
  await ask('queue.resume', {});
  const done = await until(ask, jobId, ({ state }) => ['done', 'failed'].includes(state));
  expect([done.state, statesOf(done), done.verdict]).toEqual(['done', 'DDDD', '2 of 2 probes done']);
  const journal = (await fs.readFile(path.join(rig.out, 'json', '.aftergate', 'journal.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { step: string; event: string });
  expect(journal.map(({ step, event }) => `${event} ${step.replace('m41_g0_', '')}`)).toEqual([
    'started CatGT', 'done CatGT', 'started imec0-spike_sorter',
    'started imec0-spike_sorter', 'done imec0-spike_sorter', 'started imec1-spike_sorter', 'done imec1-spike_sorter', 'started TPrime', 'done TPrime',
  ]);
});
