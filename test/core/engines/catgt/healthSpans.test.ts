// The parts of -health that no recording of seconds shows: many spans, odd lists, what is said of a stream.

import { describe, expect, it } from 'vitest';
import { createHealthCollector } from '../../../../core/engines/catgt/health/collect.ts';
import { healthFigures, healthLine } from '../../../../core/engines/catgt/health/record.ts';
import { parseMissed } from '../../../../core/engines/catgt/health/missedLists.ts';
import type { BlockHealth } from '../../../../core/engines/catgt/health/scanBlock.ts';
import { createSpanList } from '../../../../core/engines/catgt/health/spans.ts';
import { ruleOf } from '../../../../core/engines/catgt/health/spec.ts';
import { converterRails, parseMeta } from '../../../../core/spikeglx/index.ts';

const spec = { rails: { low: -512, high: 511 }, columns: 10, crowd: { near: { low: -502, high: 501 }, used: 10, enough: 2 }, statusColumns: [10], apart: 30 };
const calm: BlockHealth = { row: 0, rows: 30000, touched: [], saturatedRows: 0, bitRows: [0, 0, 0, 0, 0], errorRows: 0, missedRows: 0, saturated: [], errors: [], missed: [] };
const spans = (count: number, every: number) => Array.from({ length: count }, (_, index) => ({ start: index * every, end: index * every + 1, channels: 3, marks: 0 }));

describe('spans', () => {
  it('beyond the first 10,000 of a kind are counted', () => {
    const collector = createHealthCollector({ spec, label: 'imec0.ap', rate: 30000, listed: null });
    collector.feed({ ...calm, saturated: spans(10_007, 100), saturatedRows: 10_007 });
    const record = collector.finish();
    expect(record.spans).toHaveLength(10_000);
    expect(record).toMatchObject({ spans_left_out: 7, saturation: { samples: 10_007 } });
    expect(record.spans[1]).toEqual({ kind: 'saturated', start_sample: 100, samples: 1, start_s: 100 / 30000, seconds: 1 / 30000, channels: 3, detail: '' });
  });

  it('join the same way whether they come block by block or at once', () => {
    const rows = [0, 29, 60, 61, 95, 125, 126, 160].map((start) => ({ start, end: start + 1, channels: start, marks: 1 }));
    const joined = (parts: readonly (readonly typeof rows[number][])[]) => {
      const list = createSpanList(30);
      for (const part of parts) {
        const block = createSpanList(30);
        part.forEach(block.add);
        block.finish().spans.forEach(list.add);
      }
      return list.finish().spans;
    };
    expect(joined([rows])).toEqual([{ start: 0, end: 30, channels: 29, marks: 1 }, { start: 60, end: 62, channels: 61, marks: 1 }, { start: 95, end: 127, channels: 126, marks: 1 }, { start: 160, end: 161, channels: 160, marks: 1 }]);
    for (let cut = 1; cut < rows.length; cut++) expect(joined([rows.slice(0, cut), rows.slice(cut)])).toEqual(joined([rows]));
  });
});

describe('what is said', () => {
  it('is one line with what is wrong, and none when nothing is', () => {
    const collector = createHealthCollector({ spec, label: 'imec0.ap', rate: 30000, listed: [{ start: 4, end: 16, channels: 0, marks: 2 }] });
    collector.feed({ ...calm, saturatedRows: 93, errorRows: 34, bitRows: [0, 30, 4, 0, 0] });
    const record = collector.finish();
    expect(healthLine(record)).toBe('imec0.ap: 0.0031 s saturated (0.31 %), 12 missed samples, SY errors in 34 samples (SERDES 30, LOCK 4).');
    expect(healthFigures(record)).toEqual({ recordedSeconds: 1, saturatedSeconds: 0.0031, missedSamples: 12, syErrors: 34 });
    const well = createHealthCollector({ spec, label: 'imec0.ap', rate: 30000, listed: null });
    well.feed(calm);
    expect(healthLine(well.finish())).toBeUndefined();
  });

  it('names the rule', () => expect(ruleOf(spec)).toBe('at least 2 of 10 used channels (20 %) at or below -502 or at or above 501 (within 2 % of a rail) in the same sample'));
});

describe('lists of missed samples', () => {
  it.each(['<100,5>\n<200,1>', '100,5\r\n200,1\r\n', '100\t5\n\n200 1\n', '(100, 5)\n(200, 1)'])('are read as %j', (text) => {
    const warnings: string[] = [];
    expect(parseMissed(text, (line) => warnings.push(line))).toEqual([{ start: 100, end: 105 }, { start: 200, end: 201 }]);
    expect(warnings).toEqual([]);
  });
});

describe('rails', () => {
  const meta = (text: string) => parseMeta(Buffer.from(`nSavedChans=1\n${text}\n`), 'x.meta');
  it.each([['imMaxInt=2048', 'ap', -2048, 2047], ['imDatPrb_pn=NP1010', 'lf', -512, 511], ['imDatPrb_pn=NP2000', 'ap', -8192, 8191], ['niMaxInt=32768', 'nidq', -32768, 32767], ['', 'obx', -32768, 32767]] as const)('of %j (%s)', (text, kind, low, high) => {
    expect(converterRails(meta(text), kind)).toEqual({ low, high });
  });
  it('cannot be told of a probe nobody knows', () => expect(() => converterRails(meta('imDatPrb_pn=X1'), 'ap')).toThrow(/does not tell the range of its values/));
});
