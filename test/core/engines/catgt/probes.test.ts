// What differs between probes, against the oracle: multiplex tables, references by shank, thresholds from gains and
// ranges, the sign of early 3.0 probes, SY words, positions in old metas.

import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { quickRun, type ProbeInput, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { oracleColumns, type OracleJob } from '../../../oracle/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, difference, expected, outputFile, samplesOf } from './support.ts';

const BUTTER = { type: 'butter', order: 12, high: 300, low: 10000 } as const;
const GFIX = { amp: 0.4, slope: 0.1, base: 0.02 };
const filterAndFix = ['-apfilter=butter,12,300,10000', '-gfix=0.4,0.1,0.02'];
async function simulate(probe: ProbeInput): Promise<{ run: SimulatedRun; dest: string }> {
  const folder = temporaryFolder();
  const dest = path.join(folder, 'out');
  mkdirSync(dest);
  return { dest, run: await quickRun(path.join(folder, 'raw'), { seconds: 0.9, artefacts: [1.5], ni: null, seed: 31, probes: [{ ...probe, units: { count: 4 } }] }) };
}

/** Saved channels are chosen to lie in several rows of the multiplex table and, where there are several, on all shanks. */
const PROBES: readonly { partNumber: string; savedChannels: string; meta?: ProbeInput['meta'] }[] = [
  { partNumber: 'PRB_1_4_0480_1', savedChannels: '22:25,188:193,768' },
  { partNumber: 'NP1032', savedChannels: '22:29,768' },
  { partNumber: 'NP1100', savedChannels: '22:29,768' },
  { partNumber: 'NP1110', savedChannels: '22:29,768' },
  { partNumber: 'NP1121', savedChannels: '22:29,768' },
  { partNumber: 'NP1200', savedChannels: '9:12,70:74,119,256' },
  { partNumber: 'NP3000', savedChannels: '80:88,256' },
  { partNumber: 'NP1300', savedChannels: '186:193,768' },
  { partNumber: 'PRB2_1_2_0640_0', savedChannels: '122:131,384' },
  { partNumber: 'NP2010', savedChannels: '44:49,94:97,384' },
  { partNumber: 'NP2020', savedChannels: '0:2,32:33,384:386,768:769,800:801,1536:1539' },
  { partNumber: 'NP2021', savedChannels: '382:385,1150:1154,1536:1539' },
  { partNumber: 'NP3010', savedChannels: '30:33,906:911,912' },
  { partNumber: 'NP3010', savedChannels: '14:21,912', meta: { set: { imDatApi: '4.0.1' } } },
  { partNumber: 'NP3020', savedChannels: '382:385,1150:1154,1536' },
  { partNumber: 'NP3022', savedChannels: '382:389,1536', meta: { set: { imDatApi: '3.70.1' } } },
];

describe.each(PROBES)('$partNumber, channels $savedChannels', ({ partNumber, savedChannels, meta }) => {
  test('shift, median by probe or shank, gfix; mean of each multiplex row', async () => {
    const { run, dest } = await simulate({ partNumber, savedChannels, meta, lf: false });
    const cases: [string[], Partial<OracleJob>][] = [
      [['-gblcar', ...filterAndFix], { car: { kind: 'gblcar' }, gfix: GFIX, filter: BUTTER }],
      [['-gbldmx', '-no_tshift', ...filterAndFix], { car: { kind: 'gbldmx' }, gfix: GFIX, filter: BUTTER, tshift: false }],
    ];
    for (const [argv, job] of cases) {
      await catgt(run, ['-g=0', '-t=0', '-ap', '-prb=0', ...argv], dest);
      const want = expected(run, 'imec0.ap', ['imec0.ap'], job);
      const { most, share } = difference(samplesOf(outputFile(dest, run, 'quick_g0_tcat.imec0.ap.bin')), want.samples);
      expect(most).toBeLessThanOrEqual(1);
      expect(share).toBeLessThan(1e-3);
    }
  });
});

test('phase 3A: no part number, positions in rows and columns only, names without a probe number', async () => {
  const { run, dest } = await simulate({ partNumber: '3A', savedChannels: '20:31,768', lf: true });
  const common = ['-g=0', '-t=0', '-ap', '-lf', '-prb_3A', '-apfilter=butter,12,300,10000', '-lffilter=butter,12,1,500'];
  const together = ['imec0.ap', 'imec0.lf'];
  const cases: { argv: string[]; job: Partial<OracleJob>; columns: number }[] = [
    { argv: ['-loccar=1,3', '-gfix=0.4,0.1,0.02'], job: { car: { kind: 'loccar', inner: 1, outer: 3 }, gfix: GFIX }, columns: 12 },
    { argv: ['-gblcar', '-maxZ=0,0,13'], job: { car: { kind: 'gblcar' }, exclude: [28, 29, 30, 31] }, columns: 8 },
  ];
  for (const { argv, job, columns } of cases) {
    const { result } = await catgt(run, [...common, ...argv], dest);
    const kept = [...Array(columns).keys(), 12];
    const wanted = {
      'imec0.ap': expected(run, 'imec0.ap', together, { filter: BUTTER, ...job }),
      'imec0.lf': expected(run, 'imec0.lf', together, { filter: { ...BUTTER, high: 1, low: 500 } }),
    };
    for (const [label, want] of Object.entries(wanted)) {
      const { binary } = result.streams.find((stream) => stream.label === label)!;
      expect(path.basename(binary!)).toBe(`quick_g0_tcat.${label.replace('0', '')}.bin`);
      expect(difference(samplesOf(binary!), oracleColumns(want.samples, want.columns, kept)).most).toBeLessThanOrEqual(1);
    }
  }
});

test.each([
  ['-loccar=1,3', '~snsShankMap', "has no '~snsShankMap', so -loccar cannot count rows and columns of sites"],
  ['-maxZ=0,0,3', '~imroTbl', "'~imroTbl' has no entry for channel 0"],
])('%s without %s says what it misses, before anything is written', async (option, key, message) => {
  const { run, dest } = await simulate({ partNumber: 'NP2013', savedChannels: '0:7', meta: { omit: [key] } });
  await expect(catgt(run, ['-g=0', '-t=0', '-ap', '-prb=0', option], dest)).rejects.toThrow(message);
  expect(readdirSync(dest)).toEqual([]);
});
