// The same bytes for any number of workers, also where state runs along time: biquads, the filter that measures gfix
// extents, pulse scanners.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineContext } from '../../../../core/common/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, pool } from './support.ts';

let run: SimulatedRun;
let folder: string;

beforeAll(async () => {
  folder = temporaryFolder();
  // Long enough for several blocks a stretch; pulses and artefacts lie across block borders.
  const spans = [
    { gate: 0, trigger: 0, fromS: 1.1, toS: 5.6 },
    { gate: 0, trigger: 1, fromS: 5.65, toS: 9.2 },
  ];
  run = await quickRun(path.join(folder, 'raw'), { spans, artefacts: [2.16, 2.17, 4.28, 5.6, 6.71, 8.9], seed: 9 });
});

describe.each([
  ['Butterworth, median, gfix', '-apfilter=butter,12,300,10000', '-gblcar', '-gfix=0.4,0.1,0.02'],
  ['a square ring, files of chosen channels', '-apfilter=butter,12,300,10000', '-loccar=1,3', '-gfix=0.4,0.1,0.02', '-maxZ=0,0,6', '-save=2,0,0,0:9,768', '-save=2,0,5,3:15'],
  ['biquad, gfix', '-apfilter=biquad,2,300,9000', '-gbldmx', '-gfix=0.4,0.1,0.02'],
])('%s', (_name, ...argv) => {
  test('1, 2, 3 and 7 workers write the same bytes', async () => {
    const hashes = [];
    for (const workers of [1, 2, 3, 7]) {
      const dest = path.join(folder, `out ${workers}`);
      mkdirSync(dest, { recursive: true });
      const extractors = ['-xd=0,0,-1,0,500', '-xd=0,0,-1,1,0', '-bf=0,0,-1,0,4,3', '-xd=2,0,-1,6,0'];
      await catgt(run, ['-g=0', '-t=0,1', '-ap', '-lf', '-ni', '-prb=0', '-lffilter=biquad,2,1,300', ...argv, ...extractors], dest, { pool: pool(workers) });
      hashes.push(hashTree(dest, dest));
    }
    for (const other of hashes.slice(1)) expect(other).toEqual(hashes[0]);
    expect(hashes[0].length).toBeGreaterThan(8);
  });
});

test('a pool that did a stream before does not do it again with the old options', async () => {
  const outputs = [];
  for (const argv of [['-gblcar'], [], ['-gblcar']]) {
    const dest = path.join(folder, 'again');
    mkdirSync(dest, { recursive: true });
    const { result } = await catgt(run, ['-g=0', '-t=0,1', '-ap', '-prb=0', ...argv], dest);
    outputs.push(readFileSync(result.streams[0].binary!));
  }
  expect(outputs[1].equals(outputs[0])).toBe(false);
  expect(outputs[2].equals(outputs[0])).toBe(true);
});

test('streams are told in the same order, whichever ended first', async () => {
  const dest = path.join(folder, 'order');
  mkdirSync(dest, { recursive: true });
  const short = await quickRun(path.join(folder, 'short'), { spans: [{ gate: 0, trigger: 0, fromS: 1, toS: 1.5 }] });
  const real = pool(2);
  let release: () => void = () => undefined;
  const probeIsDone = new Promise<void>((resolve) => (release = resolve));
  const ended: string[] = [];
  const holding: EngineContext['pool'] = {
    size: real.size,
    async run(name, task, options) {
      const answer = await real.run(name, task, options);
      if (JSON.stringify(task).includes('.nidq.bin')) await probeIsDone;
      return answer as never;
    },
  };
  const { result } = await catgt(short, ['-g=0', '-t=0', '-ni', '-ap', '-prb=0', '-gfix=0.4,0.1,0.02'], dest, {
    pool: holding,
    log(line) {
      if (!line.includes(' Gfix ')) return;
      ended.push('imec0.ap');
      release();
    },
  });
  expect(ended).toEqual(['imec0.ap']);
  expect(result.streams.map(({ label }) => label)).toEqual(['nidq', 'imec0.ap']);
});

/** Name and hash of every file; what names the folder or the time is left out. */
function hashTree(folder: string, root: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name);
      if (statSync(file).isDirectory()) return hashTree(file, root);
      const bytes = readFileSync(file);
      const content = /\.(meta|txt)$/.test(name) ? bytes.toString('utf8').replaceAll(root, '').replace(/^(fileCreateTime|catGTCmdline\d*)=.*$/gm, '') : bytes;
      return [`${name} ${createHash('sha256').update(content).digest('hex')}`];
    });
}
