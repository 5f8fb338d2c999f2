// -bad_channels on simulated probes whose bad channels are known: what is found, what is done about it, what is written.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseCatGTArguments } from '../../../../core/engines/catgt/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { geomSites, readStreamMeta } from '../../../oracle/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, outputFile, pool, type Ran, samplesOf } from './support.ts';

const BUTTER = '-apfilter=butter,12,300,10000';
/** An overlap and a gap. */
const spans = [
  { gate: 0, trigger: 0, fromS: 1.1, toS: 2.4 },
  { gate: 0, trigger: 1, fromS: 2.38, toS: 3.1 },
  { gate: 0, trigger: 2, fromS: 3.2, toS: 4.2 },
];
const CSV = 'quick_g0_tcat.imec0.ap.bad_channels.csv';

let folder: string;
/** 30 channels; file columns are not acquisition numbers. */
let run: SimulatedRun;

beforeAll(async () => {
  folder = temporaryFolder();
  run = await quickRun(path.join(folder, 'raw'), { spans, ni: null, artefacts: [1.6, 3.6], probe: { savedChannels: '4:33', lf: false, dead: '4,15', noisy: '22' } });
});

let count = 0;
async function process(argv: string[], of = run, triggers = '0,2', workers = 2): Promise<Ran & { readonly dest: string; readonly samples: Int16Array; readonly csv: string | undefined }> {
  const dest = path.join(folder, `out ${count++}`);
  mkdirSync(dest);
  const ran = await catgt(of, ['-g=0', `-t=${triggers}`, '-ap', '-prb=0', ...argv], dest, { pool: pool(workers) });
  const { badChannels, binary } = ran.result.streams[0];
  return { ...ran, dest, samples: samplesOf(binary!), csv: badChannels && readFileSync(badChannels.file, 'utf8') };
}

/** label of every acquisition channel that is not good */
function labels(csv: string): Record<string, string> {
  return Object.fromEntries(csv.trim().split('\n').slice(1).map((line) => line.split(',')).filter((cells) => cells[5] !== 'good').map((cells) => [cells[1], cells[5]]));
}

describe('exclude', () => {
  test('is -chnexcl with the channels it finds, bit by bit', async () => {
    const found = await process([BUTTER, '-gblcar', '-gfix=0.4,0.1,0.02', '-bad_channels=exclude']);
    const told = await process([BUTTER, '-gblcar', '-gfix=0.4,0.1,0.02', '-chnexcl={0;4,15,22}']);
    const all = await process([BUTTER, '-gblcar', '-gfix=0.4,0.1,0.02']);
    expect(Buffer.from(found.samples.buffer).equals(Buffer.from(told.samples.buffer))).toBe(true);
    expect(Buffer.from(found.samples.buffer).equals(Buffer.from(all.samples.buffer))).toBe(false);
    const [meta, wanted] = [found, told].map(({ result }) => readStreamMeta(result.streams[0].meta));
    for (const map of ['~snsGeomMap', '~snsShankMap']) expect(meta.values.get(map)).toBe(wanted.values.get(map));
    expect(geomSites(meta.values).flatMap(({ used }, column) => (used ? [] : [column]))).toEqual([0, 11, 18]);
  });

  test('writes every channel with its figures, and says what was found', async () => {
    const { csv, log, result, dest } = await process([BUTTER, '-gblcar', '-bad_channels=exclude']);
    expect(csv).toBe(readFileSync(outputFile(dest, run, CSV), 'utf8'));
    const lines = csv!.split('\n');
    expect(lines[0]).toBe('column,channel,shank,x_um,y_um,label,similarity,neighbourhood,hf_psd_uV2_Hz,reason');
    expect(lines).toHaveLength(1 + 30 + 1);
    expect(lines[12]).toMatch(/^11,15,0,\d+,140,dead,-(0\.[89]|1\.)\d*,/);
    expect(labels(csv!)).toEqual({ 4: 'dead', 15: 'dead', 22: 'noisy' });
    expect(log).toContain('imec0.ap: bad channels in 8 snippets of 2.8 s together: dead 4,15; noisy 22 (3 left out of CAR and gfix).');
    expect(result.streams[0].badChannels).toEqual({ file: outputFile(dest, run, CSV), dead: [4, 15], noisy: [22], outside: [], interpolated: [] });
  });

  test('channels that were left out beforehand are not judged', async () => {
    const { csv } = await process([BUTTER, '-gblcar', '-chnexcl={0;22,30}', '-bad_channels=exclude']);
    expect(labels(csv!)).toEqual({ 4: 'dead', 15: 'dead', 22: 'unused', 30: 'unused' });
  });
});

describe('interpolate', () => {
  test('replaces a channel by the mean of its good neighbours before CAR, weighted by distance', async () => {
    const interpolated = await process([BUTTER, '-gblcar', '-bad_channels=interpolate']);
    const filtered = await process([BUTTER, '-chnexcl={0;4,15,22}']);
    const excluded = await process([BUTTER, '-gblcar', '-chnexcl={0;4,15,22}']);
    const bad = [0, 11, 18];
    const columns = 31;
    const sites = geomSites(readStreamMeta(run.files[0].meta).values);
    const good = sites.flatMap((site, column) => (site.used && !bad.includes(column) ? [column] : []));
    const weights = bad.map((column) => {
      const raw = good.map((other) => Math.exp(-((Math.hypot(sites[other].x - sites[column].x, sites[other].z - sites[column].z) / 20) ** 1.3))).map((weight) => (weight < 0.005 ? 0 : weight));
      const sum = raw.reduce((a, b) => a + b);
      return raw.map((weight) => weight / sum);
    });
    let most = 0;
    const fills = interpolated.result.streams[0].fills.map(({ out, length }) => [out, out + length] as const);
    for (let row = 0; row < interpolated.samples.length / columns; row++) {
      if (fills.some(([from, to]) => row >= from && row < to)) continue;
      const at = row * columns;
      // The median over the good channels, upper of two, as CAR subtracts it.
      const median = good.map((column) => filtered.samples[at + column]).sort((a, b) => a - b)[good.length >> 1];
      bad.forEach((column, index) => {
        const mean = weights[index].reduce((sum, weight, k) => sum + weight * filtered.samples[at + good[k]], 0);
        most = Math.max(most, Math.abs(interpolated.samples[at + column] - (mean - median)));
      });
      for (const column of [...good, 30]) if (interpolated.samples[at + column] !== excluded.samples[at + column]) throw new Error(`row ${row}, column ${column} differs`);
    }
    expect(most).toBeLessThanOrEqual(0.5 + 1e-9);
    expect(interpolated.result.streams[0].badChannels?.interpolated).toEqual([4, 15, 22]);
    // A sorter may use it again.
    expect(geomSites(readStreamMeta(interpolated.result.streams[0].meta).values).every(({ used }) => used)).toBe(true);
  });

  test('makes a new binary even where nothing else changes', async () => {
    const { samples, log } = await process(['-no_tshift', '-bad_channels=interpolate'], run, '0');
    const raw = samplesOf(run.files[0].bin);
    expect(samples).toHaveLength(raw.length);
    expect([0, 1, 11, 18].map((column) => samples.every((value, at) => at % 31 !== column || value === raw[at]))).toEqual([false, true, false, false]);
    expect(log.at(-1)).toMatch(/\(3 replaced by the mean of their neighbours\)/);
  });

  test('channels outside the brain are only left out', async () => {
    const high = await quickRun(path.join(folder, 'surface'), { seconds: 2, ni: null, probe: { savedChannels: '0:47', lf: false, dead: '3', surfaceUm: 300, aboveSurface: 'air' } });
    const { result, log } = await process([BUTTER, '-gblcar', '-bad_channels=interpolate'], high, '0');
    const outside = Array.from({ length: 16 }, (_, index) => 32 + index);
    expect(result.streams[0].badChannels).toMatchObject({ dead: [3], outside, interpolated: [3] });
    expect(log.join('\n')).toContain('dead 3; outside the brain 32:47 (16 left out of CAR and gfix, 1 replaced by the mean of their neighbours)');
    expect(geomSites(readStreamMeta(result.streams[0].meta).values).flatMap(({ used }, column) => (used ? [] : [column]))).toEqual(outside);
  });
});

describe.each([
  ['NP1010', '0:63', {}],
  ['NP2013', '0:11,48:59,96:107,144:155', {}],
  ['NP2003', '0:31', { noise: { whiteUv: 9, backgroundUv: 7, lineUv: 30, commonUv: 10 } }],
  ['NP1010', '0:63', { surfaceUm: 300 }],
] as const)('%s, channels %s', (partNumber, savedChannels, probe) => {
  test('a sound recording has no bad channels', async () => {
    const sound = await quickRun(temporaryFolder(), { seconds: 1.5, ni: null, partNumber, savedChannels, probe: { lf: false, ...probe } });
    const { csv, log } = await process([BUTTER, '-gblcar', '-bad_channels=exclude'], sound, '0');
    expect(Object.values(labels(csv!)).filter((label) => label !== 'unused')).toEqual([]);
    expect(log.join('\n')).toContain('imec0.ap: no bad channels in 4 snippets of 1.4 s together.');
  });
});

test('1, 2, 3 and 7 workers write the same', async () => {
  const outputs = [];
  for (const workers of [1, 2, 3, 7]) {
    const { samples, csv } = await process([BUTTER, '-loccar_um=40,160', '-gfix=0.4,0.1,0.02', '-bad_channels=interpolate'], run, '0,2', workers);
    outputs.push([createHash('sha256').update(samples).digest('hex'), csv]);
  }
  for (const other of outputs.slice(1)) expect(other).toEqual(outputs[0]);
}, 60_000);

test('a recording too short to tell is processed whole, and says so', async () => {
  const short = await quickRun(path.join(folder, 'short'), { seconds: 0.08, ni: null, probe: { lf: false, dead: '3' } });
  const { csv, log } = await process([BUTTER, '-gblcar', '-bad_channels=exclude'], short, '0');
  expect(csv!.split('\n')[4]).toBe('3,3,0,43,20,good,NaN,NaN,NaN,the recording is too short');
  expect(log).toContain('imec0.ap: too short to look for bad channels; all are used.');
});

describe('on the command line', () => {
  const parse = (...argv: string[]) => parseCatGTArguments(['-dir=/', '-run=r', '-g=0', '-t=0', ...argv], '/');

  test('it is one of two words', () => {
    expect(parse('-ap', '-prb=0', '-bad_channels=interpolate').badChannels).toBe('interpolate');
    expect(() => parse('-ap', '-prb=0', '-bad_channels=remove')).toThrow("-bad_channels=remove: expected 'exclude' or 'interpolate'");
  });

  test('what it cannot do is said', () => {
    expect(parse('-ni', '-bad_channels=exclude').warnings).toContain('-bad_channels=exclude has no effect without -ap.');
    expect(parse('-ap', '-prb=0', '-bad_channels=exclude').warnings).toContain('-bad_channels=exclude only writes its list: there is neither CAR nor -gfix to leave channels out of.');
    expect(() => parse('-ap', '-prb=0', '-t=cat', '-no_tshift', '-bad_channels=interpolate')).toThrow(/must not join, shift or filter/);
  });
});
