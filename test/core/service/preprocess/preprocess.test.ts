// The requests of the preprocessing and sync steps, through the service: places by run, stream and gate; answers with
// their units; what is refused.

import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { preprocessTasks } from '../../../../core/review/index.ts';
import type { GfixScan, PreprocessPreview, PreprocessSource, PreprocessSpectrum, RunDetails, SyncSurvey } from '../../../../core/service/contract/index.ts';
import type { AreaContext } from '../../../../core/service/house/index.ts';
import { preprocessArea } from '../../../../core/service/preprocess/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const CHAIN = '-apfilter=butter,12,300,9000 -gblcar -gfix=0.4,0.1,0.02';
let run: SimulatedRun;
let area: ReturnType<typeof preprocessArea>;
const progress: number[] = [];
const call = { signal: new AbortController().signal, progress: (done: number) => void progress.push(done) };
const place = { runId: 'quick', stream: 'imec0.ap', gate: 0 };

beforeAll(async () => {
  run = await quickRun(temporaryFolder(), { spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 3.6 }, { gate: 0, trigger: 1, fromS: 3.8, toS: 6.8 }], artefacts: [1.9] });
  area = preprocessArea({ runs: { get: () => details(run) }, screenPool: () => ({ ...inlinePool(preprocessTasks), close: () => Promise.resolve() }) } as unknown as AreaContext);
});
afterAll(() => progress.splice(0));

/** What the library would say of the run, as far as it matters here. */
function details({ name, files }: SimulatedRun): RunDetails {
  const kind = (label: string) => (label === 'nidq' ? 'nidq' : label.endsWith('.lf') ? 'lf' : 'ap');
  const labels = [...new Set(files.map(({ label }) => label))];
  return {
    summary: { runId: 'quick', name, streams: labels.map((key) => ({ key, kind: kind(key), index: 0 })) },
    files: files.map(({ label, gate, trigger, bin }) => ({ stream: label, gate, trigger, path: path.resolve(bin), bytes_B: 1 })),
  } as unknown as RunDetails;
}

describe('preprocess', () => {
  test('source: one axis for all triggers, with the gap between them', async () => {
    const source = await area.handlers['preprocess.source'](place, call) as PreprocessSource;
    expect(source.triggers.map(({ trigger }) => trigger)).toEqual([0, 1]);
    expect(source.triggers[1].at_s).toBeCloseTo(2.7, 2);
    expect(source.gaps).toHaveLength(1);
    expect(source.length_s).toBeCloseTo(5.7, 2);
    expect(source).toMatchObject({ partNumber: 'NP1010', hasMicrons: true });
    expect(source.channels.acq).toHaveLength(16);
  });

  test('preview and spectrum', async () => {
    const preview = await area.handlers['preprocess.preview']({ ...place, from_s: 0.7, len_s: 0.5, columns: 64, options: CHAIN, stages: ['raw', 'final'] }, call) as PreprocessPreview;
    expect(preview).toMatchObject({ columns: 64, from_s: expect.closeTo(0.7, 4) as number, gfix: [{ peak: { acq: expect.any(Number) as number } }] });
    const spectrum = await area.handlers['preprocess.spectrum']({ ...place, from_s: 1, len_s: 0.5, options: CHAIN }, call) as PreprocessSpectrum;
    const at = (plane: Float64Array, hertz: number) => plane[spectrum.frequency_Hz.findIndex((frequency) => frequency > hertz)];
    expect(at(spectrum.after, 60)).toBeLessThan(at(spectrum.raw, 60) / 10);
    expect(at(spectrum.after, 12000)).toBeLessThan(at(spectrum.raw, 12000));
  });

  test('gfix scan with progress', async () => {
    const scan = await area.handlers['preprocess.gfixScan']({ ...place, options: '-apfilter=butter,12,300,9000 -gfix=0.4,0.1,0.02', seconds: null }, call) as GfixScan;
    expect(scan.spans.count).toBe(1);
    expect(progress.length).toBeGreaterThan(0);
    expect(scan.worst_s).toBeLessThan(0.8);
  });

  test.each(['-dest=/tmp', '-xa=0,0,2,3,4.5,25', 'words'])('refuses %s: it does not concern samples', (options) => {
    expect(() => area.handlers['preprocess.preview']({ ...place, from_s: 0, len_s: 0.1, columns: 64, options, stages: ['raw'] }, call)).toThrow(/does not concern samples/);
  });

  test('a stream or gate that is not there is named', () => {
    expect(() => area.handlers['preprocess.source']({ ...place, stream: 'imec4.ap' }, call)).toThrow(/has no file of imec4.ap in gate 0/);
  });
});

test('sync survey: streams in CatGT\'s order, compared with the reference, kept for another reference', async () => {
  const survey = await area.handlers['sync.survey']({ runIds: ['quick'], full: true, reference: 'imec0.ap' }, call) as SyncSurvey;
  expect(survey.runs[0].streams.map(({ stream, verdict }) => [stream, verdict])).toEqual([['nidq', 'ok'], ['imec0.ap', 'ok']]);
  expect(survey.runs[0].streams[0].ppm).not.toBeNull();
  const turned = await area.handlers['sync.survey']({ runIds: ['quick'], full: true, reference: 'nidq' }, call) as SyncSurvey;
  expect(turned.runs[0].streams[0].ppm).toBeNull();
  expect(turned.runs[0].streams[1].ppm).toBeCloseTo(-survey.runs[0].streams[0].ppm!, 3);
});
