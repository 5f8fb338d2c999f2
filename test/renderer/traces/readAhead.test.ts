// Reading ahead: two windows each way, the way of the last move first; nothing where there is nothing to wait for.

import { expect, test } from 'vitest';
import type { TraceWindowInfo } from '../../../core/service/contract/index.ts';
import { nextAhead, type Read, withMargin } from '../../../renderer/screens/traces/readAhead.ts';

const window: TraceWindowInfo = { mode: 'minmax', from_s: 0, step_s: 0.001, first_smp: 0, per_smp: 30, count: 1600, columns: new Int32Array(0), low: new Int16Array(0), high: new Int16Array(0), present: Int32Array.of(0, 1600), text: null };
const readAt = (from_s: number, to_s: number, changes: Partial<TraceWindowInfo> = {}): Read => {
  const view = { source: 'imec0.ap|raw', from_s, to_s, width: 1000, columns: [0, 1] };
  return { view, wish: withMargin(view), window: { ...window, ...changes } };
};

/** From where each is read until there is no more to read. */
function allAhead(shown: Read, direction: 1 | -1): number[] {
  const kept = [shown];
  for (let next = nextAhead(shown, kept, direction); next && kept.length < 20; next = nextAhead(shown, kept, direction)) kept.push(readAt(next.from_s, next.to_s));
  return kept.slice(1).map(({ view }) => Number(view.from_s.toFixed(6)));
}

test('reads two windows ahead and two behind, without a hole between them', () => {
  expect(allAhead(readAt(10, 11), 1)).toEqual([10.6, 11.2, 9.4, 8.8]);
  expect(allAhead(readAt(10, 11), -1)).toEqual([9.4, 8.8, 10.6, 11.2]);
});

test('reads nothing ahead while an overview is built, where nothing was recorded, and where a margin would be beyond the live filter', () => {
  expect(allAhead(readAt(0, 3600, { text: 'building overview 34 %' }), 1)).toEqual([]);
  expect(allAhead(readAt(10, 11, { count: 0 }), 1)).toEqual([]);
  expect(allAhead(readAt(10, 16.5), 1)).toEqual([]);
});
