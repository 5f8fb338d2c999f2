// Lists of edits and reports of health come back as they were written, and say what is wrong with them.

import { describe, expect, test } from 'vitest';
import { type EditRow, formatEdits, formatHealth, type HealthReport, parseEdits, parseHealth } from '../../../../core/formats/spanFiles/index.ts';

const rows: EditRow[] = [
  { kind: 'gfix', start_sample: 300, samples: 12, start_s: 0.01, seconds: 0.0004, gap_samples: null, detail: 'line' },
  { kind: 'fill', start_sample: 60_000, samples: 0, start_s: 2, seconds: 0, gap_samples: 45_000, detail: 'm1, "odd"_g0_t0.imec0.ap.bin' },
];
const report: HealthReport = {
  version: 1, stream: 'imec0.ap', rate_hz: 30_000, samples: 90_000,
  saturation: { low: -512, high: 511, rule: 'imMaxInt 512', channels: [{ column: 3, samples: 40 }], samples: 40 },
  sync_word: { errors: { COUNT: 1, SERDES: 0, LOCK: 0, POP: 0, SYNC: 0 }, samples: 1 }, missed: { flagged: 12, listed: null },
  spans: [{ kind: 'saturated', start_sample: 100, samples: 40, start_s: 0.003333, seconds: 0.001333, channels: 1, detail: '' }, { kind: 'missed', start_sample: 200, samples: 12, start_s: 0.006667, seconds: 0.0004, channels: null, detail: 'MISS bit' }],
  spans_left_out: 0,
};

describe('a list of edits', () => {
  test('is a line per stretch, names in quotes where they need it', () => {
    expect(formatEdits(rows)).toBe([
      'kind,start_sample,samples,start_s,seconds,gap_samples,detail',
      'gfix,300,12,0.010000,0.000400,,line',
      'fill,60000,0,2.000000,0.000000,45000,"m1, ""odd""_g0_t0.imec0.ap.bin"', '',
    ].join('\n'));
    expect(parseEdits(formatEdits(rows), 'x.edits.csv')).toEqual(rows);
  });

  test('that Windows gave other line ends reads the same', () => {
    expect(parseEdits(formatEdits(rows).replaceAll('\n', '\r\n'), 'x.edits.csv')).toEqual(rows);
  });

  test.each([
    ['', /^x\.edits\.csv: does not begin with/],
    [formatEdits(rows).slice(0, -60), /line 3 \('fill,60000/],
    [`${formatEdits([])}gfix,1,2,0.1,0.1,7,line\n`, /line 2/],
    [`${formatEdits([])}fill,1,2,0.1,0.1,,m1.bin\n`, /line 2/],
  ])('that is broken is refused by line', (text, message) => {
    expect(() => parseEdits(text, 'x.edits.csv')).toThrow(message);
  });
});

describe('a report of health', () => {
  test('comes back as it went, a span a line', () => {
    expect(parseHealth(formatHealth(report), 'x.health.json')).toEqual(report);
    expect(parseHealth(formatHealth({ ...report, spans: [] }), 'x.health.json').spans).toEqual([]);
    expect(formatHealth(report).split('\n').filter((line) => line.includes('start_sample'))).toHaveLength(2);
  });

  test('that is cut off or lacks something is refused by key', () => {
    expect(() => parseHealth(formatHealth(report).slice(0, 300), 'x.health.json')).toThrow(/^x\.health\.json: is not JSON/);
    expect(() => parseHealth(formatHealth({ ...report, rate_hz: 0 }), 'x.health.json')).toThrow(/rate_hz/);
  });
});
