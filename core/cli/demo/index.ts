// `aftergate demo`: the main job on made data, from a run folder to aligned events, checked against what is known of them.

import path from 'node:path';
import { makeFolder, UsageError, type EngineContext } from '../../common/index.ts';
import { createPool } from '../../execution/index.ts';
import { presetRun, simulateRun, type SimulatedRun } from '../../simulate/index.ts';
import { scan } from '../../spikeglx/index.ts';
import type { Command, CommandIO } from '../command.ts';
import { progressLine } from '../progress.ts';
import { readOptions } from '../readOptions.ts';
import { runProgress } from '../runProgress.ts';
import { readAlignment } from './align.ts';
import { runGate } from './session.ts';
import { streamTable } from './streamTable.ts';
import { unitTable } from './unitTable.ts';

const usage = `aftergate demo [folder] [--seconds S] [--channels N] [--seed K] [--workers N]

Makes a synthetic run with known truth in folder (./demo-data when left out) and does the main job on it: scan, CatGT on
all streams of its two gates, sorting, double-count removal, waveforms and metrics of both probes (first gate; the second
is too short to sort), alignment of everything to probe 0. Compares with the truth at every step.

  --seconds S    recorded seconds, 20 when left out
  --channels N   channels of each probe, 384 when left out
  --seed K       another seed makes another recording
  --workers N    threads; all the machine has when left out
`;

export const demoCommand: Command = {
  name: 'demo',
  summary: 'the main job on made data, compared with the truth',
  usage,
  run: runDemo,
};

async function runDemo(argv: readonly string[], io: CommandIO): Promise<void> {
  const { folder, workers, ...preset } = parseOptions(argv, io.cwd);
  const pool = createPool(workers);
  const progress = progressLine(io);
  const warn = (line: string) => {
    progress.clear();
    io.err(`warning: ${line}\n`);
  };
  const context: EngineContext = { pool, signal: io.signal, log: () => undefined, warn, progress: io.interactive ? progress.report : undefined };
  const say = (text: string) => {
    progress.clear();
    io.out(text);
  };
  try {
    const started = performance.now();
    const raw = path.join(folder, 'raw');
    const run = await simulateRun(raw, presetRun('demo', preset), context);
    say(`Simulated ${(run.bytes / 1e9).toFixed(2)} GB in ${raw} (${since(started)})\n`);
    await showScan(raw, say);
    const processed = path.join(folder, 'processed');
    await makeFolder(processed);
    const steps = runProgress(io);
    for (const [index, gate] of gatesOf(run).entries()) {
      const result = await runGate(run, gate, processed, index === 0, { pool, signal: io.signal, on: steps.show, warn });
      steps.clear();
      const alignment = await readAlignment(run, result, context);
      say(streamTable(run, result, alignment));
      if (result.probes.length > 0) say(await unitTable(run, result, alignment));
    }
    say(`\nOutputs in ${processed}; done in ${since(started)}.\n`);
  } finally {
    progress.clear();
    await pool.close();
  }
}

async function showScan(raw: string, say: (text: string) => void): Promise<void> {
  const { runs } = await scan([raw]);
  for (const run of runs) {
    const gates = run.gates.map(({ gate, triggers }) => `g${gate} with ${triggers.length} trigger${triggers.length === 1 ? '' : 's'}`).join(', ');
    const probes = run.probes.map(({ index, partNumber, channels }) => `imec${index} (${partNumber}, ${channels} channels)`).join(', ');
    const joins = run.joins.filter(({ kind, stream }) => kind !== 'contiguous' && stream === 'imec0.ap').map(({ kind, samples, gate, trigger }) => `${kind} of ${samples} samples before g${gate} t${trigger}`);
    const health = run.health.length === 0 ? 'healthy' : run.health.map(({ message }) => message).join('; ');
    say(`Found run '${run.name}': ${gates}; ${probes}${run.ni ? ', NI' : ''}; ${joins.join(', ') || 'nothing to join'}; ${health}\n`);
  }
}

function gatesOf(run: SimulatedRun): number[] {
  return [...new Set(run.files.map(({ gate }) => gate))].sort((a, b) => a - b);
}

function since(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function parseOptions(argv: readonly string[], cwd: string) {
  const text = { type: 'string' } as const;
  const parsed = readOptions({ args: [...argv], options: { seconds: text, channels: text, seed: text, workers: text }, allowPositionals: true }, 'aftergate demo --help lists the options.');
  const number = (name: 'seconds' | 'channels' | 'seed' | 'workers') => {
    const given = parsed.values[name];
    if (given === undefined) return undefined;
    if (!/^\d+(\.\d+)?$/.test(given)) throw new UsageError(`--${name} must be a number, not '${given}'`);
    return Number(given);
  };
  return { folder: path.resolve(cwd, parsed.positionals[0] ?? 'demo-data'), seconds: number('seconds'), channels: number('channels'), seed: number('seed'), workers: number('workers') };
}
