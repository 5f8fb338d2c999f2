import { describe, expect, test } from 'vitest';
import { inlinePool, inOrder } from '../../../core/common/index.ts';

describe('inOrder', () => {
  test('takes results in order, whatever order they finish in, with a bounded number under way', async () => {
    const finish: (() => void)[] = [];
    let underWay = 0;
    let most = 0;
    const taken: number[] = [];
    const all = inOrder(
      6,
      3,
      (index) => {
        most = Math.max(most, ++underWay);
        return new Promise<number>((resolve) => (finish[index] = () => resolve((underWay--, index * 10))));
      },
      (result) => void taken.push(result),
    );
    for (const index of [2, 1, 0]) finish[index]();
    while (finish.length < 6) await Promise.resolve();
    for (const index of [5, 4, 3]) finish[index]();
    await all;
    expect(taken).toEqual([0, 10, 20, 30, 40, 50]);
    expect(most).toBe(3);
  });

  test('the first failure ends it, and nothing new is started', async () => {
    const started: number[] = [];
    const all = inOrder(
      10,
      2,
      async (index) => {
        started.push(index);
        if (index === 1) throw new Error('disk gone');
        return index;
      },
      () => undefined,
    );
    await expect(all).rejects.toThrow('disk gone');
    expect(started.length).toBeLessThanOrEqual(4);
  });
});

test('the inline pool runs tasks by name', async () => {
  const pool = inlinePool({ double: (value: number) => 2 * value });
  expect(await pool.run('double', 21)).toBe(42);
  await expect(pool.run('triple', 1)).rejects.toThrow("no task 'triple'");
});
