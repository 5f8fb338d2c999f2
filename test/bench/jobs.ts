// The whole jobs of the bench: what each needs, and the engine as the command would call it.

import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { EngineContext } from '../../core/common/index.ts';
import { parseCatGTArguments, runCatGT } from '../../core/engines/catgt/index.ts';
import { parseCWavesArguments, runCWaves } from '../../core/engines/cwaves/index.ts';
import { runSorter } from '../../core/engines/sorter/index.ts';
import { parseTPrimeArguments, runTPrime } from '../../core/engines/tprime/index.ts';
import { createPool } from '../../core/execution/index.ts';
import { failuresOf, runSession } from '../../core/pipelines/index.ts';
import { apFile, COLUMNS, RATE, writeEvents, writeSpikes } from './data.ts';

export interface Amount {
  /** Recorded seconds that were processed; undefined where that means nothing. */
  readonly seconds?: number;
  /** Read, 10^6 bytes; of C_Waves the waveforms, which overlap. */
  readonly megabytes: number;
}

/** The recording is in `raw`; `out` holds what the job needs besides, and takes what it makes. */
export interface Places {
  readonly raw: string;
  readonly out: string;
}

export interface Job {
  readonly name: string;
  /** Jobs of one kind and several sizes show how time and memory grow. */
  readonly growth?: { readonly of: string; readonly size: string };
  /** Length of the recording, in units of the bench's. */
  readonly length: number;
  readonly prepare: (places: Places, seconds: number) => Promise<void> | void;
  readonly run: (places: Places, context: EngineContext) => Promise<Amount>;
}

const BUTTER = '-apfilter=butter,12,300,10000';
const GFIX = '-gfix=0.40,0.10,0.02';
const FULL = [BUTTER, GFIX, '-gblcar'];
const nothing = () => undefined;

export const jobs: readonly Job[] = [
  catgt('CatGT tshift', []),
  catgt('CatGT tshift butter gblcar', [BUTTER, '-gblcar']),
  catgt('CatGT tshift butter gbldmx gfix', [BUTTER, GFIX, '-gbldmx']),
  catgt('CatGT tshift butter loccar_um gfix', [BUTTER, GFIX, '-loccar_um=40,160']),
  catgt('CatGT tshift butter gblcar gfix', FULL, 1, true),
  cwaves(20_000),
  cwaves(200_000),
  cwaves(2_000_000),
  tprime('npy'),
  tprime('txt'),
  tprime('npy', 'interpolated'),
  tprime('txt', 'interpolated'),
  { name: 'spike_sorter', length: 1, prepare: preprocess, run: sort },
  { name: 'whole session: CatGT to metrics', length: 1, prepare: nothing, run: wholeSession },
  catgt('CatGT tshift butter gblcar gfix', FULL, 2, true),
  catgt('CatGT tshift butter gblcar gfix', FULL, 4, true),
];

async function runChain({ raw, out }: Places, chain: readonly string[], context: EngineContext): Promise<Amount> {
  const argv = [`-dir=${raw}`, '-run=big', '-g=0', '-t=0', '-prb_fld', '-ap', '-prb=0', ...chain, `-dest=${out}`];
  const { streams: [stream] } = await runCatGT(parseCatGTArguments(argv, out), context);
  return { seconds: stream.seconds, megabytes: (stream.samples * COLUMNS * 2) / 1e6 };
}

function catgt(name: string, chain: readonly string[], length = 1, grows = false): Job {
  return {
    name: length === 1 ? name : `${name}, ${length}x`,
    growth: grows ? { of: name, size: `${length}x` } : undefined,
    length,
    prepare: nothing,
    run: (places, context) => runChain(places, chain, context),
  };
}

function cwaves(spikes: number): Job {
  const units = 60;
  const window = 82;
  return {
    name: `C_Waves ${spikes} spikes`,
    growth: { of: 'C_Waves', size: `${spikes} spikes` },
    length: 1,
    prepare: ({ out }, seconds) => writeSpikes(out, seconds, spikes, units),
    async run({ raw, out }, context) {
      const inputs = ['table', 'time', 'lbl'].map((part) => `-clus_${part}_npy=${path.join(out, `${part}.npy`)}`);
      const argv = [`-spikeglx_bin=${apFile(raw)}`, ...inputs, `-dest=${out}`, `-samples_per_spike=${window}`, '-pre_samples=20', `-num_spikes=${spikes}`, '-snr_radius_um=140'];
      await runCWaves(parseCWavesArguments(argv, out), context);
      return { megabytes: (spikes * window * COLUMNS * 2) / 1e6 };
    },
  };
}

function tprime(kind: 'npy' | 'txt', mapping: 'as TPrime' | 'interpolated' = 'as TPrime'): Job {
  const interpolates = mapping === 'interpolated';
  return {
    name: `TPrime 10 million events, ${kind}${interpolates ? `, ${mapping}` : ''}`,
    length: 1,
    prepare: ({ out }) => { writeEvents(out, 10_000_000, kind); },
    async run({ out }, context) {
      const at = (file: string) => path.join(out, file);
      const events = `events.${kind}`;
      await runTPrime(parseTPrimeArguments(['-syncperiod=1.0', `-tostream=${at('to.txt')}`, `-fromstream=1,${at('from.txt')}`, `-events=1,${at(events)},${at(`mapped.${kind}`)}`, ...(interpolates ? ['-tprime_interp'] : [])], out), context);
      return { megabytes: statSync(at(events)).size / 1e6 };
    },
  };
}

/** The sorter's input: what CatGT makes of the recording. */
async function preprocess(places: Places): Promise<void> {
  const pool = createPool();
  await runChain(places, FULL, { pool, log: nothing, warn: nothing });
  await pool.close();
}

async function sort({ out }: Places, context: EngineContext): Promise<Amount> {
  const bin = path.join(out, 'catgt_big_g0', 'big_g0_tcat.imec0.ap.bin');
  await runSorter({ bin, dest: path.join(out, 'imec0_ag') }, context);
  return amountOf(bin);
}

async function wholeSession({ raw, out }: Places, context: EngineContext): Promise<Amount> {
  // What the run with another number of workers has left would be taken for done.
  const dest = path.join(out, 'session');
  rmSync(dest, { recursive: true, force: true });
  mkdirSync(dest);
  const session = {
    version: 1, kind: 'multi-run', npx_directory: raw, catGT_dest: dest, json_directory: path.join(dest, 'json'),
    run_specs: [['big', '0', '0,0', '0', '', ['default']]], car_mode: 'gblcar', catGT_cmd_string: `-prb_fld -out_prb_fld ${BUTTER} ${GFIX}`,
    modules: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'],
  };
  const [failure] = failuresOf(await runSession(session, dest, context));
  if (failure) throw new Error(`${failure.what}: ${failure.message}`);
  return amountOf(apFile(raw));
}

function amountOf(bin: string): Amount {
  const { size } = statSync(bin);
  return { seconds: size / (2 * COLUMNS) / RATE, megabytes: size / 1e6 };
}
