// Scanning: pulses and bit fields in a column that arrives in pieces.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScanner, eventFiles, findRuns, type Events, type Extraction, type FieldExtraction, type PulseExtraction } from '../../../../core/engines/catgt/extract/index.ts';

const common = { column: 0, automatic: false, rank: 0 };

function pulses(more: Partial<PulseExtraction> = {}): PulseExtraction {
  return { ...common, kind: 'xa', signal: { threshold: 10 }, inARow: 1, timesSuffix: '.xa_0_0.txt', ...more };
}

function field(more: Partial<FieldExtraction> = {}): FieldExtraction {
  return { ...common, kind: 'bf', startBit: 0, bits: 4, inARow: 1, timesSuffix: '.bft_0_0_4.txt', valuesSuffix: '.bfv_0_0_4.txt', ...more };
}

/** A stretch of scanned samples and the output index of its first. */
interface Piece {
  readonly at: number;
  readonly values: readonly number[];
}

function scan(extraction: Extraction, pieces: readonly Piece[]): Events {
  const scanner = createScanner(extraction);
  for (const { at, values } of pieces) {
    // two columns, of which the other must not matter
    const column = extraction.column;
    const samples = Int16Array.from(values.flatMap((value) => (column === 0 ? [value, 77] : [77, value])));
    scanner.feed(findRuns(extraction, samples, 2, values.length), values.length, at);
  }
  return scanner.finish();
}

const times = (extraction: Extraction, values: readonly number[]) => [...scan(extraction, [{ at: 0, values }]).times];
/** `'..###.'`: `#` is 20, `+` 12, `.` 0. */
const drawn = (text: string) => [...text].map((mark) => ({ '#': 20, '+': 12, '.': 0 })[mark] ?? Number(mark));

describe('a pulse', () => {
  it('begins with the first of so many high samples, after a low one', () => {
    expect(times(pulses({ inARow: 3 }), drawn('..###..##..####'))).toEqual([2, 11]);
    expect(times(pulses({ inARow: 3 }), drawn('####..###'))).toEqual([6]);
  });

  it('is reported at once when any width will do, so that a bounce counts again', () => {
    expect(times(pulses({ inARow: 2 }), drawn('.##.##'))).toEqual([1, 4]);
  });

  it('of a given width ends with the first of so many low samples', () => {
    const about4 = pulses({ inARow: 2, width: { least: 3, most: 5 } });
    expect(times(about4, drawn('.####...'))).toEqual([1]);
    expect(times(about4, drawn('.##.##...'))).toEqual([1]); // one low sample does not end it
    expect(times(about4, drawn('.##......######...'))).toEqual([]);
    expect(times(about4, drawn('.####.'))).toEqual([]); // not ended
  });

  it('that follows just as many low samples as end the one before goes unseen', () => {
    const any = pulses({ inARow: 2, width: { least: 0, most: 99 } });
    expect(times(any, drawn('.###..###...'))).toEqual([1]);
    expect(times(any, drawn('.###...###...'))).toEqual([1, 7]);
  });

  it('must reach the second threshold between its edges, but not within the first samples', () => {
    const tall = pulses({ inARow: 2, reach: { counts: 15, from: 0 } });
    expect(times(tall, drawn('.+++..'))).toEqual([]);
    expect(times(tall, drawn('.++#+..'))).toEqual([1]);
    expect(times(tall, drawn('.##+..'))).toEqual([]);
    expect(times(tall, drawn('.++#+..++++...'))).toEqual([1]);
  });

  it('reaches a second threshold below zero from the start, natively', () => {
    const [native, exact] = [0, -Infinity].map((from) => pulses({ signal: { threshold: -20 }, reach: { counts: -5, from }, width: { least: 0, most: 9 } }));
    const low = [-30, -10, -10, -30, -30];
    expect(times(native, low)).toEqual([1]);
    expect(times(exact, low)).toEqual([]);
  });

  it('may be a bit, counted in the signed word, or inverted', () => {
    const bit = pulses({ kind: 'xd', signal: { bit: 15 } });
    expect(times(bit, [0, -32768, 0, 32767, -1])).toEqual([1, 4]);
    expect(times({ ...bit, kind: 'xid' }, [0, -32768, 0, 32767, -1, 0])).toEqual([2, 5]);
    expect(times(pulses({ kind: 'xia', signal: { threshold: -10 } }), [0, -10, -11, -50, 0, -11])).toEqual([2, 5]);
  });

  it('may bridge a gap: widths are output samples, samples in a row are scanned ones', () => {
    const pieces = [{ at: 0, values: drawn('..##') }, { at: 104, values: drawn('##...') }];
    expect([...scan(pulses({ inARow: 3, width: { least: 104, most: 104 } }), pieces).times]).toEqual([2]);
    expect([...scan(pulses({ inARow: 3, width: { least: 4, most: 4 } }), pieces).times]).toEqual([]);
  });
});

describe('a bit field', () => {
  it('reports its first value and every change', () => {
    const { times: at, values } = scan(field({ startBit: 4 }), [{ at: 0, values: [0x10, 0x1f, 0x30, 0x30, 0x10] }]);
    expect([...at]).toEqual([0, 2, 4]);
    expect([...values!]).toEqual([1, 3, 1]);
  });

  it('believes a value that stays', () => {
    const { times: at, values } = scan(field({ inARow: 3 }), [{ at: 0, values: [5, 5, 5, 2, 2, 5, 2, 2, 2] }]);
    expect([...at]).toEqual([0, 6]);
    expect([...values!]).toEqual([5, 2]);
  });

  it('is unsigned', () => {
    expect([...scan(field({ bits: 16 }), [{ at: 9, values: [-1] }]).values!]).toEqual([65535]);
  });
});

/** The pulse machine sample by sample, with its four states written out. */
function naivePulses({ kind, signal, inARow, width, reach }: PulseExtraction, pieces: readonly Piece[]): number[] {
  const found: number[] = [];
  let state = 0;
  let run = 0;
  let edge1 = 0;
  let edge2 = 0;
  let extreme = 0;
  for (const { at, values } of pieces) {
    values.forEach((value, row) => {
      const index = at + row;
      const above = 'bit' in signal ? ((value >> signal.bit) & 1) === 1 : value >= signal.threshold;
      const high = kind === 'xa' || kind === 'xd' ? above : !above;
      if (state === 0) {
        if (!high) state = 1;
        run = 0;
      } else if (state === 1) {
        if (!high) run = 0;
        else {
          if (run === 0) edge1 = index;
          run += 1;
          if (run === inARow) {
            run = 0;
            extreme = reach?.from ?? 0;
            if (width || reach) state = 2;
            else {
              found.push(edge1);
              state = 0;
            }
          }
        }
      } else {
        extreme = kind === 'xia' ? Math.min(extreme, value) : Math.max(extreme, value);
        if (high) run = 0;
        else {
          if (run === 0) edge2 = index;
          run += 1;
          if (run === inARow) {
            const wide = !width || (edge2 - edge1 >= width.least && edge2 - edge1 <= width.most);
            const tall = !reach || (kind === 'xia' ? extreme <= reach.counts : extreme >= reach.counts);
            if (wide && tall) found.push(edge1);
            state = 0;
            run = 0;
          }
        }
      }
    });
  }
  return found;
}

function naiveField({ startBit, bits, inARow }: FieldExtraction, pieces: readonly Piece[]): [number, number][] {
  const found: [number, number][] = [];
  let last = -1;
  const recent: [number, number][] = [];
  for (const { at, values } of pieces) {
    values.forEach((value, row) => {
      recent.push([at + row, Math.floor((value & 0xffff) / 2 ** startBit) % 2 ** bits]);
      const tail = recent.slice(-inARow);
      if (tail.length === inARow && tail.every(([, v]) => v === tail[0][1]) && tail[0][1] !== last) {
        found.push(tail[0]);
        last = tail[0][1];
      }
    });
  }
  return found;
}

describe('cut anywhere, with gaps', () => {
  /** Levels that last a few samples, so that edges, bounces and exact run lengths are all common. */
  const column = fc.array(fc.tuple(fc.constantFrom(-25, -12, 0, 12, 25), fc.integer({ min: 1, max: 4 })), { maxLength: 60 }).map((runs) => runs.flatMap(([value, length]) => Array<number>(length).fill(value)));
  const cuts = fc.array(fc.record({ rows: fc.integer({ min: 0, max: 12 }), gap: fc.constantFrom(0, 0, 0, 1, 20) }), { maxLength: 12 });

  function cut(values: readonly number[], at: readonly { rows: number; gap: number }[]): Piece[] {
    const pieces: Piece[] = [];
    let out = 0;
    let from = 0;
    for (const { rows, gap } of [...at, { rows: values.length, gap: 0 }]) {
      pieces.push({ at: out, values: values.slice(from, from + rows) });
      out += Math.min(rows, values.length - from) + gap;
      from = Math.min(values.length, from + rows);
    }
    return pieces;
  }

  const extraction: fc.Arbitrary<PulseExtraction> = fc
    .record({
      kind: fc.constantFrom('xa' as const, 'xia' as const, 'xd' as const, 'xid' as const),
      column: fc.constantFrom(0, 1),
      inARow: fc.integer({ min: 1, max: 4 }),
      width: fc.option(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 12 })), { nil: undefined }),
      threshold: fc.constantFrom(-20, -5, 5, 20),
      beyond: fc.option(fc.constantFrom(5, 10, 30), { nil: undefined }),
      from: fc.boolean(),
    })
    .map(({ kind, width, threshold, beyond, from, ...rest }) => {
      const analog = kind === 'xa' || kind === 'xia';
      const counts = kind === 'xa' ? threshold + (beyond ?? 0) : threshold - (beyond ?? 0);
      const start = kind === 'xa' ? -Infinity : Infinity;
      return pulses({
        kind,
        ...rest,
        signal: analog ? { threshold } : { bit: 2 },
        width: width && { least: width[0], most: width[0] + width[1] },
        reach: analog && beyond !== undefined ? { counts, from: from ? 0 : start } : undefined,
      });
    });

  it('pulses are those of a machine that goes sample by sample', () => {
    fc.assert(
      fc.property(extraction, column, cuts, (given, values, at) => {
        const pieces = cut(values, at);
        expect([...scan(given, pieces).times]).toEqual(naivePulses(given, pieces));
      }),
      { seed: 11, numRuns: 3000 },
    );
  });

  it('bit fields are those of a machine that goes sample by sample', () => {
    const given = fc.record({ startBit: fc.integer({ min: 0, max: 4 }), bits: fc.integer({ min: 1, max: 3 }), inARow: fc.integer({ min: 1, max: 4 }), column: fc.constantFrom(0, 1) }).map(field);
    fc.assert(
      fc.property(given, column, cuts, (extraction, values, at) => {
        const pieces = cut(values, at);
        const { times: found, values: numbers } = scan(extraction, pieces);
        expect([...found].map((time, index) => [time, numbers![index]])).toEqual(naiveField(extraction, pieces));
      }),
      { seed: 12, numRuns: 2000 },
    );
  });
});

describe('event files', () => {
  const text = (content: Uint8Array) => Buffer.from(content).toString();

  it('have one time per line, in seconds with six decimals', () => {
    const [file, ...more] = eventFiles(pulses(), { times: Float64Array.of(0, 25000, 3_000_000_000) }, 25000.127);
    expect(more).toEqual([]);
    expect(file.suffix).toBe('.xa_0_0.txt');
    expect(text(file.content)).toBe('0.000000\n0.999995\n119999.390403\n');
  });

  it('of bit fields are two, and of nothing empty', () => {
    const files = eventFiles(field(), { times: Float64Array.of(0, 1), values: Float64Array.of(3, 15) }, 1);
    expect(files.map(({ suffix, content }) => [suffix, text(content)])).toEqual([['.bft_0_0_4.txt', '0.000000\n1.000000\n'], ['.bfv_0_0_4.txt', '3\n15\n']]);
    expect(eventFiles(field(), scan(field(), []), 1).map(({ content }) => content.length)).toEqual([0, 0]);
  });

  it('can have many lines', () => {
    const { times: found } = scan(pulses(), [{ at: 0, values: drawn('.#'.repeat(70000)) }]);
    const lines = text(eventFiles(pulses(), { times: found }, 2)[0].content).split('\n');
    expect(lines).toHaveLength(70001);
    expect(lines[69999]).toBe('69999.500000');
  });
});
