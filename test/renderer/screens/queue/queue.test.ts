import { describe, expect, it } from 'vitest';
import { type Job, type LeftOut, type QueueState, type QueueStep, standardLimits, type StepState } from '../../../../core/service/contract/index.ts';
import { matrixOf, neighbour } from '../../../../renderer/screens/queue/matrix.ts';
import { journalLine, logLine, queueHead, queueLine, rough, spokenProgress, stepFigures, stopCost, tabTitle } from '../../../../renderer/screens/queue/words.ts';

function step(run: string, probe: number | null, module: string, changes: Partial<QueueStep> = {}): QueueStep {
  return {
    stepId: `${run}_g0${probe === null ? '' : `_imec${probe}`}-${module}`, run, gate: 0, probe, module, state: 'waiting', fraction: 0, done: null, total: null, noun: null, xRealtime: null,
    left_s: null, est_s: 120, took_s: null, startedAt: null, recording_s: 100, input_B: 1e9, needs: [], message: null, next: null, ...changes,
  };
}

const counts = (some: Partial<Record<StepState, number>>) => ({ waiting: 0, running: 0, paused: 0, done: 0, skipped: 0, failed: 0, blocked: 0, cancelled: 0, ...some });

function job(changes: Partial<Job> = {}): Job {
  return {
    jobId: 'a', name: 'm41 evening', state: 'running', addedAt: '', startedAt: '2026-11-19T18:59:00Z', endedAt: null, notBefore: null, counts: counts({ done: 2, waiting: 5, running: 1 }), steps: 8,
    fraction: 0.618, left_s: 2460, running: null, waitsFor: null, lost_s: 0, verdict: null, problem: null, sessionFile: '', destination: '', ...changes,
  };
}

const limits = { ...standardLimits, threads: 4, isRecording: false, fixedWorkers: null, cores: 4, installed_GB: 32 };
const queue = (jobs: readonly Job[], changes: Partial<QueueState> = {}): QueueState => ({ paused: false, jobs, left_s: 2460, usage: null, journalProblem: null, keepsAwake: false, limits, ...changes });

describe('the matrix of a job', () => {
  const allSteps = [
    step('m41', null, 'catGT_helper'), step('m41', 0, 'spike_sorter'), step('m41', 0, 'quality_metrics'),
    step('m41', 1, 'spike_sorter', { state: 'failed', message: 'the drive E: vanished', next: 'Reconnect it.' }), step('m41', 1, 'quality_metrics', { state: 'blocked' }), step('m41', null, 'tPrime_helper'),
  ];
  const leftOut: LeftOut[] = [{ what: 'm41_g0 imec3', run: 'm41', gate: 0, device: 'imec3', text: 'has no files there', next: null }];
  const matrix = matrixOf({ allSteps, leftOut });

  it('has a row per run and probe and the modules in their order', () => {
    expect(matrix.columns).toEqual(['CatGT', 'sort', 'metrics', 'TPrime']);
    expect(matrix.rows.map(({ label, cells }) => `${label}: ${cells.map((cell) => cell?.state[0] ?? '-').join('')}`)).toEqual(['m41 g0: w--w', 'imec0: -ww-', 'imec1: -fb-', 'imec3: ----']);
    expect(matrix.rows.map(({ message }) => message)).toEqual([null, null, 'the drive E: vanished', 'left out: has no files there']);
  });

  it('shows runs with failures first when asked, each with its probes below it', () => {
    const backlog = [step('a', 0, 'spike_sorter'), step('b', 0, 'spike_sorter'), step('b', 1, 'spike_sorter', { state: 'failed' }), step('c', 0, 'spike_sorter', { state: 'blocked' })];
    const labels = (failedFirst: boolean) => matrixOf({ allSteps: backlog, leftOut: [] }, failedFirst).rows.map(({ label }) => label);
    expect(labels(false)).toEqual(['a g0', 'imec0', 'b g0', 'imec0', 'imec1', 'c g0', 'imec0']);
    expect(labels(true)).toEqual(['b g0', 'imec0', 'imec1', 'c g0', 'imec0', 'a g0', 'imec0']);
  });

  it.each([
    ['m41_g0-catGT_helper', 0, 1, 'm41_g0-tPrime_helper'],
    ['m41_g0-catGT_helper', 1, 0, 'm41_g0_imec0-spike_sorter'],
    ['m41_g0_imec0-spike_sorter', 1, 0, 'm41_g0_imec1-spike_sorter'],
    ['m41_g0_imec1-spike_sorter', 0, -1, null],
    ['m41_g0_imec0-quality_metrics', -1, 0, 'm41_g0-tPrime_helper'],
    ['m41_g0_imec1-quality_metrics', 1, 0, null],
  ])('is walked with the arrow keys: from %s by %i, %i to %s', (from, down, right, to) => {
    expect(neighbour(matrix, from, down, right)).toBe(to);
  });
});

describe('what the queue says', () => {
  it('in the top bar', () => {
    expect(queueLine(queue([job()]))).toBe('2 of 8 steps, 41 min left');
    expect(queueLine(queue([job(), job({ state: 'waiting', counts: counts({ waiting: 4 }), steps: 4 })], { left_s: null }))).toBe('2 of 12 steps');
    expect(queueLine(queue([job({ state: 'paused' })], { paused: true }))).toBe('Paused, 2 of 8 steps');
    expect(queueLine(queue([job({ state: 'paused', waitsFor: { text: 'waits for room', next: null } })]))).toBe('Waits for room, 2 of 8 steps');
    expect(queueLine(queue([job({ state: 'interrupted' })]))).toBe('1 job interrupted');
    expect(queueLine(queue([job({ state: 'done' })]))).toBe('Queue: nothing left to do');
    expect(queueLine(queue([]))).toBeNull();
  });

  it('at its head: what works, how much of it, when it will be done', () => {
    expect(queueHead(queue([job()]), new Date(2026, 10, 19, 22, 59))).toBe('▶ working · 1 job · 2 of 8 steps, 41 min left · done about 23:40');
    expect(queueHead(queue([job({ state: 'done' })]), new Date())).toBe('Queue: nothing left to do');
  });

  it('of its journal: what a crash would cost', () => {
    expect(journalLine(queue([job()]))).toContain('journal ok: nothing is lost if this computer stops now but the step at work');
    expect(journalLine(queue([job({ state: 'interrupted' })]))).toContain('finished steps are kept, the rest goes on when resumed');
    expect(journalLine(queue([], { journalProblem: 'no room', keepsAwake: true }))).toBe('journal: cannot be written (no room); records beside the outputs still tell what is done · Keep awake ✔ while it works');
  });

  it('in the tab, and aloud', () => {
    expect(tabTitle(queue([job({ counts: counts({ done: 4, failed: 1, running: 1, waiting: 2 }) })]))).toBe('61 % · 1 failed');
    expect(tabTitle(queue([job()]))).toBe('61 %');
    expect(tabTitle(queue([]))).toBe('Queue');
    expect(spokenProgress(queue([job()]))).toBe('m41 evening: 61 % done, 2 of 8 steps, 41 min left.');
  });

  it('of a step, before it is stopped, and of its log', () => {
    expect(stepFigures(step('m41', 0, 'spike_sorter', { state: 'running', fraction: 0.382, left_s: 1127, xRealtime: 1.42, noun: 'matching', done: 2214, total: 5812 }))).toBe('38 % · 19 min left · 1.4 x real time · matching 2,214 of 5,812');
    expect(stepFigures(step('m41', 0, 'spike_sorter', { state: 'running', fraction: 0.01 }))).toBe('1 % · about 2 min in all');
    expect(stepFigures(step('m41', 0, 'spike_sorter', { state: 'done', took_s: 2820 }))).toBe('took 47 min 00 s, about 2 min expected');
    expect(stopCost(1860)).toBe('31 min of work are lost; finished steps stay.');
    expect(stopCost(0)).toBe('Nothing is lost; finished steps stay.');
    expect([0.2, 59, 60, 3900].map(rough)).toEqual(['1 s', '59 s', '1 min', '1 h 05 min']);
    expect(logLine('[2026-11-19T18:59:02.123Z] 412 templates')).toMatch(/^\d\d:\d\d:02 412 templates$/);
    expect(logLine('no time')).toBe('no time');
  });
});
