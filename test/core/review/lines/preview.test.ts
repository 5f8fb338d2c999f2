// The pulses shown are the pulses extracted: counts and times equal the lines of the engine's files.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { eventSuffixes, parseCatGTArguments, runCatGT, tasks as catgtTasks } from '../../../../core/engines/catgt/index.ts';
import { condenseSource, extractionIn, type OpenedLines, openLines, parseExtractor, type PreviewResult, tasks } from '../../../../core/review/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import type { StreamId } from '../../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const extractors = [
  '-xa=0,0,0,1,0,50', '-xa=0,0,0,1,2.5,50,8', '-xa=0,0,0,1,2.5,0', '-xa=0,0,0,1,3.99,0', '-xa=0,0,0,1,0,0', '-xa=0,0,0,3.5,0,20,30', '-xia=0,0,0,1,0,200,150', '-xia=0,0,1,-0.5,-2,25',
  '-xd=0,0,2,1,50', '-xd=0,0,-1,2,0', '-xd=0,0,2,2,5', '-xd=0,0,2,2,10,1', '-xid=0,0,2,1,0', '-xid=0,0,2,3,1275,20', '-bf=0,0,2,8,4,3', '-bf=0,0,2,0,16,1', '-xd=0,0,2,0,500',
  '-xd=2,0,16,6,500', '-xid=2,0,-1,6,0',
];

const pool = inlinePool({ ...catgtTasks, ...tasks });
let run: SimulatedRun;
let top: string;

beforeAll(async () => {
  run = await quickRun(path.join(temporaryFolder(), 'daten'), {
    spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 7 }, { gate: 0, trigger: 1, fromS: 6.9, toS: 9 }, { gate: 0, trigger: 2, fromS: 9.35, toS: 12 }],
    ni: { xa: 2, xd: 1 },
    events: [
      { name: 'stimulus', widthsMs: [50], firstS: 0.6, intervalS: 0.53, outlets: [{ stream: 'nidq', line: 1 }, { stream: 'nidq', channel: 0, volts: 4, shape: 'photodiode' }] },
      { name: 'lick', widthsMs: [0.1, 5, 10], firstS: 0.8, intervalS: 0.2, jitter: 0.6, outlets: [{ stream: 'nidq', line: 2 }] },
      { name: 'reward', widthsMs: [25], firstS: 1.1, intervalS: 1.3, outlets: [{ stream: 'nidq', line: 3 }, { stream: 'nidq', channel: 1, volts: -3 }] },
    ],
    counters: [{ name: 'trial', stream: 'nidq', firstLine: 8, bits: 4, periodS: 0.9 }],
  });
  const dest = temporaryFolder();
  const options = parseCatGTArguments([`-dir=${run.dest}`, `-run=${run.name}`, '-prb_fld', '-out_prb_fld', '-g=0', '-t=0,2', '-ap', '-ni', '-prb=0', '-no_tshift', ...extractors, `-dest=${dest}`], dest);
  top = (await runCatGT(options, { pool, log: () => undefined, warn: () => undefined })).top;
});

async function open(stream: StreamId, label: string): Promise<OpenedLines> {
  const inputs = run.files.filter((file) => file.label === label).map((file) => ({
    bin: file.bin, gate: file.gate, trigger: file.trigger,
    companions: run.files.filter((other) => other.trigger === file.trigger && other.label !== label && !other.label.endsWith('.lf')).map((other) => ({ samples: other.samples, rate: other.rate, columns: other.columns })),
  }));
  const opened = await openLines(stream, inputs, temporaryFolder(), false);
  await condenseSource(opened.source, pool, new AbortController().signal, () => undefined);
  return opened;
}

describe('a preview', () => {
  it.each(extractors)('of %s counts what the engine writes', async (text) => {
    const isProbe = text.includes('=2,');
    const { source, meta, facts } = await open(isProbe ? { kind: 'ap', index: 0 } : { kind: 'nidq', index: 0 }, isProbe ? 'imec0.ap' : 'nidq');
    const extraction = extractionIn(parseExtractor(text), meta, facts, 5)!;
    const { pulses, counts, values } = await pool.run<PreviewResult>('lines.preview', { source, extraction });
    const base = path.join(top, ...(isProbe ? [`${run.name}_g0_imec0`] : []), `${run.name}_g0_tcat.${isProbe ? 'imec0.ap' : 'nidq'}`);
    const lines = (suffix: string) => readFileSync(`${base}${suffix}`, 'utf8').trim().split('\n').filter((line) => line !== '');
    const [timesSuffix, valuesSuffix] = eventSuffixes(parseExtractor(text), facts.columns);
    const accepted = [...pulses.on].filter((_, index) => pulses.verdicts[index] === 0);
    expect(accepted.map((sample) => (sample / source.rate).toFixed(6))).toEqual(lines(timesSuffix));
    expect(counts.accepted).toBe(accepted.length);
    if (valuesSuffix) {
      expect([...pulses.values!].filter((_, index) => pulses.verdicts[index] === 0).map(String)).toEqual(lines(valuesSuffix));
      expect(values!.reduce((sum, { count }) => sum + count, 0)).toBe(counts.accepted);
    }
  });

  it('says why pulses were not accepted', async () => {
    const { source, meta, facts } = await open({ kind: 'nidq', index: 0 }, 'nidq');
    const fates = async (text: string) => (await pool.run<PreviewResult>('lines.preview', { source, extraction: extractionIn(parseExtractor(text), meta, facts, 5)! })).counts;
    const any = (await fates('-xd=0,0,2,2,0')).accepted;
    const five = await fates('-xd=0,0,2,2,5');
    expect(five.accepted + five.long + five.short + five.unfinished).toBe(any);
    expect(five.long).toBeGreaterThan(5);
    expect(five.bounced).toBeGreaterThan(3);
    expect((await fates('-xd=0,0,2,2,10')).short).toBe(five.accepted);
    const high = await fates('-xa=0,0,0,1,4.9,0');
    expect([high.accepted, high.below > 5]).toEqual([0, true]);
  });

  it('tells widths and extremes', async () => {
    const { source, meta, facts } = await open({ kind: 'nidq', index: 0 }, 'nidq');
    const { widths, pulses } = await pool.run<PreviewResult>('lines.preview', { source, extraction: extractionIn(parseExtractor('-xa=0,0,0,1,0,50,20'), meta, facts, 5)! });
    const most = widths!.counts.indexOf(Math.max(...widths!.counts));
    expect(widths!.typical[most] / source.rate).toBeCloseTo(0.05, 2);
    const extremes = [...pulses.extremes].filter((value) => !Number.isNaN(value)).map((count) => (count * 5) / 32767);
    expect(Math.max(...extremes)).toBeGreaterThan(3.5);
    expect(Math.max(...extremes)).toBeLessThan(4.5);
  });
});
