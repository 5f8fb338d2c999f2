import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinTo, trimToShortest } from '../../../core/spikeglx/index.ts';

describe('trimming to the shortest stream', () => {
  it('cuts the longer ones to its span', () => {
    // 2 s of AP, 2.0004 s of NI at 25000.127 Hz, 1.9998 s of LF: everything ends with the LF file.
    const streams = [{ samples: 60000, rate: 30000, columns: 385 }, { samples: 50010, rate: 25000.127, columns: 9 }, { samples: 4999, rate: 2500, columns: 385 }];
    expect(trimToShortest(streams)).toEqual([Math.round((4999 / 2500) * 30000), Math.round((4999 / 2500) * 25000.127), 4999]);
  });

  it('leaves one stream, and none, alone', () => {
    expect(trimToShortest([{ samples: 7, rate: 30000, columns: 1 }])).toEqual([7]);
    expect(trimToShortest([])).toEqual([]);
  });

  it('never lengthens, keeps the shortest whole, and is done after one time', () => {
    const stream = fc.record({ samples: fc.nat(2 ** 40), rate: fc.double({ min: 1000, max: 40000, noNaN: true }), columns: fc.constant(1) });
    fc.assert(
      fc.property(fc.array(stream, { minLength: 1, maxLength: 6 }), (streams) => {
        const trimmed = trimToShortest(streams);
        trimmed.forEach((samples, index) => expect(samples).toBeLessThanOrEqual(streams[index]!.samples));
        const spans = streams.map(({ samples, rate }) => samples / rate);
        const shortest = spans.indexOf(Math.min(...spans));
        expect(trimmed[shortest]).toBe(streams[shortest]!.samples);
      }),
      { seed: 4 },
    );
  });
});

describe('joining a file to the one before', () => {
  const previous = { first: 1000, samples: 500 };
  it.each([
    [{ first: 1500, samples: 10 }, { kind: 'contiguous', samples: 0 }],
    [{ first: 1600, samples: 10 }, { kind: 'gap', samples: 100 }],
    [{ first: 1490, samples: 11 }, { kind: 'overlap', samples: 10 }],
    [{ first: 1490, samples: 10 }, { kind: 'swallowed', samples: 10 }],
    [{ first: 0, samples: 400 }, { kind: 'swallowed', samples: 1500 }],
  ] as const)('%o', (current, join) => expect(joinTo(previous, current)).toEqual(join));

  it('is exact beyond 2^31 samples', () => {
    expect(joinTo({ first: 2 ** 33, samples: 2 ** 33 }, { first: 2 ** 34 + 1, samples: 1 })).toEqual({ kind: 'gap', samples: 1 });
  });
});
