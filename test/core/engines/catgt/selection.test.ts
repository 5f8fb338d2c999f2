// Files of chosen channels against the oracle: -save, -sepShanks and -maxZ on probes of every kind, samples and metas.

import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { quickRun, type ProbeInput, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { geomSites, oracleColumns, oracleSelection, oracleTooHigh, parenthesised, readStreamMeta, shankSites, type OracleJob, type OracleResult, type SelectionRule } from '../../../oracle/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, difference, expected, samplesOf } from './support.ts';

const BUTTER = { type: 'butter', order: 12, high: 300, low: 10000 } as const;
const GFIX = { amp: 0.4, slope: 0.1, base: 0.02 };
/** An overlap and a gap. */
const spans = [
  { gate: 0, trigger: 0, fromS: 1.1, toS: 1.7 },
  { gate: 0, trigger: 1, fromS: 1.68, toS: 2.0 },
  { gate: 0, trigger: 2, fromS: 2.007, toS: 2.6 },
];

async function simulate(probes: ProbeInput[], recorded = spans): Promise<{ run: SimulatedRun; dest: string }> {
  const folder = temporaryFolder();
  const dest = path.join(folder, 'out');
  mkdirSync(dest);
  const run = await quickRun(path.join(folder, 'raw'), { spans: recorded, artefacts: [1.4, 2.3], ni: null, seed: 21, probes: probes.map((probe) => ({ ...probe, units: { count: 4 } })) });
  return { run, dest };
}

function metaOf(run: SimulatedRun, label: string): string {
  return run.files.find((file) => file.label === label)!.meta;
}

/** Checks the files of one stream: which there are, what is in them, what their metas say. */
function check(files: { readonly run: SimulatedRun; readonly dest: string; readonly folder: string; readonly input: string; readonly band: 'ap' | 'lf' }, ip: number, rule: SelectionRule, want: OracleResult): void {
  const { run, folder, input, band } = files;
  const source = readStreamMeta(metaOf(run, input));
  for (const { index, columns } of oracleSelection(metaOf(run, input), ip, rule)) {
    const base = path.join(files.dest, 'catgt_quick_g0', folder, `quick_g0_tcat.imec${index}.${band}`);
    const { most, share } = difference(samplesOf(`${base}.bin`), oracleColumns(want.samples, want.columns, columns));
    expect(most).toBeLessThanOrEqual(1);
    expect(share).toBeLessThan(1e-3);
    const meta = readStreamMeta(`${base}.meta`);
    const neural = columns.filter((column) => column < source.neural);
    expect(meta).toMatchObject({ columns: columns.length, neural: neural.length, channels: columns.map((column) => source.channels[column]) });
    expect(Number(meta.values.get('fileSizeBytes'))).toBe(statSync(`${base}.bin`).size);
    expect(meta.values.get('fileName')).toBe(`${base}.bin`);
    expect(parenthesised(meta.values.get('~snsChanMap')!).slice(1).map((entry) => Number(/;(\d+):/.exec(entry)![1]))).toEqual(meta.channels);
    for (const sites of [shankSites, geomSites]) {
      const place = ({ shank, x, z }: ReturnType<typeof sites>[number]) => [shank, x, z];
      expect(sites(meta.values).map(place)).toEqual(neural.map((column) => place(sites(source.values)[column])));
    }
    for (const key of ['acqApLfSy', '~imroTbl', '~muxTbl', 'imDatPrb_pn']) expect(meta.values.get(key)).toBe(source.values.get(key));
  }
}

describe.each([
  ['NP1010', '0:11,40:47'],
  ['NP1030', '0:11'],
  ['NP2003', '0:11'],
  ['NP2013', '0:5,48:53,96:97,192:197,240:245'],
  ['NP1100', '0:39'],
  ['NP1110', '0:39'],
  ['NP1122', '0:79'],
  ['NP2021', '0:7,384:391,768:775,1152:1159'],
  ['NP3020', '0:7,384:391,768:775'],
])('-maxZ on %s', (partNumber, savedChannels) => {
  test('leaves channels out of the file and of the reference', async () => {
    const { run, dest } = await simulate([{ partNumber, savedChannels, lf: false }], [{ gate: 0, trigger: 0, fromS: 1.1, toS: 1.5 }]);
    const { values } = readStreamMeta(metaOf(run, 'imec0.ap'));
    const [pitch, tip] = [Number(values.get('imZPitch')), Number(values.get('imTipLength'))];
    for (const [type, z] of [[0, 1], [1, 1.5 * pitch], [2, tip + 2 * pitch]] as const) {
      const rule = { maxZ: { type, z } };
      const exclude = oracleTooHigh(metaOf(run, 'imec0.ap'), rule.maxZ);
      expect(exclude.length).toBeGreaterThan(0);
      await catgt(run, ['-out_prb_fld', '-g=0', '-t=0', '-ap', '-prb=0', '-no_tshift', '-gblcar', `-maxZ=0,${type},${z}`], dest);
      const want = expected(run, 'imec0.ap', ['imec0.ap'], { car: { kind: 'gblcar' }, exclude, tshift: false });
      check({ run, dest, folder: 'quick_g0_imec0', input: 'imec0.ap', band: 'ap' }, 0, rule, want);
    }
  });
});

describe('-save', () => {
  test('several files of AP and LF, with gaps filled and artifacts fixed in each', async () => {
    const { run, dest } = await simulate([{ savedChannels: '12:40' }]);
    const rule = { saves: [{ index: 0, list: '0:19,768' }, { index: 5, list: '15:18' }], maxZ: { type: 1, z: 250 } } as const;
    const lfRule = { saves: [{ index: 7, list: '400:410,768' }], maxZ: rule.maxZ };
    const { result, log } = await catgt(run, [
      '-out_prb_fld', '-g=0', '-t=0,2', '-ap', '-lf', '-prb=0', '-apfilter=butter,12,300,10000', '-lffilter=butter,12,1,500', '-gblcar', '-gfix=0.4,0.1,0.02', '-chnexcl={0;14}',
      '-save=2,0,0,0:19,768', '-save=2,0,5,15:18', '-save=3,0,7,400:410,768', '-maxZ=0,1,250',
    ], dest);
    const streams = ['imec0.ap', 'imec0.lf'];
    const exclude = [14, ...oracleTooHigh(metaOf(run, 'imec0.ap'), rule.maxZ)];
    const ap = expected(run, 'imec0.ap', streams, { filter: BUTTER, car: { kind: 'gblcar' }, gfix: GFIX, exclude });
    const lf = expected(run, 'imec0.lf', streams, { filter: { ...BUTTER, high: 1, low: 500 } });
    expect(ap.edits.length).toBeGreaterThan(0);
    check({ run, dest, folder: 'quick_g0_imec0', input: 'imec0.ap', band: 'ap' }, 0, rule, ap);
    check({ run, dest, folder: 'quick_g0_imec0', input: 'imec0.lf', band: 'lf' }, 0, lfRule, lf);
    expect(log.filter((line) => line.includes('Gfix'))).toHaveLength(1);
    expect(result.streams.flatMap(({ outputs }) => outputs.map(({ index, columns }) => `imec${index}: ${columns}`)).sort()).toEqual(['imec0: 9', 'imec5: 4', 'imec7: 11']);
    for (const { meta } of result.streams.flatMap(({ outputs }) => outputs)) expect(readFileSync(meta, 'utf8')).toContain('typeImEnabled=8\n');
    expect(readFileSync(result.fyi!, 'utf8')).toContain('ip2_ip1=(0,0)(5,0)(7,0)\n');
  });

  test('AP lists hold for LF made from AP, and leave a true LF whole', async () => {
    const { run, dest } = await simulate([{ savedChannels: '0:5' }, { partNumber: 'NP2003', savedChannels: '0:9' }]);
    const { warnings } = await catgt(run, ['-out_prb_fld', '-g=0', '-t=0,2', '-lf', '-ap', '-prb=0:1', '-lffilter=butter,12,1,500', '-save=2,0,4,1:3', '-save=2,1,11,2:6,384', '-save=3,1,12,3'], dest);
    const streams = ['imec0.ap', 'imec0.lf', 'imec1.ap'];
    const filter = { ...BUTTER, high: 1, low: 500 };
    check({ run, dest, folder: 'quick_g0_imec0', input: 'imec0.lf', band: 'lf' }, 0, {}, expected(run, 'imec0.lf', streams, { filter }));
    check({ run, dest, folder: 'quick_g0_imec0', input: 'imec0.ap', band: 'ap' }, 0, { saves: [{ index: 4, list: '1:3' }] }, expected(run, 'imec0.ap', streams, {}));
    check({ run, dest, folder: 'quick_g0_imec1', input: 'imec1.ap', band: 'lf' }, 1, { saves: [{ index: 11, list: '2:6,384' }] }, expected(run, 'imec1.ap', streams, { filter, kind: 'ap2lf' }));
    expect(warnings).toEqual(['-save=3,1,12,3 has no effect: the LF of probe 1 is made from its AP, so that js = 2 counts for it too.']);
  });

  test('with nothing else to do copies samples', async () => {
    const { run, dest } = await simulate([{ savedChannels: '12:20' }], [{ gate: 0, trigger: 0, fromS: 1.1, toS: 1.4 }]);
    const { result } = await catgt(run, ['-g=0', '-t=0', '-ap', '-lf', '-prb=0', '-no_tshift', '-save=2,0,3,14,19:20,768', '-save=3,0,3,397'], dest);
    for (const [label, columns] of [['imec0.ap', [2, 7, 8, 9]], ['imec0.lf', [1]]] as const) {
      const { bin, columns: width } = run.files.find((file) => file.label === label)!;
      const { binary } = result.streams.find((stream) => stream.label === label)!;
      expect(difference(samplesOf(binary!), oracleColumns(samplesOf(bin), width, columns)).most).toBe(0);
    }
  });

  test('of channels that the file does not have is refused before anything is written', async () => {
    const { run, dest } = await simulate([{ savedChannels: '0:5', lf: false }]);
    const attempt = (...argv: string[]) => catgt(run, ['-g=0', '-t=0', '-ap', '-prb=0', ...argv], dest);
    await expect(attempt('-save=2,0,5,100:110')).rejects.toThrow(/imec0\.ap\.meta: has none of the channels that -save=2,0,5,100:110 would leave in imec5/);
    await expect(attempt('-save=2,0,5,4', '-maxZ=0,0,0')).rejects.toThrow(/none of the channels that -save=2,0,5,4 and -maxZ=0,0,0 would leave/);
    expect(() => statSync(path.join(dest, 'catgt_quick_g0'))).toThrow();
  });
});

describe('-sepShanks', () => {
  const split: Partial<OracleJob> = { filter: BUTTER, car: { kind: 'gblcar' }, gfix: GFIX };
  const argv = ['-out_prb_fld', '-g=0', '-t=0,2', '-ap', '-prb=0', '-apfilter=butter,12,300,10000', '-gblcar', '-gfix=0.4,0.1,0.02'];

  test('of a 2.0 probe: one file per shank, referenced together, each with SY', async () => {
    const { run, dest } = await simulate([{ partNumber: 'NP2013', savedChannels: '0:5,48:53,192:197' }]);
    const { result } = await catgt(run, [...argv, '-sepShanks=0,10,0,-1,13'], dest);
    check({ run, dest, folder: 'quick_g0_imec0', input: 'imec0.ap', band: 'ap' }, 0, { shanks: [10, 0, -1, 13] }, expected(run, 'imec0.ap', ['imec0.ap'], split));
    expect(result.streams[0].outputs.map(({ index, columns }) => [index, columns])).toEqual([[10, 7], [0, 7]]);
    expect(readFileSync(result.streams[0].meta, 'utf8')).toMatch(/snsSaveChanSubset=0:5,384\n[^]*typeImEnabled=11\n/);
  });

  test('of a quad-base probe: referenced by shank, each with its own SY word', async () => {
    const { run, dest } = await simulate([{ partNumber: 'NP2020', savedChannels: '0:5,384:389,768:773,1152:1157' }]);
    const { result } = await catgt(run, [...argv, '-sepShanks=0,10,11,12,13'], dest);
    check({ run, dest, folder: 'quick_g0_imec0', input: 'imec0.ap', band: 'ap' }, 0, { shanks: [10, 11, 12, 13] }, expected(run, 'imec0.ap', ['imec0.ap'], split));
    const subsets = result.streams[0].outputs.map(({ meta }) => /snsSaveChanSubset=(.*)/.exec(readFileSync(meta, 'utf8'))![1]);
    expect(subsets).toEqual(['0:5,1536', '384:389,1537', '768:773,1538', '1152:1157,1539']);
    expect(result.streams[0].events.map(({ file }) => path.basename(file))).toEqual(['quick_g0_tcat.imec0.ap.xd_27_6_500.txt']);
    expect(readFileSync(result.fyi!, 'utf8')).toContain('ip2_ip1=(0,0)(10,0)(11,0)(12,0)(13,0)\n');
  });

  test('of a probe with one shank: written as without it', async () => {
    const { run, dest } = await simulate([{ savedChannels: '0:5', lf: false }]);
    const { result, warnings } = await catgt(run, [...argv, '-sepShanks=0,10,11,12,13'], dest);
    expect(warnings).toEqual(['-sepShanks=0,10,11,12,13 has no effect: the probe has one shank.']);
    expect(result.streams[0].outputs.map(({ index, columns }) => [index, columns])).toEqual([[0, 7]]);
  });
});
