// NI and OneBox streams against the oracle, across an overlap and a gap: samples are copied as they are, and every
// extractor finds what a sample-by-sample reading finds.

import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CatGTResult } from '../../../../core/engines/catgt/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { oracleBitField, oraclePulses, oracleSegments, oracleTrim, type PulseRule, type Segment } from '../../../oracle/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, samplesOf } from './support.ts';

const streams = ['nidq', 'obx0', 'obx1'];
const spans = [
  { gate: 0, trigger: 0, fromS: 1.1, toS: 2.9 },
  { gate: 0, trigger: 1, fromS: 2.85, toS: 3.6 },
  { gate: 0, trigger: 2, fromS: 3.607, toS: 5.2 },
];

let run: SimulatedRun;
let result: CatGTResult;

beforeAll(async () => {
  const folder = temporaryFolder();
  const dest = path.join(folder, 'out');
  mkdirSync(dest);
  const outlets = ['nidq', 'obx0', 'obx1'].flatMap((stream) => [{ stream, line: 3 }, { stream, channel: 1, volts: 3.5 }]);
  run = await quickRun(path.join(folder, 'raw'), {
    spans, ni: { xa: 2, xd: 1 }, oneBoxes: [{ savedChannels: '0:1,12:13' }, { xa: 4, nominalRate: 20000 }], seed: 41,
    events: [{ name: 'door', widthsMs: [40], intervalS: 0.3, outlets }],
    counters: streams.map((stream) => ({ stream, firstLine: 8, bits: 4, periodS: 0.11 })),
  });
  const extractors = [[0, 0, 2], [1, 0, 2], [1, 1, 4]].flatMap(([js, ip, digital]) => [
    `-xa=${js},${ip},1,2,3,40`, `-xa=${js},${ip},1,2,4,0`, `-xia=${js},${ip},1,2,1,0`, `-xd=${js},${ip},${digital},3,40,1`, `-xid=${js},${ip},${digital},3,0`, `-bf=${js},${ip},${digital},8,4,3`,
  ]);
  ({ result } = await catgt(run, ['-g=0', '-t=0,2', '-ni', '-ob', '-obx=0:1', ...extractors], dest));
});

/** Of one stream: the segments of a column, the rate, the events of an extractor file. */
function look(label: string) {
  const files = run.files.filter((file) => file.label === label);
  const trimmedSamples = files.map(({ trigger }) => {
    const together = streams.map((other) => run.files.find((file) => file.label === other && file.trigger === trigger)!);
    return oracleTrim(together.map(({ meta }) => meta))[streams.indexOf(label)];
  });
  const { rate, columns } = files[0];
  const report = result.streams.find((stream) => stream.label === label)!;
  return {
    rate, columns, report,
    column: (index: number): Segment[] => oracleSegments({ files, trimmedSamples }, index),
    lines: (name: string) => readFileSync(report.binary!.replace(/bin$/, name), 'utf8'),
  };
}

const seconds = (samples: readonly number[], rate: number) => samples.map((sample) => `${(sample / rate).toFixed(6)}\n`).join('');

describe.each([['nidq', 2], ['obx0', 2], ['obx1', 4]])('%s', (label, digital) => {
  test('samples: copied, gaps zero in every column', () => {
    const { columns, report, column } = look(label);
    const got = samplesOf(report.binary!);
    const want = new Int16Array(got.length);
    for (let c = 0; c < columns; c++) for (const { start, values } of column(c)) values.forEach((value, i) => (want[(start + i) * columns + c] = value));
    expect(report.fills).toHaveLength(1);
    expect(Buffer.from(got.buffer, got.byteOffset, got.byteLength).equals(Buffer.from(want.buffer))).toBe(true);
  });

  test('pulses and numbers', () => {
    const { rate, column, lines } = look(label);
    const counts = (volts: number) => Math.trunc((32767 * volts) / 5);
    const rules: [string, number, Omit<PulseRule, 'inarow' | 'rate' | 'numerics'>][] = [
      ['xa_1_40.txt', 1, { level: { threshold: counts(2), second: counts(3) }, inverted: false, ms: 40 }],
      ['xa_1_0.txt', 1, { level: { threshold: counts(2), second: counts(4) }, inverted: false, ms: 0 }],
      ['xia_1_0.txt', 1, { level: { threshold: counts(2), second: counts(1) }, inverted: true, ms: 0 }],
      [`xd_${digital}_3_40.txt`, digital, { level: { bit: 3 }, inverted: false, ms: 40, toleranceMs: 1 }],
      [`xid_${digital}_3_0.txt`, digital, { level: { bit: 3 }, inverted: true, ms: 0 }],
    ];
    for (const [name, index, rule] of rules) {
      const pulses = oraclePulses(column(index), { ...rule, inarow: 5, rate, numerics: 'native' });
      expect(lines(name)).toBe(seconds(pulses, rate));
    }
    expect(lines('xa_1_40.txt')).not.toBe('');
    expect(lines('xa_1_0.txt')).toBe('');
    const changes = oracleBitField(column(digital), { startBit: 8, bits: 4, inarow: 3 });
    expect(changes.length).toBeGreaterThan(20);
    expect(lines(`bft_${digital}_8_4.txt`)).toBe(seconds(changes.map(({ index }) => index), rate));
    expect(lines(`bfv_${digital}_8_4.txt`)).toBe(changes.map(({ value }) => `${value}\n`).join(''));
  });

  test('sync edges: where nobody asked, in the last word of a OneBox', () => {
    const { rate, column, lines, columns } = look(label);
    const [index, bit] = label === 'nidq' ? [2, 0] : [columns - 1, 6];
    const pulses = oraclePulses(column(index), { level: { bit }, inverted: false, ms: 500, inarow: 5, rate, numerics: 'native' });
    expect(pulses.length).toBeGreaterThan(1);
    expect(lines(`xd_${index}_${bit}_500.txt`)).toBe(seconds(pulses, rate));
  });
});
