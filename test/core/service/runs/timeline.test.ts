import { describe, expect, it } from 'vitest';
import type { RunDetails, RunFile, TimelineFile } from '../../../../core/service/contract/index.ts';
import { timelineOf } from '../../../../core/service/runs/index.ts';

type Short = readonly [gate: number, trigger: number, first: number | null, samples: number];

function files(stream: string, rate: number, list: readonly Short[]): RunFile[] {
  return list.map(([gate, trigger, first, samples]) => ({
    stream, gate, trigger, path: `/data/m_g${gate}_t${trigger}.${stream}.bin`, bytes_B: samples * 10, samples_smp: samples, seconds: samples / rate, firstSample_smp: first, rate_Hz: rate, channels: 5,
    created_at: null, there: true, errors: [],
  }));
}

function runOf(...streams: RunFile[][]): RunDetails {
  const all = streams.flat();
  const gates = [...new Set(all.map(({ gate }) => gate))].sort().map((gate) => ({ gate, triggers: [...new Set(all.filter((file) => file.gate === gate).map(({ trigger }) => trigger))].sort() }));
  const summary = {
    runId: 'r', name: 'm', findings: [], gates,
    streams: streams.map(([{ stream, rate_Hz, channels }]) => ({ key: stream, kind: 'ap', index: 0, rate_Hz, channels })),
  } as unknown as RunDetails['summary'];
  return { summary, files: all, sync: { source: 'none', period_s: null }, software: '' };
}

const ap = (...list: Short[]) => files('imec0.ap', 30000, list);
const ni = (...list: Short[]) => files('nidq', 25000, list);
const brief = (row: { readonly files: readonly TimelineFile[] }) => row.files.map(({ outcome, olap_smp, gap_smp, fill_smp, outStart_s }) => [outcome, olap_smp, gap_smp, fill_smp, outStart_s]);

describe('a timeline', () => {
  // g0 t1 overlaps by 0.1 s, g1 t0 comes 0.5 s after.
  const run = runOf(ap([0, 0, 30000, 30000], [0, 1, 57000, 30000], [1, 0, 102000, 30000]));

  it('joins everything in order: overlaps once, gaps filled', () => {
    const timeline = timelineOf(run, {});
    expect(timeline).toMatchObject({ from_s: 1, to_s: 4.4, joined_s: 3.4, outputs: [{ gate: 0, files: 3, fills: 1, overlaps: 1, dropped: 0 }] });
    expect(brief(timeline.rows[0])).toEqual([['first', 0, 0, 0, 0], ['trim', 3000, 0, 0, 0.9], ['fill', 0, 15000, 15000, 2.4]]);
    expect(timeline.findings.map(({ id }) => id)).toEqual(['overlap-trimmed', 'gap-filled']);
  });

  it('joins only what is asked for, output by output', () => {
    const timeline = timelineOf(run, { outputs: [[{ gate: 0, first: 0, last: 0 }], [{ gate: 1, first: 0, last: 0 }]] });
    expect(brief(timeline.rows[0])).toEqual([['first', 0, 0, 0, 0], ['unused', 0, 0, 0, null], ['first', 0, 0, 0, 0]]);
    expect(timeline.outputs.map(({ gate, joined_s }) => [gate, joined_s])).toEqual([[0, 1], [1, 1]]);
    expect(timeline.findings).toEqual([]);
  });

  it('tells of unrelated clocks only where files of one output have them', () => {
    const unrelated = { id: 'unrelated-clocks', severity: 'stop', text: '', where: {}, next: [] } as const;
    const renamed = { ...run, summary: { ...run.summary, findings: [unrelated] } };
    expect(timelineOf(renamed, {}).findings.map(({ id }) => id)).toContain('unrelated-clocks');
    expect(timelineOf(renamed, { outputs: [[{ gate: 0, first: 0, last: 0 }], [{ gate: 0, first: 1, last: 1 }]] }).findings).toEqual([]);
  });

  it('caps gaps, starts late and ends early', () => {
    const timeline = timelineOf(run, { zerofillmax_ms: 100, startsecs_s: 0.5, maxsecs_s: 1.7 });
    expect(brief(timeline.rows[0])).toEqual([['first', 0, 0, 0, -0.5], ['trim', 3000, 0, 0, 0.4], ['fill', 0, 15000, 3000, 1.5]]);
    expect(timeline.joined_s).toBeCloseTo(1.7, 9);
    expect(timeline.findings.map(({ id }) => id)).toEqual(['overlap-trimmed', 'gap-cut']);
    expect(brief(timelineOf(run, { maxsecs_s: 1 }).rows[0]).map(([outcome]) => outcome)).toEqual(['first', 'cut', 'cut']);
  });

  it('with a start beyond the first file of an output has nothing, and says so once', () => {
    const both = runOf(ap([0, 0, 0, 30000], [0, 1, 30000, 60000]), ni([0, 0, 0, 25000], [0, 1, 25000, 50000]));
    const timeline = timelineOf(both, { startsecs_s: 1 });
    expect(timeline.rows.map(({ files: list }) => list.map(({ outcome, used_smp }) => [outcome, used_smp]))).toEqual([[['stop', 0], ['stop', 0]], [['stop', 0], ['stop', 0]]]);
    expect(timeline.joined_s).toBe(0);
    expect(timeline.findings).toMatchObject([{ id: 'start-beyond', severity: 'stop', where: { gate: 0, trigger: 0 }, text: 'The start of 1.000 s lies beyond the end of g0 t0, which lasts 1.000 s. Start earlier, or leave that file out.' }]);
    const apart = { outputs: [[{ gate: 0, first: 0, last: 0 }], [{ gate: 0, first: 1, last: 1 }]], startsecs_s: 1.5 };
    expect(timelineOf(both, apart)).toMatchObject({ joined_s: 0.5, findings: [{ where: { trigger: 0 } }] });
  });

  it('ends all streams of a trial together', () => {
    const both = runOf(ap([0, 0, 0, 30012]), ni([0, 0, 0, 25000]));
    expect(timelineOf(both, {}).rows.map(({ files: [file] }) => [file.trim_smp, file.used_smp])).toEqual([[12, 30000], [0, 25000]]);
    expect(timelineOf(both, { streams: ['imec0.ap'] }).rows[0].files[0].trim_smp).toBe(0);
  });

  it('drops what lies within time already covered', () => {
    const timeline = timelineOf(runOf(ap([0, 0, 0, 30000], [0, 1, 100, 20000])), {});
    expect(brief(timeline.rows[0])).toEqual([['first', 0, 0, 0, 0], ['drop', 29900, 0, 0, null]]);
    expect(timeline.findings).toMatchObject([{ id: 'tiny-content', severity: 'stop', where: { gate: 0, trigger: 1 } }]);
    expect(timeline.outputs[0].dropped).toBe(1);
  });

  it('stops at a missing file, or steps over it', () => {
    const holed = runOf(ap([0, 0, 0, 30000], [0, 2, 60000, 30000]), ni([0, 0, 0, 25000], [0, 1, 25000, 25000], [0, 2, 50000, 25000]));
    const stopped = timelineOf(holed, {});
    expect(brief(stopped.rows[0]).map(([outcome]) => outcome)).toEqual(['first', 'missing', 'stop']);
    expect(stopped.rows[0].files[1]).toMatchObject({ start_s: 1, end_s: 2 });
    expect(stopped.findings).toMatchObject([{ id: 'trigger-missing', severity: 'stop', text: 'g0 t1 of imec0.ap is not on disk. Leave it out of the range, or let missing files be filled.' }]);
    const filled = timelineOf(holed, { mayMiss: true });
    expect(brief(filled.rows[0])).toEqual([['first', 0, 0, 0, 0], ['missing', 0, 0, 0, null], ['fill', 0, 30000, 30000, 2]]);
    expect(filled.findings.map(({ id, severity }) => [id, severity])).toEqual([['trigger-missing', 'note'], ['gap-filled', 'note']]);
  });

  it('warns of long fills, with what they cost', () => {
    const timeline = timelineOf(runOf(ap([0, 0, 0, 30000], [1, 0, 30000 + 552 * 30000, 30000])), {});
    expect(timeline.findings).toMatchObject([{ id: 'long-fill', severity: 'warn', text: expect.stringContaining('9 min 12 s between g0 t0 and g1 t0 will be filled: 0.166 GB a probe without data') as string }]);
  });

  it('takes files without first samples to follow one another', () => {
    const timeline = timelineOf(runOf(ap([0, 0, null, 30000], [0, 1, null, 30000])), {});
    expect(brief(timeline.rows[0])).toEqual([['first', 0, 0, 0, 0], ['append', 0, 0, 0, 1]]);
    expect(timeline).toMatchObject({ from_s: 0, to_s: 2, joined_s: 2 });
  });
});
