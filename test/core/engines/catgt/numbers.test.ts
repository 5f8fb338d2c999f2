// The engine's numbers against the oracle (test/oracle): an independent, slow, double-precision reading of the
// specification. Single precision inside the transforms may move a value by one count now and then.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import type { OracleJob } from '../../../oracle/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, difference, expected, outputFile, samplesOf } from './support.ts';

/** At most one count, in at most one of a thousand values. */
const CLOSE = { most: 1, share: 1e-3 };

const BUTTER = { type: 'butter', order: 12, high: 300, low: 10000 } as const;
const apButter = '-apfilter=butter,12,300,10000';

interface Case {
  readonly name: string;
  readonly argv: string[];
  readonly job: Partial<OracleJob>;
}

const CASES: Case[] = [
  { name: 'tshift alone', argv: [], job: {} },
  { name: 'tshift and Butterworth, row 0 shifted like the native tool', argv: [apButter], job: { filter: BUTTER } },
  { name: 'high-pass only', argv: ['-apfilter=butter,12,300,0'], job: { filter: { ...BUTTER, low: 0 } } },
  { name: 'Butterworth without tshift', argv: [apButter, '-no_tshift'], job: { filter: BUTTER, tshift: false } },
  { name: 'biquad', argv: ['-apfilter=biquad,2,300,9000'], job: { filter: { type: 'biquad', order: 2, high: 300, low: 9000 } } },
  { name: 'global median', argv: [apButter, '-gblcar'], job: { filter: BUTTER, car: { kind: 'gblcar' } } },
  { name: 'global mean of each mux row', argv: [apButter, '-gbldmx'], job: { filter: BUTTER, car: { kind: 'gbldmx' } } },
  { name: 'local mean', argv: [apButter, '-loccar_um=20,90'], job: { filter: BUTTER, car: { kind: 'loccar_um', inner: 20, outer: 90 } } },
  { name: 'local mean by rows and columns of sites', argv: [apButter, '-loccar=1,4'], job: { filter: BUTTER, car: { kind: 'loccar', inner: 1, outer: 4 } } },
  { name: 'excluded channels', argv: [apButter, '-gblcar', '-chnexcl={0;13,20:21}'], job: { filter: BUTTER, car: { kind: 'gblcar' }, exclude: [13, 20, 21] } },
  { name: 'gfix', argv: [apButter, '-gblcar', '-gfix=0.4,0.1,0.02'], job: { filter: BUTTER, car: { kind: 'gblcar' }, gfix: { amp: 0.4, slope: 0.1, base: 0.02 } } },
  { name: 'gfix by mux row', argv: [apButter, '-no_tshift', '-gfix=0.4,0.1,0.02'], job: { filter: BUTTER, tshift: false, gfix: { amp: 0.4, slope: 0.1, base: 0.02 } } },
  { name: 'gfix after a biquad', argv: ['-apfilter=biquad,2,300,9000', '-gfix=0.4,0.1,0.02'], job: { filter: { type: 'biquad', order: 2, high: 300, low: 9000 }, gfix: { amp: 0.4, slope: 0.1, base: 0.02 } } },
  { name: 'gfix after a biquad that has no high-pass', argv: ['-apfilter=biquad,2,0,3000', '-gfix=0.4,0.1,0.02'], job: { filter: { type: 'biquad', order: 2, high: 0, low: 3000 }, gfix: { amp: 0.4, slope: 0.1, base: 0.02 } } },
  { name: 'zeros instead of lines', argv: [apButter, '-gfix=0.4,0.1,0.02', '-no_linefill'], job: { filter: BUTTER, gfix: { amp: 0.4, slope: 0.1, base: 0.02 }, lineFill: false } },
  { name: 'short fills', argv: [apButter, '-zerofillmax=3'], job: { filter: BUTTER, zeroFillMaxMs: 3 } },
  { name: 'a window in time', argv: [apButter, '-startsecs=0.4', '-maxsecs=1.9'], job: { filter: BUTTER, startSecs: 0.4, maxSecs: 1.9 } },
  { name: 'an end within the gap', argv: [apButter, '-maxsecs=1.603'], job: { filter: BUTTER, maxSecs: 1.603 } },
];

/** Where the two numerics differ: rounding, row 0, lines, references that saturate. */
const EXACT_CASES = ['tshift alone', 'tshift and Butterworth, row 0 shifted like the native tool', 'biquad', 'global median', 'local mean', 'gfix'];

/** Saved channels that start amid a mux row: the native tool takes their delays from the file column, which is wrong. */
const SAVED = '12:27,768';
const spans = [
  { gate: 0, trigger: 0, fromS: 1.1, toS: 2.3 },
  { gate: 0, trigger: 1, fromS: 2.28, toS: 2.7 },
  { gate: 0, trigger: 2, fromS: 2.707, toS: 3.9 },
];

describe.each([
  { probe: 'NP1010', saved: SAVED },
  { probe: 'NP2013', saved: '0:9,48:55,384' },
])('AP of $probe, channels $saved', ({ probe, saved }) => {
  let run: SimulatedRun;
  let folder: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    run = await quickRun(path.join(folder, 'raw'), { partNumber: probe, savedChannels: saved, spans, artefacts: [1.9, 2.29, 3.2], seed: 5 });
  });

  test.each(CASES)('$name', async ({ argv, job }) => {
    const dest = path.join(folder, 'out');
    mkdirSync(dest, { recursive: true });
    await catgt(run, ['-g=0', '-t=0,2', '-ap', '-ni', '-prb=0', ...argv], dest);
    const want = expected(run, 'imec0.ap', ['imec0.ap', 'nidq'], job);
    const got = samplesOf(outputFile(dest, run, `${run.name}_g0_tcat.imec0.ap.bin`));
    const { most, share } = difference(got, want.samples);
    expect(most).toBeLessThanOrEqual(CLOSE.most);
    expect(share).toBeLessThan(CLOSE.share);
  });

  test.each(CASES.filter(({ name }) => EXACT_CASES.includes(name)))('exact numerics: $name', async ({ argv, job }) => {
    const dest = path.join(folder, 'exact');
    mkdirSync(dest, { recursive: true });
    await catgt(run, ['-g=0', '-t=0,2', '-ap', '-ni', '-prb=0', '-numerics=exact', ...argv], dest);
    const want = expected(run, 'imec0.ap', ['imec0.ap', 'nidq'], { ...job, numerics: 'exact' });
    const got = samplesOf(outputFile(dest, run, `${run.name}_g0_tcat.imec0.ap.bin`));
    const { most, share } = difference(got, want.samples);
    expect(most).toBeLessThanOrEqual(CLOSE.most);
    expect(share).toBeLessThan(CLOSE.share);
  });
});

describe('LF', () => {
  test('a true LF stream, and one made from full-band AP across a gap', async () => {
    const folder = temporaryFolder();
    const run = await quickRun(path.join(folder, 'raw'), { spans, probes: [{ savedChannels: SAVED, units: { count: 3 } }, { partNumber: 'NP2003', savedChannels: '0:11,384', units: { count: 3 } }] });
    const dest = path.join(folder, 'out');
    mkdirSync(dest);
    await catgt(run, ['-g=0', '-t=0,2', '-lf', '-prb=0:1', '-lffilter=butter,12,1,500'], dest);
    const filter = { type: 'butter', order: 12, high: 1, low: 500 } as const;
    const together = ['imec0.lf', 'imec1.ap'];
    const lf = difference(samplesOf(outputFile(dest, run, 'quick_g0_tcat.imec0.lf.bin')), expected(run, 'imec0.lf', together, { filter }).samples);
    const made = difference(samplesOf(outputFile(dest, run, 'quick_g0_tcat.imec1.lf.bin')), expected(run, 'imec1.ap', together, { filter, kind: 'ap2lf' }).samples);
    for (const { most, share } of [lf, made]) {
      expect(most).toBeLessThanOrEqual(CLOSE.most);
      expect(share).toBeLessThan(CLOSE.share);
    }
  });
});
