// The first change after a quiet time is told at once; while more comes, only now and then.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTeller } from '../../../../core/service/runs/teller.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first rows do not wait as long as those that follow', () => {
  const action = vi.fn();
  const teller = openTeller(action, () => 1000);
  teller.tell();
  teller.tell();
  vi.advanceTimersByTime(50);
  expect(action).toHaveBeenCalledTimes(1);
  teller.tell();
  vi.advanceTimersByTime(900);
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(action).toHaveBeenCalledTimes(2);
  teller.tell();
  teller.close();
  vi.advanceTimersByTime(5000);
  expect(action).toHaveBeenCalledTimes(2);
});
