// Where supercat cuts: common sync edges of the streams of a run, and what is kept between two of them.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonEdges, cutBetween, edgePeriod, readEdgeTimes, type StreamEdges } from '../../../../core/engines/catgt/supercat/edges.ts';
import { piecesOf } from '../../../../core/engines/catgt/supercat/pieces.ts';
import type { PlacedPart } from '../../../../core/engines/catgt/supercat/plan.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const stream = (times: number[], lfSpan = Infinity, rate = 1000): StreamEdges => ({ file: 'a.txt', times: Float64Array.from(times), rate, lfSpan });

describe('common edges', () => {
  test('head and tail; the first run keeps its start', () => {
    const streams = [stream([0.3, 1.3, 2.3, 3.3]), stream([0.301, 1.301, 2.301, 3.301])];
    expect(commonEdges(streams, 1, true, 'native')).toEqual([{ head: 0, tail: 3.3 }, { head: 0, tail: 3.301 }]);
    expect(commonEdges(streams, 1, false, 'native')).toEqual([{ head: 0.3, tail: 3.3 }, { head: 0.301, tail: 3.301 }]);
  });

  test('a stream that stopped late gives up periods: nominal ones, or its own edges', () => {
    const streams = [stream([0.3, 1.3, 2.3, 3.3]), stream([0.3, 1.3, 2.31, 3.32, 4.33, 5.34])];
    expect(commonEdges(streams, 1, false, 'native')[1].tail).toBeCloseTo(3.34, 12);
    expect(commonEdges(streams, 1, false, 'exact')[1].tail).toBe(3.32);
  });

  test('an LF file that ends before the last edge gives up one', () => {
    const [native] = commonEdges([stream([0.3, 1.3, 2.3, 3.3], 3300)], 1, false, 'native');
    expect(native.tail).toBeCloseTo(2.3, 12);
    expect(commonEdges([stream([0.3, 1.3, 2.31, 3.3], 3300)], 1, false, 'exact')[0].tail).toBe(2.31);
    expect(commonEdges([stream([0.3, 1.3, 2.3, 3.3], 3301)], 1, false, 'native')[0].tail).toBe(3.3);
  });

  test('the native tool wants two seconds of them, exact wants two of them', () => {
    const short = [stream([0.3, 0.8, 1.3])];
    expect(() => commonEdges(short, 0.5, false, 'native')).toThrow(/a\.txt: -supercat_trim_edges found fewer than 2 edges, or less than 2 s of them, in it/);
    expect(commonEdges(short, 0.5, false, 'exact')).toEqual([{ head: 0.3, tail: 1.3 }]);
    for (const numerics of ['native', 'exact'] as const) {
      expect(() => commonEdges([stream([])], 1, true, numerics)).toThrow(/fewer than 2 edges/);
      expect(() => commonEdges([stream([2.4])], 1, false, numerics)).toThrow(/fewer than 2 edges/);
      expect(() => commonEdges([stream([0.3, 1.3, 2.3, 3.3]), stream([2.3, 3.3, 4.3, 5.3, 6.3, 7.3]), stream([0.1, 1.1, 2.1])], 1, false, numerics)).toThrow(/fewer than 2 edges that all streams have/);
    }
    expect(() => edgePeriod(stream([1]))).toThrow(/fewer than 2 edges/);
  });
});

describe('what is kept', () => {
  const edgeSamples = fc.record({ rate: fc.integer({ min: 2_000_000_000, max: 40_000_000_000 }).map((value) => value / 1e6), head: fc.integer({ min: 0, max: 1e8 }), more: fc.integer({ min: 1, max: 1e8 }) });

  test('exact: the sample after the head edge to the tail edge, however the times were rounded', () => {
    fc.assert(fc.property(edgeSamples, ({ rate, head, more }) => {
      const seconds = (sample: number) => Number((sample / rate).toFixed(6));
      const cut = cutBetween({ head: seconds(head), tail: seconds(head + more) }, rate, false, 'exact');
      expect([cut.start, cut.end]).toEqual([head + 1, head + more + 1]);
      const isKept = (sample: number) => seconds(sample) > cut.from && seconds(sample) <= cut.to;
      expect([head, head + 1, head + more, head + more + 1].map(isKept)).toEqual([false, true, true, false]);
    }));
  });

  test('native: within a sample of that, with its arithmetic', () => {
    expect(cutBetween({ head: 0.993731, tail: 3.993724 }, 30000.0732, false, 'native')).toEqual({ start: Math.trunc(0.993731 * 30000.0732) + 1, end: Math.trunc(3.993724 * 30000.0732 + 1), from: 0.993731, to: 3.993724 });
    expect(cutBetween({ head: 0, tail: 3 }, 1000, true, 'native')).toMatchObject({ start: 0, end: 3001 });
  });

  test('exact: events at the very start of the first run', () => {
    expect(cutBetween({ head: 0, tail: 3 }, 1000, true, 'exact').from).toBeLessThan(0);
  });
});

test('edge files: numbers only, any line ends', async () => {
  const file = path.join(temporaryFolder(), 'edges.txt');
  writeFileSync(file, '0.5\r\ntime\r\n1.5 s\r\n\r\n 2.5 \r\n3.5');
  expect([...await readEdgeTimes(file)]).toEqual([0.5, 2.5, 3.5]);
});

test('pieces fill the file without gap or overlap', () => {
  const parts = fc.array(fc.record({ start: fc.nat(50), count: fc.nat(200) }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(parts, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 40, max: 300 }), (list, columns, most) => {
    let out = 0;
    const placed = list.map(({ start, count }, index) => {
      const part = { bin: `${index}`, start, count, out };
      out += count;
      return part as PlacedPart;
    });
    let at = 0;
    for (const piece of piecesOf({ placed, columns }, 'to', most)) {
      const { start, out: first } = placed[Number(piece.from)];
      expect([piece.at, piece.start - 2 * columns * start]).toEqual([at, at - 2 * columns * first]);
      expect(piece.bytes).toBeGreaterThan(0);
      expect(piece.bytes).toBeLessThanOrEqual(most);
      at += piece.bytes;
    }
    expect(at).toBe(out * columns * 2);
  }));
});
