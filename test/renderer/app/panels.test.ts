import { expect, it } from 'vitest';
import { nextStop } from '../../../renderer/app/panels.ts';

// As compareDocumentPosition tells it: 0 the stop itself, 2 before it, 4 after it, 20 within it.
it('goes to the panel after the focus, round and round', () => {
  expect(nextStop([4, 0, 2], 1)).toBe(2);
  expect(nextStop([4, 4, 0], 1)).toBe(0);
  expect(nextStop([2, 2, 2], 1), 'nothing is focused yet').toBe(0);
});

it('goes back to the beginning of the panel first, then to the one before', () => {
  expect(nextStop([4, 0, 2], -1)).toBe(0);
  expect(nextStop([4, 4, 2], -1), 'the focus lies inside the second').toBe(1);
  expect(nextStop([0, 2, 2], -1)).toBe(2);
});
