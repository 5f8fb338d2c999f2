// The demo's first half: CatGT on one gate, with the options an operator would give.

import type { EngineContext } from '../../common/index.ts';
import { parseCatGTArguments, runCatGT, type CatGTResult } from '../../engines/catgt/index.ts';
import { makeFolder } from '../../common/index.ts';
import type { SimulatedRun } from '../../simulate/index.ts';

export interface GateResult {
  readonly gate: number;
  readonly dest: string;
  readonly catgt: CatGTResult;
}

/** Task lines of the simulated NI: stimulus (50 ms), reward (25 ms), lick (any width), photodiode, trial counter. */
export const EXTRACTORS = ['-xd=0,0,-1,1,50', '-xd=0,0,-1,3,25', '-xd=0,0,-1,2,0', '-xa=0,0,0,1.0,2.5,50,8', '-bf=0,0,-1,8,4,3'];

export async function preprocessGate(run: SimulatedRun, gate: number, dest: string, context: EngineContext): Promise<GateResult> {
  await makeFolder(dest);
  const triggers = run.files.filter((file) => file.gate === gate).map(({ trigger }) => trigger);
  const probes = [...new Set(run.files.filter(({ stream }) => stream.kind === 'ap').map(({ stream }) => stream.index))];
  const options = parseCatGTArguments(
    [
      `-dir=${run.dest}`, `-run=${run.name}`, `-g=${gate}`, `-t=${Math.min(...triggers)},${Math.max(...triggers)}`, '-prb_fld', '-out_prb_fld',
      '-ni', '-ap', '-lf', `-prb=${probes.join(',')}`,
      '-apfilter=butter,12,300,10000', '-lffilter=butter,12,1,500', '-gblcar', '-gfix=0.40,0.10,0.02', ...EXTRACTORS, `-dest=${dest}`,
    ],
    run.dest,
  );
  return { gate, dest, catgt: await runCatGT(options, context) };
}
