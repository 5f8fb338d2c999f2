import { expect, it } from 'vitest';
import { usageMeter } from '../../../core/execution/index.ts';

it('tells memory, and processor time since the last question', () => {
  let ms = 0;
  const usage = usageMeter(() => ms);
  expect(usage()).toEqual({ mem_B: expect.any(Number), cpu_pct: null });
  ms = 1000;
  const { mem_B, cpu_pct } = usage();
  expect(mem_B).toBeGreaterThan(1e6);
  expect(cpu_pct).toBeGreaterThanOrEqual(0);
});
