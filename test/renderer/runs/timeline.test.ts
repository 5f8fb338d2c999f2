import { describe, expect, it } from 'vitest';
import type { RunTimeline, TimelineFile, TimelineRow } from '../../../core/service/contract/index.ts';
import { fileFacts, takenOf } from '../../../renderer/components/timeline/describe.ts';
import { foldedAxis, foldsOf } from '../../../renderer/components/timeline/folds.ts';
import { joinedOutput, lengthFor, startFor } from '../../../renderer/components/timeline/joined.ts';
import { marksOf, marksWithFolds } from '../../../renderer/components/timeline/marks.ts';
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
    expect(laneOf([{ x: 0, width: 80 }, { x: 40, width: 80, must: true }], 1)).toEqual([0, 1]);
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

describe('long silences', () => {
  const file = (start_s: number, end_s: number, more: Partial<TimelineFile> = {}) => ({ gate: 0, trigger: 0, start_s, end_s, outcome: 'append', ...more }) as TimelineFile;
  const row = (stream: string, files: TimelineFile[]): TimelineRow => ({ stream, rate_Hz: 30000, files });

  it('are those over 20 times the median file in which no stream recorded', () => {
    const rows = [row('imec0.ap', [file(0, 1), file(1.5, 2.5), file(30, 31)]), row('nidq', [file(0, 1), file(1.5, 2.5), file(30, 31)])];
    const [fold, ...others] = foldsOf(rows);
    expect(others).toEqual([]);
    expect(fold).toMatchObject({ from_s: 2.5, to_s: 30 });
    expect(fold.shown_s / (3.5 + fold.shown_s)).toBeCloseTo(0.04, 9);
    expect(foldsOf([...rows, row('obx0', [file(10, 12)])])).toEqual([]);
    expect(foldsOf([row('imec0.ap', [file(0, 1), file(21, 22)])])).toEqual([]);
    expect(foldsOf([])).toEqual([]);
  });

  it('are taken out of the axis, and every place on it leads back to its time', () => {
    const axis = foldedAxis([{ from_s: 10, to_s: 110, shown_s: 2 }, { from_s: 120, to_s: 1120, shown_s: 2 }]);
    expect([5, 10, 60, 110, 120, 1120, 1130].map(axis.of)).toEqual([5, 10, 11, 12, 22, 24, 34]);
    for (const time of [-1, 0, 10, 33, 110, 115, 120, 400, 1120, 5000]) expect(axis.at(axis.of(time))).toBeCloseTo(time, 9);
    expect(ticks({ from_s: 0, to_s: 34 }, 800, 0, axis)).toEqual({ at_s: [0, 5, 10, 115, 120, 1125, 1130], places: 0 });
  });

  it('always have their length told, once for all streams', () => {
    const rows = [row('imec0.ap', [file(0, 1), file(2, 3), file(102, 103)]), row('nidq', [file(0, 1), file(2, 3), file(101.9999, 103)])];
    expect(marksWithFolds(rows, foldsOf(rows)).map(({ text, must }) => [text, must])).toEqual([['gap 1.000 s', undefined], ['gap 1 min 39 s, folded', true]]);
    const apart = [row('imec0.ap', [file(0, 1)]), row('nidq', [file(101, 102)])];
    expect(marksWithFolds(apart, foldsOf(apart)).map(({ text }) => text)).toEqual(['gap 1 min 40 s, folded']);
  });
});

describe('what is taken of a file', () => {
  const part = (more: Partial<TimelineFile>) => ({ gate: 0, trigger: 0, start_s: 5, end_s: 6, outcome: 'first', olap_smp: 0, trim_smp: 0, used_smp: 30000, samples_smp: 30000, firstSample_smp: 150000, outStart_s: 0, ...more }) as TimelineFile;

  it('is cut by the start and the length asked for, not by overlap or the end trim', () => {
    expect(takenOf(part({}), 30000)).toEqual({ from_s: 5, to_s: 6, isCut: false });
    expect(takenOf(part({ outStart_s: -0.25, used_smp: 15000 }), 30000)).toEqual({ from_s: 5.25, to_s: 5.75, isCut: true });
    expect(takenOf(part({ outcome: 'trim', olap_smp: 3000, used_smp: 27000, outStart_s: 2 }), 30000)).toMatchObject({ from_s: 5.1, isCut: false });
    expect(takenOf(part({ trim_smp: 10, used_smp: 29990 }), 30000)?.isCut).toBe(false);
    expect(takenOf(part({ outcome: 'cut', used_smp: 0 }), 30000)).toBeNull();
    expect(fileFacts({ stream: 'imec0.ap', rate_Hz: 30000, files: [] }, part({ outStart_s: -0.25, used_smp: 15000 }))).toContain('taken from 0.250 to 0.750 s');
  });
});

describe('the ends of an output', () => {
  const rate_Hz = 1000;
  const file = (trigger: number, start_s: number, length_s: number, more: Partial<TimelineFile>): TimelineFile => ({
    gate: 0, trigger, start_s, end_s: start_s + length_s, outcome: 'append', olap_smp: 0, gap_smp: 0, fill_smp: 0, trim_smp: 0, used_smp: length_s * rate_Hz, firstSample_smp: 0, samples_smp: length_s * rate_Hz, outStart_s: 0, output: 0, ...more,
  });
  const timeline = (files: TimelineFile[], joined_s: number): RunTimeline => ({ from_s: 5, to_s: 20, rows: [{ stream: 'imec0.ap', rate_Hz, files }], outputs: [{ gate: 0, ranges: [], joined_s, files: files.length, fills: 0, overlaps: 0, dropped: 0 }], joined_s, findings: [] });

  it('stand where the output begins and ends, and lead back to the start and length they mean', () => {
    const joined = joinedOutput(timeline([file(0, 5, 4, { outcome: 'first', outStart_s: -1.5, used_smp: 2500 }), file(1, 10, 10, { outcome: 'fill', gap_smp: 1000, fill_smp: 1000, outStart_s: 3.5 })], 13.5), 0, foldedAxis([]))!;
    expect(joined).toMatchObject({ start_s: 1.5, length_s: 13.5, whole_s: 13.5 });
    expect([joined.of(0), joined.of(13.5)]).toEqual([6.5, 20]);
    expect(joined.at(joined.of(7))).toBeCloseTo(7, 9);
    expect([startFor(2.3456, joined, 0.02), startFor(-1, joined, 0.02), startFor(9, joined, 0.02)]).toEqual([2.3, null, 3.9]);
    expect([lengthFor(7.1234, joined, 0.001), lengthFor(13.499, joined, 0.02), lengthFor(-3, joined, 0.02)]).toEqual([7.123, null, 0.1]);
  });

  it('are nowhere when nothing is read', () => {
    expect(joinedOutput(timeline([file(0, 5, 4, { outcome: 'stop', used_smp: 0, outStart_s: null })], 0), 0, foldedAxis([]))).toBeUndefined();
  });
});
