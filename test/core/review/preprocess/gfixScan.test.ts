// Candidates for gfix: every artefact of the truth is one, and the spans counted are those the run edits.

import { beforeAll, expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { parseCatGTArguments, runCatGT, tasks as catgtTasks } from '../../../../core/engines/catgt/index.ts';
import { type BlockScan, preprocessTasks, type ScanPlan, scanSummary, type SourceRequest } from '../../../../core/review/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const times = [1.9, 2.6, 3.2, 4.4];
let run: SimulatedRun;

beforeAll(async () => {
  run = await quickRun(temporaryFolder(), { seconds: 4, artefacts: times, ni: null });
});

function scan(gfix: string, seconds: number | null = null) {
  const request: SourceRequest = { stream: 'imec0.ap', files: [{ bin: run.files.find(({ label }) => label === 'imec0.ap')!.bin, gate: 0, trigger: 0 }], options: `-apfilter=butter,12,300,9000 ${gfix}` };
  const plan = preprocessTasks['preprocess.scanPlan']({ request, seconds } as never) as ScanPlan;
  return scanSummary(plan, plan.blocks.map((block) => preprocessTasks['preprocess.scanBlock']({ ...request, block } as never) as BlockScan));
}

test('every artefact is a candidate, and the worst second is about one', () => {
  const found = scan('-gfix=0.4,0.1,0.02');
  for (const time of times) expect([...found.at_s].some((at) => Math.abs(at - (time - 1.1)) < 0.005), `${time}`).toBe(true);
  expect(times.some((time) => found.worst_s <= time - 1.1 && found.worst_s + 1 >= time - 1.1)).toBe(true);
  expect(found.seconds).toBeCloseTo(found.whole_s, 6);
});

test.each(['0.4,0.1,0.02', '1,0.1,0.02', '0.2,0.05,0.02'])('with -gfix=%s it counts the spans of the run, and points beyond both thresholds are those it finds', async (thresholds) => {
  const dest = temporaryFolder();
  const options = parseCatGTArguments([`-dir=${run.dest}`, `-run=${run.name}`, '-prb_fld', '-g=0', '-t=0', '-ap', '-prb=0', '-apfilter=butter,12,300,9000', `-gfix=${thresholds}`, `-dest=${dest}`], dest);
  const { streams: [{ edits }] } = await runCatGT(options, { pool: inlinePool(catgtTasks), log: () => undefined, warn: () => undefined });
  const found = scan(`-gfix=${thresholds}`);
  expect(found.spans.count).toBe(edits.length);
  const [amp, slope] = thresholds.split(',').map(Number);
  const beyond = [...found.at_s].filter((_, index) => found.amp_mV[index] >= amp * 0.999 && found.slope_mV[index] >= slope * 0.98);
  for (const { left, length } of edits) expect(beyond.some((at) => at * 30000 >= left - 1 && at * 30000 <= left + length + 1)).toBe(true);
});

test('a sample of the recording is spread over it', () => {
  const found = scan('-gfix=0.4,0.1,0.02', 1.1);
  expect(found.seconds).toBeGreaterThan(0.9);
  expect(found.seconds).toBeLessThan(2.2);
});
