// Sync edges by CatGT's own rules, and what they say of the streams.

import { expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { judgeSync, preprocessTasks, surveyEdges } from '../../../../core/review/index.ts';
import { quickRun, type QuickOverrides } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const pool = inlinePool(preprocessTasks);

async function survey(overrides: QuickOverrides, seconds: number | null = null) {
  const run = await quickRun(temporaryFolder(), { seconds: 6, probe: { units: { count: 0 } }, ...overrides });
  const streams = ['nidq', 'imec0.ap'].flatMap((stream) => {
    const files = run.files.filter(({ label }) => label === stream).map(({ bin, gate, trigger }) => ({ bin, gate, trigger }));
    return files.length > 0 ? [{ stream, files }] : [];
  });
  return judgeSync(await surveyEdges(streams, seconds, { pool }), 'imec0.ap');
}

test('an even pulse: edges, period, clocks against the reference, verdict', async () => {
  const [ni, probe] = await survey({});
  expect(probe).toMatchObject({ stream: 'imec0.ap', edges: 6, missing: [], extra: [], ppm: null, verdict: 'ok', meta_period_s: 1, whole: true });
  expect(probe.period_s!.median).toBeCloseTo(1, 3);
  expect(ni.verdict).toBe('ok');
  expect(ni.ppm).not.toBeNull();
});

test('only the beginning is read when that is asked for', async () => {
  const [, probe] = await survey({}, 3);
  expect(probe).toMatchObject({ edges: 3, whole: false });
  expect(probe.read_s).toBeCloseTo(3, 3);
});

test('a stream without the pulse stops, in words', async () => {
  const [ni] = await survey({ ni: { sync: null } });
  expect(ni).toMatchObject({ edges: 0, verdict: 'stop' });
});

test('a hole of one period is a missing edge at its place', () => {
  const times = Float64Array.from([0.5, 1.5, 3.5, 4.5, 5.5]);
  const edges = { read_s: 6, whole: true, anyPeriod_s: 1, meta_period_s: 1, note: null };
  const [holed] = judgeSync([{ ...edges, stream: 'imec1.ap', files: [{ gate: 0, trigger: 2, times }] }], 'imec0.ap');
  expect(holed.missing).toEqual([{ gate: 0, trigger: 2, at_s: 2.5 }]);
  expect(holed).toMatchObject({ verdict: 'warn', words: '1 missing, the first in g0 t2 at 2.500 s' });
});

test('a bounce is an extra edge, a fast clock is told in ppm', () => {
  const edges = { read_s: 9, whole: true, anyPeriod_s: 1, meta_period_s: 1, note: null };
  const even = Float64Array.from({ length: 9 }, (_, i) => i + 0.5);
  const judged = judgeSync([
    { ...edges, stream: 'imec0.ap', files: [{ gate: 0, trigger: 0, times: even }] },
    { ...edges, stream: 'nidq', files: [{ gate: 0, trigger: 0, times: even.map((time) => time * (1 + 2e-4)) }] },
    { ...edges, stream: 'obx0', files: [{ gate: 0, trigger: 0, times: Float64Array.from([...even.subarray(0, 4), 3.6, ...even.subarray(4)]) }] },
  ], 'imec0.ap');
  expect(judged[1].ppm).toBeCloseTo(200, 1);
  expect(judged[1].verdict).toBe('warn');
  expect(judged[2].extra).toHaveLength(1);
});
