import { expect, it } from 'vitest';
import { withinWidth, type WorkerPool } from '../../../core/execution/index.ts';

/** Tasks end when they are told to. */
function slowPool() {
  const ends: (() => void)[] = [];
  const pool: WorkerPool = {
    size: 100,
    run: <Result>(_task: string, payload: unknown) => new Promise<Result>((resolve) => ends.push(() => resolve(payload as Result))),
    close: () => Promise.resolve(),
  };
  return { pool, running: () => ends.length, endOne: () => ends.shift()!() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('a pool\'s width may shrink and grow while it works; every task is done once', async () => {
  const { pool, running, endOne } = slowPool();
  let width = 4;
  const narrow = withinWidth(pool, () => width);
  const results = Array.from({ length: 8 }, (_, index) => narrow.run<number>('count', index));
  await settled();
  expect([narrow.size, running()]).toEqual([4, 4]);
  width = 2;
  endOne();
  endOne();
  await settled();
  expect(running()).toBe(2);
  width = 3;
  endOne();
  await settled();
  expect(running()).toBe(3);
  while (running() > 0) {
    endOne();
    await settled();
  }
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('a task that was called off while it waited is not begun', async () => {
  const { pool, running, endOne } = slowPool();
  const narrow = withinWidth(pool, () => 1);
  const abort = new AbortController();
  const first = narrow.run('first', 1);
  const second = narrow.run('second', 2, { signal: abort.signal });
  abort.abort(new Error('called off'));
  await settled();
  endOne();
  await expect(second).rejects.toThrow('called off');
  expect([await first, running()]).toEqual([1, 0]);
});
