// The requests of the extraction builder on a simulated task: survey, proposals, windows, checks in place, counts by run.

import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freeBytes, inlinePool } from '../../../../core/common/index.ts';
import { tasks } from '../../../../core/review/index.ts';
import type { Answer, Input, LineSurvey, RequestName } from '../../../../core/service/contract/index.ts';
import { lineRequests } from '../../../../core/service/contract/lines.ts';
import { type AreaContext, openAccess, openLimits, openProfile, type ServiceContext } from '../../../../core/service/house/index.ts';
import { linesArea, type LinesArea } from '../../../../core/service/lines/index.ts';
import { runsArea, type RunsArea } from '../../../../core/service/runs/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let runs: RunsArea;
let area: LinesArea;
let runId: string;
let otherId: string;

const ask = async <Name extends keyof typeof lineRequests & RequestName>(name: Name, input: Input<Name>): Promise<Answer<Name>> => {
  const handler = area.handlers[name] as (input: unknown, call: unknown) => unknown;
  return (await handler(lineRequests[name].input.parse(input), { signal: new AbortController().signal, progress: () => undefined })) as Answer<Name>;
};
const nidq = () => ({ runId, gate: 0, stream: 'nidq' });

beforeAll(async () => {
  const folder = temporaryFolder();
  const task = {
    ni: { xa: 2, xd: 1 },
    events: [
      { name: 'stimulus', widthsMs: [50], firstS: 0.6, intervalS: 1.3, outlets: [{ stream: 'nidq', line: 1 }, { stream: 'nidq', channel: 0, volts: 4 }] },
      { name: 'lick', widthsMs: [5, 10], firstS: 0.8, intervalS: 0.45, outlets: [{ stream: 'nidq', line: 2 }] },
    ],
    counters: [{ name: 'trial', stream: 'nidq', firstLine: 8, bits: 4, periodS: 0.9 }],
  };
  await quickRun(path.join(folder, 'a'), { ...task, name: 'mit', seconds: 15 });
  await quickRun(path.join(folder, 'b'), { ...task, name: 'ohne', seconds: 4, events: [] });
  const pool = { ...inlinePool(tasks), close: () => Promise.resolve() };
  const profile = await openProfile(temporaryFolder());
  const context: ServiceContext = { profile, limits: openLimits(profile, 1), freeBytes, access: await openAccess([]), shell: { carrier: 'browser' }, pool: () => pool, screenPool: () => pool, emit: () => undefined, now: () => 0 };
  runs = await runsArea(context);
  await runs.library.add(folder);
  await vi.waitFor(() => expect(runs.library.list()).toHaveLength(2), { timeout: 10_000 });
  const idOf = (name: string) => runs.library.list().find((run) => run.name === name)!.runId;
  [runId, otherId] = [idOf('mit'), idOf('ohne')];
  area = await linesArea({ ...context, runs: runs.library } as AreaContext);
});

afterAll(async () => {
  await area.close();
  await runs.close();
});

describe('a survey', () => {
  let survey: LineSurvey;
  beforeAll(async () => {
    survey = await ask('lines.survey', nidq());
  });

  it('names the words as SpikeGLX does, by file column', () => {
    expect(survey.words.map(({ word, name, kind }) => [word, name, kind])).toEqual([[0, 'XA0', 'analog'], [1, 'XA1', 'analog'], [2, 'DW', 'digital']]);
  });

  it('finds two levels with the best threshold half-way', () => {
    const [diode] = survey.words;
    expect(diode.levels_V.map((level) => Math.round(level))).toEqual([0, 4]);
    expect(diode.threshold_V).toBeCloseTo(2, 1);
    expect(diode.train?.width_ms).toBeCloseTo(50, 0);
  });

  it('knows every bit: rate, width, duty, or that it never changes', () => {
    const { bits } = survey.words[2];
    expect(bits.filter(({ constant }) => constant === null).map(({ bit }) => bit)).toEqual([0, 1, 2, 8, 9, 10, 11]);
    expect(bits[0]).toMatchObject({ sync: true });
    expect(bits[0].rate_Hz).toBeCloseTo(1, 2);
    expect(bits[0].duty_pct).toBeCloseTo(50, -1);
    expect(bits[1].width_ms).toBeCloseTo(50, 0);
  });

  it('proposes an extractor for each active line but sync, with the count it will write', async () => {
    const texts = survey.proposals.map(({ extractor }) => extractor);
    expect(texts).toEqual(['-xa=0,0,0,2,0,50', '-xd=0,0,2,1,50', '-xd=0,0,2,2,0', '-bf=0,0,2,8,4,3']);
    for (const { extractor, count } of survey.proposals) expect((await ask('extract.preview', { ...nidq(), extractor })).counts.accepted).toBe(count);
  });

  it('of a probe looks at its SY word', async () => {
    const probe = await ask('lines.survey', { ...nidq(), stream: 'imec0.ap' });
    expect(probe.words.map(({ name, bits }) => [name, bits.filter(({ constant }) => constant === null).map(({ bit, sync }) => [bit, sync])])).toEqual([['SY', [[6, true]]]]);
  });
});

describe('a window', () => {
  it('says the same from samples and from condensed blocks', async () => {
    const window = (columns: number) => ask('lines.window', { ...nidq(), words: [0, 2], from_s: 0, to_s: 15, columns });
    const [fine, coarse] = [await window(1500), await window(100)];
    expect(coarse.perColumn_smp).toBeGreaterThan(512);
    const extremes = ({ words }: typeof fine) => [Math.min(...words[0].lo), Math.max(...words[0].hi)];
    expect(extremes(coarse)).toEqual(extremes(fine));
    expect(coarse.words[1].bits!.map(({ edges_s }) => [...edges_s])).toEqual(fine.words[1].bits!.map(({ edges_s }) => [...edges_s]));
  });

  it('gives the samples themselves when there are fewer than two a column', async () => {
    const { perColumn_smp, words } = await ask('lines.window', { ...nidq(), words: [0], from_s: 1, to_s: 1.01, columns: 500 });
    expect(perColumn_smp).toBe(1);
    expect(words[0].lo).toEqual(words[0].hi);
  });
});

describe('checks', () => {
  it.each([
    ['-xd=0,0,8,0,5', 'word-range', 'Word 8 does not exist: this file has words 0 to 2 (XA0, XA1, DW).'],
    ['-xa=0,0,2,3,0,25', 'word-digital', 'Word 2 is digital: use xd, xid or bf.'],
    ['-xd=0,0,1,3,25', 'word-analog', 'Word 1 is analog: use xa or xia.'],
    ['-xa=2,0,16,3,0,25', 'probe-digital', 'Probe streams carry only digital lines: xd or xid.'],
    ['-bf=0,0,2,12,6,3', 'bit-range', 'Startbit 12 with 6 bits runs past bit 15. At most 4 bits fit.'],
    ['-xd=3,0,384,6,500', 'lf-extract', 'Events cannot be taken from LF files. The same lines are in the AP file, at 12 times the precision.'],
    ['-xa=0,0,0,5.2,0,25', 'volts-range', '5.2 V is outside ±5 V of this input.'],
    ['-xa=0,0,0,3,2,25', 'second-threshold', 'Threshold 2 (2.0 V) lies inside threshold 1 (3.0 V), so it is not used.'],
    ['-xd=0,0,2,1,0', 'any-width', 'Width 0 keeps every edge, also bounces longer than 5 samples.'],
    ['-xd=0,0,2,0,500', 'sync-line', 'This is the sync line. It is extracted anyway, as `xd_2_0_500`.'],
    ['-xd=1,1,-1,6,500', 'stream-not-chosen', '`obx1` is not among the chosen streams; it is skipped there.'],
    ['-xd=0,0,2,1,25,30', 'wide-tolerance', 'Tolerance 30 ms is wider than the pulse: any pulse under 55 ms counts.'],
  ])('of %s', async (text, id, sentence) => {
    const { extractors } = await ask('extract.check', { text, runIds: [runId] });
    expect(extractors[0].findings.map((finding) => [finding.id, finding.text])).toContainEqual([id, sentence]);
  });

  it('find two extractors that write the same file', async () => {
    const { extractors } = await ask('extract.check', { text: '-xa=0,0,0,2,0,25 -xa=0,0,0,3,0,25', runIds: [runId] });
    expect(extractors.map(({ findings }) => findings[0].id)).toEqual(['name-collision', 'name-collision']);
    expect(extractors[0].files).toEqual(['mit_g0_tcat.nidq.xa_0_25.txt']);
  });

  it('offer the AP file in place of LF', async () => {
    const { extractors } = await ask('extract.check', { text: '-xd=3,0,384,6,500', runIds: [runId] });
    expect(extractors[0].findings[0].next).toEqual([{ label: 'Use imec0 AP', patch: { ni_obx_extract_string: '-xd=2,0,384,6,500' } }]);
  });
});

describe('other runs', () => {
  it('are counted with the same extractors; one where nothing happens is marked', async () => {
    const { rows } = await ask('extract.checkRuns', { text: '-xa=0,0,0,2,0,50 -xd=0,0,2,1,50 -xd=1,0,-1,6,0', runIds: [runId, otherId] });
    const [first, second] = rows;
    expect(first.counts[0]).toBeGreaterThan(8);
    expect(first.counts[2]).toBeNull();
    expect(second.counts).toEqual([0, 0, null]);
    expect(second.findings[0]).toMatchObject({ id: 'no-pulses' });
    expect(second.findings[0].text).toMatch(/^Nothing on XA0 crosses 2\.0 V in g0 \(highest 0\.\d V\)\..* mit g0 has \d+ pulses\.$/);
  });
});
