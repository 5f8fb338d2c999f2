// The benchmark runs and reports every kernel; how fast it is nobody asserts.

import { expect, it } from 'vitest';
import { benchKernels } from '../../../core/signal/index.ts';

it('every kernel is measured once, in figures that belong together', () => {
  const rows = benchKernels(1);
  expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
  expect(rows[0]).toMatchObject({ name: 'calibration', gigaflops: expect.any(Number) });
  for (const row of rows.slice(1)) expect(row.megabytesPerSecond! / row.timesRealTime!).toBeCloseTo(385 * 2 * 0.03, 6);
});
