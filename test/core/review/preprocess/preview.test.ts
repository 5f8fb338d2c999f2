// The preview shows what the run writes: sample for sample, on either side of block edges and gaps.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { parseCatGTArguments, runCatGT, tasks as catgtTasks } from '../../../../core/engines/catgt/index.ts';
import { type Preview, preprocessTasks, type PreviewRequest } from '../../../../core/review/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { openSource } from '../../../../core/review/preprocess/source.ts';
import { chainWindow } from '../../../../core/review/preprocess/window.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const CHAIN = '-apfilter=butter,12,300,9000 -gblcar -gfix=0.4,0.1,0.02';
let run: SimulatedRun;

beforeAll(async () => {
  run = await quickRun(temporaryFolder(), { spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 3.6 }, { gate: 0, trigger: 1, fromS: 3.8, toS: 4.8 }], artefacts: [1.9, 3.2] });
});

const request = (options: string) => ({
  stream: 'imec0.ap',
  files: run.files.filter(({ label }) => label === 'imec0.ap').map(({ bin, gate, trigger }) => ({ bin, gate, trigger })),
  options,
});

async function written(options: string): Promise<Int16Array> {
  const dest = temporaryFolder();
  const parsed = parseCatGTArguments([`-dir=${run.dest}`, `-run=${run.name}`, '-prb_fld', '-g=0', '-t=0,1', '-ap', '-prb=0', ...options.split(' '), `-dest=${dest}`], dest);
  const { streams: [stream] } = await runCatGT(parsed, { pool: inlinePool(catgtTasks), log: () => undefined, warn: () => undefined });
  const bytes = readFileSync(path.join(stream.binary!));
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

describe('a window of the chain', () => {
  test.each([
    [CHAIN],
    ['-apfilter=butter,12,300,9000 -loccar_um=40,140'],
    ['-apfilter=butter,6,300,0 -gbldmx -no_tshift'],
    ['-gblcar'],
    ['-apfilter=biquad,2,300,9000 -gfix=0.4,0.1,0.02 -gblcar'],
    ['-no_tshift -gblcar -chnexcl={0;3:5}'],
  ])('holds what a run with %s writes', async (options) => {
    const file = await written(options);
    const source = openSource(request(options));
    const { columns, neural } = source.processing.chain;
    // About the first artefact; over a block edge; after the gap.
    for (const [first, count] of [[20000, 9000], [31000, 2500], [82000, 6000]]) {
      const window = chainWindow(source, first, count);
      expect([window.first, window.count]).toEqual([first, count]);
      let different = 0;
      for (let row = 0; row < count; row++) {
        for (let column = 0; column < neural; column++) if (window.planes.final[row * neural + column] !== file[(first + row) * columns + column]) different++;
      }
      expect(different, `from ${first}`).toBe(0);
    }
  });

  test('in a gap it is the start of what follows, and it ends where the recording ends', () => {
    const source = openSource(request(CHAIN));
    const [first, second] = source.sequence.stretches;
    expect(chainWindow(source, first.out + first.count + 10, 100).first).toBe(second.out);
    const last = chainWindow(source, source.sequence.total - 5, 1000);
    expect(last.first + last.count).toBe(source.sequence.total);
    expect(last.count).toBe(1000);
  });
});

describe('the preview task', () => {
  const ask = (more: Partial<PreviewRequest> = {}) => preprocessTasks['preprocess.preview']({
    ...request(CHAIN), from_s: 0.7, len_s: 0.5, columns: 100, stages: ['raw', 'final', 'difference'], ...more,
  } as never) as Preview;

  test('gives extremes per channel and pixel column in microvolts, tip first', () => {
    const answer = ask();
    expect(answer.planes.raw!.min.length).toBe(16 * 100);
    expect([...answer.channels.z_um]).toEqual([...answer.channels.z_um].sort((a, b) => a - b));
    expect(answer.planes.filtered).toBeUndefined();
    answer.planes.final!.max.forEach((value, index) => expect(value).toBeGreaterThanOrEqual(answer.planes.final!.min[index]));
  });

  test('marks the artefact where the truth has it, with its peak', () => {
    const { gfix } = ask();
    expect(gfix).toHaveLength(1);
    expect(gfix[0].from_s).toBeLessThan(0.802);
    expect(gfix[0].to_s).toBeGreaterThan(0.8);
    expect(Math.abs(gfix[0].peak!.mV)).toBeGreaterThan(0.4);
  });

  test('says that referencing takes noise away and leaves large spikes', () => {
    const { figures } = ask({ from_s: 1.2 });
    expect(figures.noiseAfter_uV).toBeLessThan(figures.noiseBefore_uV);
    expect(figures.common_pct).toBeGreaterThan(0);
    expect(figures.common_pct).toBeLessThan(100);
    if (figures.largeSpikesKept_pct !== null) expect(figures.largeSpikesKept_pct).toBeGreaterThan(50);
  });

  test('draws chosen channels only, and every sample when there is room', () => {
    const answer = ask({ channels: [4, 7], len_s: 0.002, columns: 500 });
    expect([...answer.channels.acq].sort((a, b) => a - b)).toEqual([4, 5, 6, 7]);
    expect(answer.columns).toBe(60);
    expect(answer.planes.raw!.min).toEqual(answer.planes.raw!.max);
  });

  test('refuses what the engine refuses, in its words', () => {
    expect(() => ask({ options: '-loccar=0,8' })).toThrow(/loccar/);
    expect(() => ask({ options: '-gblcar -gbldmx' })).toThrow();
  });
});
