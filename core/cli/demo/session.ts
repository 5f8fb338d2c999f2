// The demo's session, as an operator's would be: CatGT on all streams, the modules of every probe, TPrime.

import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { JobError } from '../../common/index.ts';
import { failuresOf, runSession, type SessionOptions } from '../../pipelines/index.ts';
import type { SimulatedRun } from '../../simulate/index.ts';

/** Task lines of the simulated NI: stimulus (50 ms), reward (25 ms), lick (any width), photodiode, trial counter. */
const EXTRACTORS = '-xd=0,0,-1,1,50 -xd=0,0,-1,3,25 -xd=0,0,-1,2,0 -xa=0,0,0,1.0,2.5,50,8 -bf=0,0,-1,8,4,3';
const MODULES = ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'];

const streamSchema = z.object({
  stream: z.string(),
  seconds: z.number(),
  execution_time: z.number(),
  gaps: z.number(),
  gfix_edits: z.number(),
  events: z.array(z.object({ file: z.string(), count: z.number() })),
});
const catgtSchema = z.object({ execution_time: z.number(), aftergate: z.object({ figures: z.object({ streams: z.array(streamSchema) }) }) });

export type StreamFigures = z.output<typeof streamSchema>;

export interface ProbeResult {
  readonly probe: number;
  /** The sorter's folder. */
  readonly folder: string;
  /** Seconds of work by module. */
  readonly seconds: ReadonlyMap<string, number>;
}

export interface GateResult {
  readonly gate: number;
  /** `catgt_<run>_g<gate>` */
  readonly folder: string;
  readonly streams: readonly StreamFigures[];
  /** Time CatGT took for all streams together, s. */
  readonly catgtSeconds: number;
  /** Empty where nothing was sorted. */
  readonly probes: readonly ProbeResult[];
}

/** Runs one gate; `sort` false stops after CatGT and TPrime. Throws JobError when a step failed. */
export async function runGate(run: SimulatedRun, gate: number, dest: string, sort: boolean, options: SessionOptions): Promise<GateResult> {
  const probes = [...new Set(run.files.filter(({ stream }) => stream.kind === 'ap').map(({ stream }) => stream.index))];
  const session = {
    version: 1,
    kind: 'multi-run',
    npx_directory: run.dest,
    catGT_dest: dest,
    json_directory: path.join(dest, `json_g${gate}`),
    run_specs: [[run.name, String(gate), 'start,end', probes.join(','), '', probes.map(() => 'default')]],
    process_lf: true,
    ni_present: true,
    car_mode: 'gblcar',
    catGT_cmd_string: '-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gfix=0.4,0.10,0.02',
    ni_obx_extract_string: EXTRACTORS,
    modules: sort ? MODULES : [],
    event_ex_param_str: 'xd=0,0,-1,1,50',
  };
  const report = await runSession(session, dest, options);
  const [failure] = failuresOf(report);
  if (failure) throw new JobError(`${failure.what}: ${failure.message}`, { next: failure.next });

  const name = `${run.name}_g${gate}`;
  const folder = path.join(dest, `catgt_${name}`);
  const catgtStep = report.results.find(({ step }) => step.module === 'catGT_helper')!.step;
  const catgt = catgtSchema.parse(JSON.parse(await fs.readFile(catgtStep.outputJson, 'utf8')));
  const secondsOf = (probe: number) => new Map(report.results.filter(({ step }) => step.probe === probe).map(({ step, seconds }) => [step.module, seconds ?? 0]));
  return {
    gate,
    folder,
    streams: catgt.aftergate.figures.streams,
    catgtSeconds: catgt.execution_time,
    probes: sort ? probes.map((probe) => ({ probe, folder: path.join(folder, `${name}_imec${probe}`, `imec${probe}_ag`), seconds: secondsOf(probe) })) : [],
  };
}
