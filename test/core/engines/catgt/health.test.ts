// -health against the oracle: saturation, error bits and missed samples of the recording, row by row of the output.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseCatGTArguments } from '../../../../core/engines/catgt/index.ts';
import { type HealthReport, parseHealth } from '../../../../core/formats/spanFiles/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { oracleHealth, oracleSpans, oracleTrim, type HealthRule, type OracleHealth } from '../../../oracle/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, outputFile, pool, type Ran } from './support.ts';

/** The second block begins 31768 samples after the start: an artefact and an error lie across that border. */
const BORDER_S = 1.1 + 31768 / 30000;
const spans = [
  { gate: 0, trigger: 0, fromS: 1.1, toS: 2.8 },
  { gate: 0, trigger: 1, fromS: 2.78, toS: 3.2 },
  { gate: 0, trigger: 2, fromS: 3.207, toS: 3.7 },
];
const artefacts = [1.3, BORDER_S - 0.0005, 2.5, 2.5015, 2.504, 3.1995];
const status = (line: number, widthMs: number, atS: number[]) => ({ name: `bit ${line}`, widthsMs: [widthMs], atS, outlets: [{ stream: 'imec0', line }, { stream: 'imec1', line }] });
const events = [status(3, 4, [BORDER_S - 0.002]), status(2, 0.5, [1.5, 1.502]), status(7, 1, [3.4]), status(11, 2, [1.2, 2.6]), status(11, 1, [2.6025]),
  { name: 'TTL', widthsMs: [20], atS: [1.4], outlets: [{ stream: 'nidq', channel: 1, volts: 4 }] }];
const ALL = ['-g=0', '-t=0,2', '-ap', '-lf', '-ni', '-prb=0:1', '-lffilter=butter,12,1,500', '-health'];
const STREAMS = ['imec0.ap', 'imec0.lf', 'imec1.ap', 'nidq'];

let folder: string;
let run: SimulatedRun;
beforeAll(async () => {
  folder = temporaryFolder();
  run = await quickRun(path.join(folder, 'raw'), {
    spans, artefacts, events, seed: 77,
    probes: [{ partNumber: 'NP1010', savedChannels: '12:26,768' }, { partNumber: 'NP2013', savedChannels: '0:9,384' }].map((probe) => ({ ...probe, units: { count: 3 } })),
    ni: { xa: 2, xd: 1, rangeV: 3 },
  });
});

async function ran(name: string, argv: string[], of = run, context = {}): Promise<Ran & { health: (name: string) => HealthReport }> {
  const dest = path.join(folder, name);
  mkdirSync(dest, { recursive: true });
  const done = await catgt(of, argv, dest, context);
  return { ...done, health: (stream) => readHealth(outputFile(dest, of, `quick_g0_tcat.${stream}.health.json`)) };
}

const readHealth = (file: string): HealthReport => parseHealth(readFileSync(file, 'utf8'), file);

function expectedHealth(source: string, rule: Omit<HealthRule, 'files' | 'trimmedSamples'>, of = run, streams: readonly string[] = STREAMS): OracleHealth {
  const files = of.files.filter(({ label }) => label === source);
  const trimmedSamples = files.map((file) => {
    const together = of.files.filter((other) => other.trigger === file.trigger && streams.includes(other.label));
    return oracleTrim(together.map(({ meta }) => meta))[together.findIndex(({ label }) => label === source)];
  });
  return oracleHealth({ files, trimmedSamples, ...rule });
}

/** A record in the oracle's words. */
function plain(record: HealthReport) {
  const of = (kind: string) => record.spans.filter((span) => span.kind === kind).map(({ start_sample, samples }) => ({ start: start_sample, end: start_sample + samples }));
  return {
    samples: record.samples, touched: record.saturation.channels, saturated: record.saturation.samples, errors: Object.values(record.sync_word?.errors ?? {}),
    erroneous: record.sync_word?.samples, missed: record.missed.flagged ?? 0, spans: { saturated: of('saturated'), error: of('error'), missed: of('missed') },
  };
}

function plainOracle(found: OracleHealth, rate: number) {
  return {
    samples: found.samples, touched: [...found.touched].sort(([a], [b]) => a - b).map(([column, samples]) => ({ column, samples })), saturated: found.saturated.length, errors: [...found.errors.values()],
    erroneous: found.erroneous.length, missed: found.missed.length,
    spans: { saturated: oracleSpans(found.saturated, rate), error: oracleSpans(found.erroneous, rate), missed: oracleSpans(found.missed, rate) },
  };
}

const np1 = { maxInt: 512, analog: 15, crowded: true, words: 1 };
const np2 = { maxInt: 2048, analog: 10, crowded: true, words: 1 };

describe('against the oracle', () => {
  test('AP, LF, and LF made from AP, over an overlap, a gap and block borders', async () => {
    const { health } = await ran('all', ALL);
    for (const [stream, source, rule] of [['imec0.ap', 'imec0.ap', np1], ['imec0.lf', 'imec0.lf', np1], ['imec1.ap', 'imec1.ap', np2], ['imec1.lf', 'imec1.ap', { ...np2, every: 12 }]] as const) {
      const record = health(stream);
      const found = expectedHealth(source, rule);
      expect(plain(record)).toEqual(plainOracle(found, record.rate_hz));
      expect(found.erroneous.length).toBeGreaterThan(0);
      expect(found.missed.length).toBeGreaterThan(0);
    }
    expect(health('imec0.ap').spans.filter(({ kind }) => kind === 'saturated').length).toBeGreaterThan(3);
  });

  test.each([
    ['a window in time', ['-startsecs=0.4', '-maxsecs=1.75'], { startSecs: 0.4, maxSecs: 1.75 }],
    ['short fills', ['-zerofillmax=3'], { zeroFillMaxMs: 3 }],
    ['closed-up gaps', ['-zerofillmax=0'], { zeroFillMaxMs: 0 }],
    ['sites out of use', ['-gblcar', '-gfix=0.4,0.1,0.02'], { bySites: true }],
  ])('%s', async (name, argv, rule) => {
    const { health } = await ran(name, ['-g=0', '-t=0,2', '-ap', '-prb=0', '-health', ...argv]);
    const record = health('imec0.ap');
    expect(plain(record)).toEqual(plainOracle(expectedHealth('imec0.ap', { ...np1, ...rule }, run, ['imec0.ap']), record.rate_hz));
  });

  test('four status words of a quad-base probe, each with its own bits', async () => {
    const quad = await quickRun(path.join(folder, 'quad'), { seconds: 0.4, ni: null, artefacts: [], probes: [{ partNumber: 'NP2020', savedChannels: '0:15,1536:1539', units: { count: 2 } }] });
    const [file] = quad.files;
    const samples = new Int16Array(readFileSync(file.bin).buffer.slice(0));
    for (const [row, word, bits] of [[100, 0, 1 << 2], [100, 3, 1 << 4], [5000, 1, 1 << 11], [9000, 2, 1 << 5], [9001, 3, -32768]]) samples[row * file.columns + 16 + word] |= bits;
    writeFileSync(file.bin, new Uint8Array(samples.buffer));
    const { health } = await ran('quad out', ['-g=0', '-t=0', '-ap', '-prb=0', '-health'], quad);
    const record = health('imec0.ap');
    expect(plain(record)).toEqual(plainOracle(expectedHealth('imec0.ap', { maxInt: 2048, analog: 16, crowded: true, words: 4 }, quad, ['imec0.ap']), record.rate_hz));
    expect(record.sync_word).toEqual({ errors: { COUNT: 1, SERDES: 0, LOCK: 1, POP: 1, SYNC: 0 }, samples: 2 });
    expect(record.spans.map(({ kind, start_sample, detail }) => [kind, start_sample, detail])).toEqual([['error', 100, 'COUNT LOCK'], ['missed', 5000, 'flagged'], ['error', 9000, 'POP']]);
  });

  test('NI is counted by channel, and nothing of it is called saturated', async () => {
    const { health } = await ran('all', ALL);
    const record = health('nidq');
    expect(record.saturation.channels.length).toBe(1);
    expect(plain(record)).toMatchObject({ touched: plainOracle(expectedHealth('nidq', { maxInt: 32768, analog: 2, crowded: false, words: 0 }), record.rate_hz).touched, spans: { saturated: [] } });
    expect(record).toMatchObject({ sync_word: null, saturation: { low: -32768, high: 32767, samples: 0 }, missed: { flagged: null, listed: null } });
  });
});

test('the same for any number of workers', async () => {
  const texts = [];
  for (const workers of [1, 2, 3, 7]) {
    const { health } = await ran(`${workers} workers`, ALL, run, { pool: pool(workers) });
    texts.push([...STREAMS, 'imec1.lf'].map((stream) => JSON.stringify(health(stream))));
  }
  for (const other of texts.slice(1)) expect(other).toEqual(texts[0]);
});

test('a OneBox has a status word too', async () => {
  const box = await quickRun(path.join(folder, 'box'), { seconds: 0.4, ni: null, probes: [], oneBoxes: [{ savedChannels: '0:1,12:13' }] });
  const [file] = box.files;
  const samples = new Int16Array(readFileSync(file.bin).buffer.slice(0));
  samples[500 * file.columns + 3] |= 1 << 11;
  samples[500 * file.columns + 1] = 32767;
  writeFileSync(file.bin, new Uint8Array(samples.buffer));
  const { health } = await ran('box out', ['-g=0', '-t=0', '-ob', '-obx=0', '-health'], box);
  expect(health('obx0.obx')).toMatchObject({ samples: file.samples, saturation: { channels: [{ column: 1, samples: 1 }] }, sync_word: { samples: 0 }, missed: { flagged: 1, listed: null } });
});

describe("SpikeGLX's list of missed samples", () => {
  const ap = () => run.files.find(({ label, trigger }) => label === 'imec0.ap' && trigger === 2)!;
  const list = (lines: string) => writeFileSync(path.join(run.dest, 'quick.missed_samples.imec0.txt'), lines);

  test('is placed by firstSample, across a gap, in rows of AP and LF', async () => {
    const first = ap().firstSample;
    list(`<${first + 1000},24>\r\n<${first + 2000},6>\n<99999999,5>\nnonsense\n`);
    const { health, warnings, log } = await ran('listed', ['-g=0', '-t=2', '-ap', '-lf', '-prb=0', '-health']);
    const listed = ({ spans }: HealthReport) => spans.filter(({ detail }) => detail === 'listed').map(({ start_sample, samples }) => [start_sample, samples]);
    expect(listed(health('imec0.ap'))).toEqual([[1000, 24], [2000, 6]]);
    expect(health('imec0.ap').missed).toEqual({ flagged: 0, listed: 30 });
    const lfFirst = run.files.find(({ label, trigger }) => label === 'imec0.lf' && trigger === 2)!.firstSample;
    expect(listed(health('imec0.lf'))[0][0]).toBe(Math.floor((first + 1000) / 12) - lfFirst);
    expect(warnings.filter((line) => /quick\.missed_samples\.imec0\.txt: 1 line is not of the form/.test(line))).toHaveLength(1);
    expect(log.join('\n')).toMatch(/^imec0\.ap: .*30 missed samples/m);
    list('');
  });

  test('is one with what the status word says of the same samples', async () => {
    const first = run.files.find(({ label, trigger }) => label === 'imec0.ap' && trigger === 0)!.firstSample;
    const { health: before } = await ran('flagged', ['-g=0', '-t=0', '-ap', '-prb=0', '-health']);
    const flagged = before('imec0.ap').spans.find(({ kind }) => kind === 'missed')!;
    list(`${first + flagged.start_sample} ${flagged.samples}\n`);
    const { health } = await ran('both', ['-g=0', '-t=0', '-ap', '-prb=0', '-health']);
    expect(health('imec0.ap').spans.find(({ kind }) => kind === 'missed')).toEqual({ ...flagged, detail: 'flagged listed' });
    list('');
  });
});

test('no binary is needed', async () => {
  const { result, health } = await ran('plain', ['-g=0', '-t=0', '-ap', '-prb=0', '-no_tshift', '-no_auto_sync', '-health', '-edits']);
  expect(result.streams[0]).toMatchObject({ binary: undefined, lists: [expect.stringMatching(/imec0\.ap\.health\.json$/)] });
  expect(health('imec0.ap').samples).toBe(result.streams[0].samples);
});

test('an extraction pass tells of the files it reads, in their place', async () => {
  const dest = path.join(folder, 'in place');
  mkdirSync(dest);
  await catgt(run, ['-g=0', '-t=0,2', '-ap', '-prb=0', '-out_prb_fld'], dest);
  await catgt({ ...run, dest, name: 'catgt_quick' }, ['-g=0', '-t=cat', '-ap', '-prb=0', '-no_tshift', '-health'], dest, {});
  const names = readdirSync(dest, { recursive: true }).map((name) => path.basename(String(name)));
  expect(names.filter((name) => name.endsWith('.health.json'))).toEqual(['quick_g0_tcat.imec0.ap.health.json']);
});

test('supercat leaves them out, and says so', () => {
  const argv = ['-supercat={/a,catgt_x_g0}{/b,catgt_x_g0}', '-ap', '-prb=0', `-dest=${folder}`, '-edits', '-health'];
  expect(parseCatGTArguments(argv, '/')).toMatchObject({ edits: false, health: false, warnings: [expect.stringMatching(/^-edits has no effect with -supercat/), expect.stringMatching(/^-health has no effect/)] });
});

test('without the options nothing is written beside, and the samples are the same', async () => {
  const with_ = await ran('with', ['-g=0', '-t=0,2', '-ap', '-prb=0', '-apfilter=butter,12,300,10000', '-health', '-edits']);
  const without = await ran('without', ['-g=0', '-t=0,2', '-ap', '-prb=0', '-apfilter=butter,12,300,10000']);
  expect(without.result.streams[0].lists).toEqual([]);
  expect(readFileSync(with_.result.streams[0].binary!).equals(readFileSync(without.result.streams[0].binary!))).toBe(true);
});
