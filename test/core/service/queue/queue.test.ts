import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobDetails } from '../../../../core/service/contract/index.ts';
import { type Bench, ended, openBench, type Rig, sessionOf, simulatedRig, statesOf } from './support.ts';

let rig: Rig;
let bench: Bench;
beforeEach(async () => {
  rig = await simulatedRig();
  bench = await openBench(rig);
});
afterEach(() => bench.service.close());

const notices = () => bench.events.flatMap((event) => (event.name === 'app.notice' ? [event.data] : []));
const timesBegun = async (jobId: string, stepId: string) => (await bench.ask('step.log', { jobId, stepId })).lines.filter((line) => line.endsWith('] begins')).length;
const isRunning = (stepId: string) => (job: JobDetails) => job.running === stepId;

describe('a job', () => {
  it('is frozen as a session file, carried out, told at its end and reported', async () => {
    const jobId = await bench.add('m41 evening: "A"');
    expect(await bench.ask('profile.get', {})).toMatchObject({ values: { lastSession: sessionOf(rig) } });
    const job = await bench.until(jobId, ended);
    expect(job).toMatchObject({ state: 'done', verdict: '2 of 2 probes done', fraction: 1, problem: null, sessionFile: path.join(rig.out, 'json', 'm41 evening_ _A_.json') });
    expect(statesOf(job)).toBe('D'.repeat(10));
    expect(JSON.parse(await fs.readFile(job.sessionFile, 'utf8'))).toEqual(sessionOf(rig));
    expect(notices()).toEqual([{ text: 'm41 evening: "A": 2 of 2 probes done', severity: 'ok', native: true }]);
    expect(bench.awake).toEqual([true, false]);
    expect(bench.service.busy()).toEqual([]);
    const { speeds } = (await bench.ask('profile.get', {})).values;
    expect(speeds).toMatchObject({ catGT_helper: expect.any(Number), spike_sorter: expect.any(Number) });

    const step = await bench.ask('queue.step', { jobId, stepId: 'm41_g0_CatGT' });
    expect(step.command).toMatch(/^CatGT -dir=/);
    expect(step.input).toMatchObject({ catGT_helper_params: { run_name: 'm41' } });
    expect(step.outputs.map((file) => path.basename(file.path))).toContain('m41_g0_tcat.imec1.ap.bin');
    const log = await bench.ask('step.log', { jobId, stepId: 'm41_g0_imec0-spike_sorter' });
    expect(log.lines.map((line) => line.slice(27))).toEqual(expect.arrayContaining(['begins', expect.stringMatching(/units, .* spikes/), expect.stringMatching(/^done in/)]));
    expect(await bench.ask('step.log', { jobId, stepId: 'm41_g0_imec0-spike_sorter', from_B: log.next_B })).toEqual({ lines: [], from_B: log.next_B, next_B: log.next_B });

    const report = await bench.ask('report.get', { jobId });
    expect(report.probes.map(({ what, state }) => [what, state])).toEqual([['m41 imec0', 'done'], ['m41 imec1', 'done']]);
    expect(report.probes[1].sentence).toMatch(/^m41 imec1: \d+ units?, \d+ good; sync residual [\d.]+ ms; drift [\d.]+ um; 0 gfix edits\.$/);
    expect(report.steps).toContainEqual({ stepId: 'm41_g0_CatGT', state: 'done', took_s: expect.any(Number), bytes_B: expect.any(Number) });
    expect(report.disk.planned_B).toBeGreaterThan(0);
    expect(report.methods).toMatch(/^Recordings \(1 run, 2 probes\) were processed with Aftergate .* CatGT \(.*-gfix.*sorted with the spike sorter built into Aftergate\..*TPrime to the clock of imec0/);
    expect(JSON.parse(await fs.readFile(path.join(rig.out, 'json', 'm41 evening_ _A__report.json'), 'utf8'))).toEqual(report);
    expect(await fs.readFile(path.join(rig.out, 'json', 'm41 evening_ _A__report.html'), 'utf8')).toContain('<p>2 of 2 probes done</p>');
  });

  it('names the probe that failed, aligns the others, and does only what is missing when tried again', async () => {
    const bin = path.join(rig.raw, 'm41_g0', 'm41_g0_imec1', 'm41_g0_t0.imec1.ap.bin');
    await fs.rename(bin, `${bin}.away`);
    const jobId = await bench.add('m41', { modules: ['spike_sorter', 'mean_waveforms'] });
    const job = await bench.until(jobId, ended);
    expect(job).toMatchObject({ state: 'failed', verdict: '1 of 2 probes done, m41 imec1 failed', leftOut: [{ what: 'm41_g0 imec1', device: 'imec1' }] });
    expect(statesOf(job)).toBe('DDDD');
    const report = await bench.ask('report.get', { jobId });
    expect(report.probes.map(({ state }) => state)).toEqual(['done', 'failed']);
    expect(report.probes[1].sentence).toMatch(/^m41 imec1 was left out: /);
    expect(report.findings).toContainEqual({ what: 'm41_g0_TPrime', text: expect.stringMatching(/^imec1 is left out: /) });

    await fs.rename(`${bin}.away`, bin);
    await bench.ask('queue.retry', { jobId });
    expect(await bench.until(jobId, ended)).toMatchObject({ state: 'done', verdict: '2 of 2 probes done', leftOut: [] });
    await bench.ask('queue.retry', { jobId });
    const third = await bench.until(jobId, ended);
    expect(third.allSteps.every(({ state, took_s }) => state === 'done' && took_s !== null)).toBe(true);

    await bench.ask('queue.runFrom', { jobId, stepId: 'm41_g0_imec1-mean_waveforms' });
    await bench.until(jobId, ended);
    expect(await timesBegun(jobId, 'm41_g0_imec1-mean_waveforms')).toBe(2);
    expect(await timesBegun(jobId, 'm41_g0_imec1-spike_sorter')).toBe(1);
  });

  it('is refused where the session is wrong, outside chosen folders, or when nothing is there', async () => {
    await expect(bench.add('elsewhere', { catGT_dest: path.resolve('/somewhere else') })).rejects.toMatchObject({ tag: 'not-allowed' });
    await expect(bench.add('relative', { catGT_dest: 'out' })).rejects.toThrow('catGT_dest');
    await expect(bench.add('typo', { carmode: 'gblcar' })).rejects.toThrow('carmode: a session has no such key');
    await expect(bench.add('gone', { run_specs: [['m42', '0', 'start,end', '0']] })).rejects.toThrow('Nothing can be run. m42_g0: there are no files of m42_g0');
    expect((await bench.ask('queue.state', {})).jobs).toEqual([]);
  });
});

describe('stopping', () => {
  it('pauses between steps, goes on, and stops one step with what needs it', async () => {
    const jobId = await bench.add('m41', { modules: ['spike_sorter'] });
    await bench.until(jobId, isRunning('m41_g0_CatGT'));
    expect((await bench.ask('queue.pause', {})).paused).toBe(true);
    expect(bench.service.busy()).toEqual(['m41: m41_g0_CatGT is running (0 of 4 steps done)']);
    const held = await bench.until(jobId, ({ state }) => state === 'paused');
    expect(statesOf(held)).toBe('DPWW');
    expect(bench.service.busy()).toEqual([]);
    await bench.ask('queue.resume', {});
    await bench.until(jobId, isRunning('m41_g0_imec0-spike_sorter'));
    await bench.ask('queue.cancel', { jobId, stepId: 'm41_g0_imec0-spike_sorter' });
    const job = await bench.until(jobId, ended);
    expect(statesOf(job)).toBe('DCDD');
    expect(job).toMatchObject({ state: 'cancelled', verdict: '1 of 2 probes done, the rest cancelled' });
    expect(job.allSteps[3].message).toBe('goes on without m41_g0_imec0-spike_sorter');
  });

  it('cancels a whole job, and what waits behind it goes on', async () => {
    const first = await bench.add('first');
    const second = await bench.add('second', { catGT_dest: path.join(rig.root, 'out2'), modules: [], runTPrime: false });
    const later = (await bench.ask('queue.add', { draftId: (await bench.ask('session.create', { name: 'later', session: sessionOf(rig) })).draftId, when: '2999-01-01T20:00:00Z' })).jobId;
    await bench.until(first, isRunning('m41_g0_CatGT'));
    await bench.ask('queue.move', { jobId: later, by: -1 });
    expect((await bench.ask('queue.state', {})).jobs.map(({ name }) => name)).toEqual(['first', 'later', 'second']);
    await expect(bench.ask('queue.remove', { jobId: first })).rejects.toThrow('first is at work and cannot be removed.');
    await bench.ask('queue.cancel', { jobId: first });
    expect(await bench.ask('queue.job', { jobId: first })).toMatchObject({ state: 'cancelled', verdict: '0 of 2 probes done, the rest cancelled' });
    expect(await bench.until(second, ended)).toMatchObject({ state: 'done', verdict: '1 of 1 run done' });
    await bench.ask('queue.remove', { jobId: first });
    expect((await bench.ask('queue.state', {})).jobs.map(({ name, state }) => `${name} ${state}`)).toEqual(['later waiting', 'second done']);
  });

  it('keeps a job that was interrupted, and goes on with one press where it was', async () => {
    const jobId = await bench.add('m41', { modules: ['spike_sorter'] });
    await bench.until(jobId, isRunning('m41_g0_imec0-spike_sorter'));
    await bench.service.close();
    bench = await openBench(rig);
    const [job] = (await bench.ask('queue.state', {})).jobs;
    expect(job).toMatchObject({ jobId, state: 'interrupted', counts: { done: 1, waiting: 3 } });
    await bench.ask('queue.resume', {});
    const done = await bench.until(jobId, ended);
    expect(done).toMatchObject({ state: 'done', verdict: '2 of 2 probes done' });
    expect(await timesBegun(jobId, 'm41_g0_CatGT')).toBe(1);
  });

  it('keeps the time of a job that is to begin later, also after a restart; one whose time has passed meanwhile waits to be told', async () => {
    const began = Date.parse('2026-11-22T18:00:00Z');
    const at = async (minutes: number) => {
      await bench.service.close();
      bench = await openBench(rig, { now: () => began + minutes * 60_000 });
    };
    await at(0);
    const { draftId } = await bench.ask('session.create', { name: 'evening', session: sessionOf(rig, { modules: [] }) });
    const { jobId } = await bench.ask('queue.add', { draftId, when: '2026-11-22T20:00:00Z' });
    await at(60);
    expect(await bench.ask('queue.job', { jobId })).toMatchObject({ state: 'waiting', notBefore: '2026-11-22T20:00:00Z' });
    await at(180);
    expect(await bench.ask('queue.job', { jobId })).toMatchObject({ state: 'interrupted', startedAt: null, notBefore: '2026-11-22T20:00:00Z' });
    await bench.ask('queue.resume', {});
    expect(await bench.until(jobId, ended)).toMatchObject({ state: 'done' });
  });

  it('begins a job by itself at its time, when that comes after a restart', async () => {
    let moment = Date.parse('2026-11-22T19:59:59.950Z');
    const again = async () => {
      await bench.service.close();
      bench = await openBench(rig, { now: () => moment });
    };
    await again();
    const { draftId } = await bench.ask('session.create', { name: 'soon', session: sessionOf(rig, { modules: [] }) });
    const { jobId } = await bench.ask('queue.add', { draftId, when: '2026-11-22T20:00:00Z' });
    await again();
    expect(await bench.ask('queue.job', { jobId })).toMatchObject({ state: 'waiting' });
    moment += 50;
    expect(await bench.until(jobId, ended)).toMatchObject({ state: 'done' });
  });
});
