import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../core/common/index.ts';
import { checkPlan, type ExecuteOptions, type ExecutionEvent, executePlan, journalPath, parseJournal, type Step } from '../../../core/execution/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { find, plan, step } from './modules.ts';

let folder: string;
let events: ExecutionEvent[];
beforeEach(() => {
  folder = temporaryFolder();
  events = [];
});

async function carryOut(steps: readonly Step[], options: Partial<ExecuteOptions> = {}): Promise<string[]> {
  const results = await executePlan(plan(folder, steps), { pool: inlinePool({}), find, on: (event) => void events.push(event), ...options });
  return results.map(({ state }) => state);
}

const resume = { resume: true };
const on = (id: string) => ({ dependsOn: [{ step: id }] });
const warnings = () => events.flatMap((event) => (event.kind === 'warning' ? [event.line] : []));

describe('a plan', () => {
  it('is carried out in order, each step on its own input JSON', async () => {
    expect(await carryOut([step(folder, 'a', 1, { inputCopy: path.join(folder, 'beside', 'a.json') }), step(folder, 'b', 2, on('a'))])).toEqual(['done', 'done']);
    expect(events.flatMap((event) => (event.kind === 'started' ? [event.step.id] : []))).toEqual(['a', 'b']);
    const input = await fs.readFile(path.join(folder, 'a-input.json'), 'utf8');
    expect(JSON.parse(input)).toEqual({ write_params: { output: path.join(folder, 'a.txt'), value: 1 } });
    expect(await fs.readFile(path.join(folder, 'beside', 'a.json'), 'utf8')).toBe(input);
    expect(JSON.parse(await fs.readFile(path.join(folder, 'b-output.json'), 'utf8'))).toMatchObject({ aftergate: { module: 'write' } });
  });

  it('goes on after a failure with all that does not depend on it', async () => {
    const steps = [step(folder, 'a', 13), step(folder, 'b', 1, on('a')), step(folder, 'c', 1, on('b')), step(folder, 'd', 16), step(folder, 'e', 1, { after: ['a', 'c'], notes: ['imec9 is left out'] })];
    const results = await executePlan(plan(folder, steps), { pool: inlinePool({}), find, on: (event) => void events.push(event) });
    expect(results.map(({ state, message, next }) => [state, message, next])).toEqual([
      ['failed', `${path.join(folder, 'a.txt')}: 13 is unlucky`, 'Take another number.'],
      ['left out', 'was not run, because a failed', undefined],
      ['left out', 'was not run, because b was not run', undefined],
      ['failed', 'a bug', 'This is a bug in Aftergate; please report it with the lines in the log.'],
      ['done', undefined, undefined],
    ]);
    expect(warnings()).toEqual(['imec9 is left out', 'goes on without a, c']);
    await expect(fs.access(path.join(folder, 'a-output.json'))).rejects.toThrow();
  });

  it('lets a step run on what a failed one has made new, and only on that', async () => {
    const left = (id: string) => ({ dependsOn: [{ step: 'a', leaving: [path.join(folder, `${id}.txt`)] }] });
    await fs.writeFile(path.join(folder, 'old.txt'), 'from an earlier run');
    expect(await carryOut([step(folder, 'a', 13), step(folder, 'b', 1, left('a')), step(folder, 'c', 1, left('old'))])).toEqual(['failed', 'done', 'left out']);
  });

  it('must be in an order that can be kept', () => {
    expect(() => checkPlan(plan(folder, [step(folder, 'a', 1, on('b')), step(folder, 'b', 1)]))).toThrow("'a' depends on 'b'");
    expect(() => checkPlan(plan(folder, [step(folder, 'a', 1), step(folder, 'a', 1)]))).toThrow("two steps 'a'");
  });
});

describe('resuming', () => {
  const three = (values: readonly [number, number, number], details: Partial<Step> = {}) => [step(folder, 'a', values[0], details), step(folder, 'b', values[1], on('a')), step(folder, 'c', values[2])];

  it('keeps what is valid', async () => {
    await carryOut(three([1, 2, 3]));
    expect(await carryOut(three([1, 2, 3]), resume)).toEqual(['kept', 'kept', 'kept']);
    expect(await carryOut(three([1, 2, 3]))).toEqual(['done', 'done', 'done']);
  });

  it('repeats a step whose parameters changed, and what depends on it', async () => {
    await carryOut(three([1, 2, 3]));
    expect(await carryOut(three([9, 2, 3]), resume)).toEqual(['done', 'done', 'kept']);
    expect(await carryOut(three([9, 2, 4]), resume)).toEqual(['kept', 'kept', 'done']);
  });

  it('repeats a step whose input file is another, or whose output is gone', async () => {
    const input = path.join(folder, 'recording.bin');
    await fs.writeFile(input, 'one');
    await carryOut(three([1, 2, 3], { inputs: [input] }));
    await fs.writeFile(input, 'other');
    expect(await carryOut(three([1, 2, 3], { inputs: [input] }), resume)).toEqual(['done', 'done', 'kept']);
    await fs.rm(path.join(folder, 'c.txt'));
    expect(await carryOut(three([1, 2, 3], { inputs: [input] }), resume)).toEqual(['kept', 'kept', 'done']);
    await fs.rm(path.join(folder, 'b-output.json'));
    expect(await carryOut(three([1, 2, 3], { inputs: [input] }), resume)).toEqual(['kept', 'done', 'kept']);
  });

  it('does not repeat a step for one of its files that nobody needs', async () => {
    const folderOf = (id: string) => path.join(folder, id);
    const two = (inputs: string[]) => [step(folderOf('a'), 'a', 18), step(folderOf('b'), 'b', 1, { ...on('a'), inputs })];
    await fs.mkdir(folderOf('a'));
    await fs.mkdir(folderOf('b'));
    const [first, second] = ['a.txt', 'a.txt.more'].map((name) => path.join(folderOf('a'), name));
    await carryOut(two([first]));
    await fs.rm(second);
    expect(await carryOut(two([first]), resume)).toEqual(['kept', 'kept']);
    await fs.rm(first);
    expect(await carryOut(two([first]), resume)).toEqual(['done', 'done']);
  });

  it('tries a failed step again, and what waits for it', async () => {
    const aligned = (value: number) => [step(folder, 'a', value), step(folder, 'b', 1), step(folder, 't', 2, { after: ['a', 'b'] })];
    expect(await carryOut(aligned(13))).toEqual(['failed', 'done', 'done']);
    expect(await carryOut(aligned(13), resume)).toEqual(['failed', 'kept', 'kept']);
    expect(await carryOut(aligned(5), resume)).toEqual(['done', 'kept', 'done']);
  });

  it('needs no last line of the journal: the output JSON proves that the step had ended', async () => {
    await carryOut(three([1, 2, 3]));
    const journal = journalPath(path.join(folder, '.aftergate'));
    const lines = (await fs.readFile(journal, 'utf8')).split('\n');
    await fs.writeFile(journal, [...lines.slice(0, -2), '{"event":"do'].join('\n'));
    expect(await carryOut(three([1, 2, 3]), resume)).toEqual(['kept', 'kept', 'kept']);
    expect(parseJournal(await fs.readFile(journal, 'utf8')).at(-1)).toMatchObject({ event: 'done', step: 'c' });
  });

  it('does not take the output of an earlier attempt for that of a later one', async () => {
    await carryOut(three([1, 2, 3]));
    const journal = journalPath(path.join(folder, '.aftergate'));
    const done = parseJournal(await fs.readFile(journal, 'utf8')).at(-1)!;
    await fs.appendFile(journal, `${JSON.stringify({ event: 'started', step: 'c', fingerprint: done.fingerprint, time: new Date(Date.parse(done.time) + 1000).toISOString() })}\n`);
    expect(await carryOut(three([1, 2, 3]), resume)).toEqual(['kept', 'kept', 'done']);
  });
});

describe('stopping', () => {
  it.each([[14, 60_000], [15, 0]])('cancels the step at work and all that would follow (a module that writes %i)', async (value, patience) => {
    const abort = new AbortController();
    const stop = (event: ExecutionEvent) => {
      if (event.kind === 'progress' && event.step.id === 'b') abort.abort();
    };
    const steps = [step(folder, 'a', 1), step(folder, 'b', value), step(folder, 'c', 1, on('b')), step(folder, 'd', 1)];
    expect(await carryOut(steps, { signal: abort.signal, on: stop, patience })).toEqual(['done', 'cancelled', 'cancelled', 'cancelled']);
    const again = steps.map((each) => (each.id === 'b' ? step(folder, 'b', 1) : each));
    expect(await carryOut(again, resume)).toEqual(['kept', 'done', 'done', 'done']);
  });
});

describe('stopping one step', () => {
  it('cancels it with what depends on it; all else goes on and says so', async () => {
    const abort = new AbortController();
    const stop = (event: ExecutionEvent) => {
      events.push(event);
      if (event.kind === 'progress' && event.step.id === 'b') abort.abort();
    };
    const steps = [step(folder, 'a', 1), step(folder, 'b', 14), step(folder, 'c', 1, on('b')), step(folder, 'd', 1, { after: ['c'] })];
    expect(await carryOut(steps, { on: stop, stepSignal: ({ id }) => (id === 'b' ? abort.signal : undefined) })).toEqual(['done', 'cancelled', 'cancelled', 'done']);
    expect(warnings()).toEqual(['goes on without c']);
  });
});

describe('holding', () => {
  it('waits before a step begins, not before one that is kept', async () => {
    const steps = [step(folder, 'a', 1), step(folder, 'b', 1, on('a'))];
    await carryOut([steps[0]]);
    const held: string[] = [];
    const begun = () => events.flatMap((event) => (event.kind === 'started' ? [event.step.id] : [])).length;
    const hold = async ({ id }: Step) => void held.push(`${id} after ${begun()}`);
    expect(await carryOut(steps, { ...resume, hold })).toEqual(['kept', 'done']);
    expect(held).toEqual(['b after 1']);
  });

  it('ends with an abort', async () => {
    const abort = new AbortController();
    const hold = async () => abort.abort();
    expect(await carryOut([step(folder, 'a', 1), step(folder, 'b', 1)], { hold, signal: abort.signal })).toEqual(['cancelled', 'cancelled']);
    expect(events.filter(({ kind }) => kind === 'started')).toEqual([]);
  });
});

describe('the lock', () => {
  const lock = () => path.join(folder, '.aftergate', 'lock.json');
  const held = async (holder: object | string) => {
    await fs.mkdir(path.dirname(lock()), { recursive: true });
    await fs.writeFile(lock(), typeof holder === 'string' ? holder : JSON.stringify(holder));
  };
  const host = os.hostname();

  it('lets one process work at a time, and is gone afterwards', async () => {
    let second: Promise<unknown> | undefined;
    await carryOut([step(folder, 'a', 1)], { on: () => void (second ??= carryOut([step(folder, 'b', 1)]).catch((error: unknown) => error)) });
    expect(await second).toMatchObject({ message: expect.stringContaining(`another run is at work here (process ${process.pid} on ${host}`), exitCode: 1 });
    await expect(fs.access(lock())).rejects.toThrow();
  });

  it.each([
    ['of a process that is gone', { id: 'x', pid: 2 ** 22 + 1, host, since: new Date().toISOString() }],
    ['from before the computer started', { id: 'x', pid: process.ppid, host, since: '2001-01-01T00:00:00.000Z' }],
    ['without content', ''],
  ])('is taken over %s', async (_, holder) => {
    await held(holder);
    expect(await carryOut([step(folder, 'a', 1)])).toEqual(['done']);
  });

  it('of another computer is respected', async () => {
    await held({ id: 'x', pid: 1, host: 'rig-2', since: '2026-11-22T06:00:00.000Z' });
    await expect(carryOut([step(folder, 'a', 1)])).rejects.toThrow('process 1 on rig-2, since 2026-11-22T06:00:00.000Z');
  });
});
