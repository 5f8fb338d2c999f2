// The thread pool: closed while its threads are still loading their modules.

import { describe, expect, test } from 'vitest';
import { createPool } from '../../../core/execution/index.ts';

describe('a pool', () => {
  test('closes while its threads load, as often as one likes', async () => {
    for (let round = 0; round < 8; round++) await createPool(2).close();
  });

  test('gives up what waits and what runs when it closes', async () => {
    const pool = createPool(2);
    const tasks = [1, 2, 3].map((number) => pool.run('no.such.task', { number }).then(() => 'done', (error: Error) => error.message));
    await pool.close();
    expect(await Promise.all(tasks)).not.toContain('done');
  });
});
