import { describe, expect, it } from 'vitest';
import type { TimelineFile, TimelineRow } from '../../../core/service/contract/index.ts';
import { marksOf } from '../../../renderer/components/timeline/marks.ts';
import { laneOf, panned, ticks, wholeView, zoomed } from '../../../renderer/components/timeline/scale.ts';

const whole = { from_s: 0, to_s: 100 };

describe('the time axis', () => {
  it('keeps the moment under the cursor where it is, and never leaves the whole', () => {
    expect(zoomed(whole, 25, 0.5, whole)).toEqual({ from_s: 12.5, to_s: 62.5 });
    expect(zoomed({ from_s: 0, to_s: 50 }, 0, 4, whole)).toEqual(whole);
    expect(panned({ from_s: 80, to_s: 90 }, 50, whole)).toEqual({ from_s: 90, to_s: 100 });
    expect(panned({ from_s: 10, to_s: 20 }, -50, whole)).toEqual({ from_s: 0, to_s: 10 });
    expect(wholeView(3, 3).to_s).toBeGreaterThan(3);
  });

  it('has round ticks from the beginning of the run', () => {
    expect(ticks({ from_s: 2, to_s: 12 }, 1100, 2)).toEqual({ at_s: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], places: 0 });
    expect(ticks({ from_s: 0, to_s: 1 }, 500, 0).places).toBe(1);
  });

  it('puts labels beneath one another where they would touch', () => {
    expect(laneOf([{ x: 0, width: 80 }, { x: 40, width: 80 }, { x: 60, width: 80 }, { x: 100, width: 10 }], 2)).toEqual([0, 1, -1, 0]);
  });
});

describe('marks between files', () => {
  const file = (start_s: number, end_s: number, more: Partial<TimelineFile> = {}) => ({ gate: 0, trigger: 0, start_s, end_s, outcome: 'append', ...more }) as TimelineFile;
  const row = (stream: string, files: TimelineFile[]): TimelineRow => ({ stream, rate_Hz: 30000, files });

  it('are gaps and overlaps with their length, once for all streams', () => {
    const marks = marksOf([row('imec0.ap', [file(0, 1), file(0.9, 2), file(3.5, 4)]), row('nidq', [file(0, 1), file(0.9, 2), file(3.5001, 4)])]);
    expect(marks.map(({ kind, text }) => [kind, text])).toEqual([['overlap', 'overlap 0.100 s'], ['gap', 'gap 1.500 s']]);
  });

  it('are not made of single samples, nor of files that are missing', () => {
    expect(marksOf([row('imec0.ap', [file(0, 1), file(1 + 1 / 30000, 2), file(2, 3, { outcome: 'missing' }), file(3, 4)])]).map(({ text }) => text)).toEqual(['gap 1.000 s']);
  });
});
