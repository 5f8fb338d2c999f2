// Lows and highs by kernel equal those of plain loops: for rows of any width, bits beside voltages, more rows than fit the
// kernel's memory, and buckets that start anywhere.

import { expect, test } from 'vitest';
import { createEnvelope } from '../../../../core/review/traces/envelope.ts';
import { roomRows } from '../../../../core/review/traces/reach.ts';

/** The same numbers each time. */
function numbers(count: number, seed: number): Int16Array {
  let state = seed;
  return Int16Array.from({ length: count }, () => (state = (Math.imul(state, 1103515245) + 12345) | 0) >> 16);
}

test.each([[1, 1, 7], [9, 8, 100], [17, 16, 4097], [33, 33, 1], [40, 38, 9000]])('%d columns, %d of them voltages, buckets of %d', (columns, analog, per) => {
  const [rowCount, from, at] = [2 * roomRows + 77, 1000, 1003];
  const rows = numbers(rowCount * columns, columns);
  const count = Math.ceil((at - from + rowCount) / per);
  const wanted = Int32Array.from({ length: columns }, (_, column) => column);
  const envelope = createEnvelope(wanted, analog, from, per, count);
  envelope.addRows(rows.subarray(0, 50 * columns), 50, columns, at);
  envelope.addRows(rows.subarray(50 * columns), rowCount - 50, columns, at + 50);

  const low = new Int16Array(columns * count);
  const high = new Int16Array(columns * count);
  for (let column = 0; column < columns; column++) {
    const isVoltage = column < analog;
    const [least, most] = [new Array<number>(count).fill(isVoltage ? 32767 : -1), new Array<number>(count).fill(isVoltage ? -32768 : 0)];
    for (let row = 0; row < rowCount; row++) {
      const bucket = Math.floor((at + row - from) / per);
      const value = rows[row * columns + column];
      least[bucket] = isVoltage ? Math.min(least[bucket], value) : least[bucket] & value;
      most[bucket] = isVoltage ? Math.max(most[bucket], value) : most[bucket] | value;
    }
    const first = Math.floor((at - from) / per);
    low.set(least.slice(first), column * count + first);
    high.set(most.slice(first), column * count + first);
  }
  expect(envelope.low.findIndex((value, place) => value !== low[place])).toBe(-1);
  expect(envelope.high.findIndex((value, place) => value !== high[place])).toBe(-1);
  expect([...envelope.present()]).toEqual([Math.floor((at - from) / per), count]);
});
