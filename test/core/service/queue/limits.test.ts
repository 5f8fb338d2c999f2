// What work may take of the computer, as the queue keeps to it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobDetails } from '../../../../core/service/contract/index.ts';
import { openLimits, openProfile } from '../../../../core/service/house/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { type Bench, ended, openBench, type Rig, sessionOf, simulatedRig, statesOf } from './support.ts';

let rig: Rig;
let bench: Bench;
/** In place of the drive. */
let free: number | null;
beforeEach(async () => {
  free = 1e12;
  rig = await simulatedRig();
  bench = await openBench(rig, { freeBytes: () => Promise.resolve(free) });
});
afterEach(() => bench.service.close());

const waits = ({ waitsFor }: JobDetails) => waitsFor !== null;
const warnings = () => bench.events.flatMap((event) => (event.name === 'app.notice' && event.data.severity === 'warn' ? [event.data.text] : []));

describe('the disk reserve', () => {
  it('makes a step wait, which says so once, and go on when there is room', async () => {
    free = 1e9;
    const jobId = await bench.add('m41', { modules: [], runTPrime: false });
    const held = await bench.until(jobId, waits);
    expect(held).toMatchObject({ state: 'paused', running: null, waitsFor: { text: expect.stringMatching(/^waits for room: .*out has 1 GB free, CatGT writes about [\d.]+ MB, and 1 GB must stay free$/) as string } });
    expect(statesOf(held)).toBe('P');
    expect(bench.service.busy()).toEqual([]);
    free = 2e9;
    const job = await bench.until(jobId, ended);
    expect(job).toMatchObject({ state: 'done', waitsFor: null });
    expect(job.allSteps[0].message).toBeNull();
    expect(warnings()).toEqual([expect.stringMatching(/^m41: m41_g0_CatGT waits for room/)]);
    expect((await bench.ask('step.log', { jobId, stepId: 'm41_g0_CatGT' })).lines[0]).toMatch(/waits for room/);
  });

  it('may be lowered while a step waits for it', async () => {
    free = 5e8;
    const jobId = await bench.add('m41', { modules: [], runTPrime: false });
    await bench.until(jobId, waits);
    const { limits } = await bench.ask('queue.setLimits', { diskReserve_GB: 0.1 });
    expect(limits.diskReserve_GB).toBe(0.1);
    expect(await bench.until(jobId, ended)).toMatchObject({ state: 'done' });
  });

  it('holds up no cancelling, and a job that was waiting waits for its user after a restart', async () => {
    free = 0;
    const first = await bench.add('first');
    await bench.until(first, waits);
    await bench.ask('queue.cancel', { jobId: first });
    expect(await bench.ask('queue.job', { jobId: first })).toMatchObject({ state: 'cancelled' });
    const second = await bench.add('second');
    await bench.until(second, waits);
    await bench.service.close();
    bench = await openBench(rig, { freeBytes: () => Promise.resolve(free) });
    expect(await bench.ask('queue.job', { jobId: second })).toMatchObject({ state: 'interrupted', waitsFor: null });
  });

  it('of drives that do not tell is believed', async () => {
    free = null;
    expect(await bench.until(await bench.add('m41', { modules: [], runTPrime: false }), ended)).toMatchObject({ state: 'done' });
  });

  it('is looked at before the session is run, too', async () => {
    const { draftId } = await bench.ask('session.create', { name: 'm41', session: sessionOf(rig) });
    await bench.ask('queue.setLimits', { diskReserve_GB: 2000 });
    const { findings } = await bench.ask('preflight.run', { draftId, depth: 'quick' });
    expect(findings.find(({ id }) => id === 'disk-reserve')?.text).toContain('2,000 GB must stay free (Settings, Limits)');
  });
});

it('a step that needs more memory than it may have runs alone, with a warning in its log and in the report', async () => {
  await bench.ask('queue.setLimits', { memory_GB: 1 });
  const jobId = await bench.add('m41', { modules: ['spike_sorter'], runTPrime: false, run_specs: [['m41', '0', 'start,end', '0', '', ['default']]] });
  const job = await bench.until(jobId, ended);
  expect(job.state).toBe('done');
  const text = 'The embedded sorter asks for about 2 GB of memory; the limit is 1 GB. It runs alone.';
  expect((await bench.ask('report.get', { jobId })).findings).toContainEqual({ what: 'm41_g0_imec0-spike_sorter', text });
});

describe('limits', () => {
  it('are kept in the profile and refused where they make no sense', async () => {
    await bench.ask('queue.setLimits', { workers: 3, memory_GB: 16, diskReserve_GB: 50, gentle: false });
    await bench.service.close();
    bench = await openBench(rig);
    expect((await bench.ask('queue.state', {})).limits).toMatchObject({ workers: 3, memory_GB: 16, diskReserve_GB: 50, gentle: false, fixedWorkers: 1, threads: 1 });
    await expect(bench.ask('queue.setLimits', { workers: 0 })).rejects.toThrow('workers');
    expect((await bench.ask('queue.setLimits', { workers: null, memory_GB: null })).limits).toMatchObject({ workers: null, memory_GB: null });
  });

  it('halve the threads while a run grows, when gentle', async () => {
    const limits = openLimits(await openProfile(temporaryFolder()), undefined);
    await limits.set({ workers: 5 });
    expect([limits.now(false).threads, limits.now(true).threads]).toEqual([5, 2]);
    await limits.set({ workers: 1 });
    expect(limits.now(true).threads).toBe(1);
    await limits.set({ workers: 5, gentle: false });
    expect(limits.now(true).threads).toBe(5);
  });
});
