// tPrime_helper: puts the event files and the spike times of a run on the clock of one stream.

import fs from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../common/index.ts';
import { describeSync, type InterpolationReport, type StreamReport, type TPrimeOptions } from '../../engines/tprime/index.ts';
import { eventFileEndings, eventsCsv, type EventSources, findEventFile, writeEventsCsv } from '../../formats/eventFiles/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { existingFolder } from '../record/index.ts';
import { alignStreams, collect, throwCollected } from './align.ts';
import { type Clock, type Clocks, clocksOfFiles, clocksOfRun, parseToStream } from './clocks.ts';
import { type FyiEntry, readFyi } from './fyi.ts';
import type { TprimeParams } from './params.ts';
import { type AlignmentPlan, commandText, planAlignment, type SortFolder } from './plan.ts';
import { findSortFolders, hasSpikeTimes, spikeSeconds, spikeSecondsFiles, spikeTimesFile, writeAll } from './sortFolders.ts';

export async function runTprimeHelper(params: TprimeParams, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const { tPrime_helper_params: tprime, catGT_helper_params: catgt } = params;
  const endings = tprime.psth_ex_str.trim() === '' ? [] : eventFileEndings(tprime.psth_ex_str, 'tPrime_helper_params.psth_ex_str');
  const output = await existingFolder('directories.extracted_data_directory', params.directories.extracted_data_directory, context.cwd);
  const run = `${catgt.run_name}_g${firstGate(catgt.gate_string)}`;
  const runFolder = path.join(output, `${tprime.catGT_out_tag}_${run}`);

  const { clocks, times } = await findStreams(tprime, runFolder, run, context);
  const failures: Error[] = [];
  const sorted = await writeOwnSeconds(clocks.to, await findSorted(clocks, tprime.sort_out_tag, context), failures, context);
  const plan = planAlignment(clocks, times, sorted, context.warn);
  const offsets = tprime.catGT_out_tag === 'supercat' ? await ifThere(path.join(runFolder, `${run}_sc_offsets.txt`)) : undefined;
  logPlan(clocks.to.edges, plan, context);
  const commandFile = path.join(runFolder, `${run}_TPrime_cmd.txt`);
  const options: TPrimeOptions = { syncPeriod: tprime.sync_period, toStream: clocks.to.edges, ...plan, offsets, numerics: tprime.numerics, interpolate: tprime.tprime_interp };
  await writeWhole(commandFile, commandText(program(tprime.tPrime_path), options));

  const alignment = await alignStreams(options, context);
  if (options.interpolate) for (const stream of alignment.streams) context.log(describeSync(stream));
  const csv = endings.length === 0 ? [] : await writeEvents(tprime.psth_ex_str, endings, { aligned: alignment.outputs, inPlace: [...plan.inPlace, clocks.to.edges] }, sorted, context);
  throwCollected([...failures, ...alignment.failures]);

  const seconds = (performance.now() - began) / 1000;
  context.log(`total time: ${seconds.toFixed(2)} seconds`);
  return {
    result: { execution_time: seconds },
    inputs: [clocks.to.edges, ...clocks.from.map(({ edges }) => edges), ...times.map(({ path: file }) => file), ...sorted.map(({ folder }) => spikeTimesFile(folder))],
    outputs: [commandFile, ...sorted.flatMap(({ folder }) => Object.values(spikeSecondsFiles(folder))), ...alignment.outputs, ...csv],
    figures: { sync: alignment.streams.map((report) => syncFigures(report, clocks.from[report.index])) },
  };
}

async function findStreams(tprime: TprimeParams['tPrime_helper_params'], runFolder: string, run: string, context: ModuleContext): Promise<{ clocks: Clocks; times: readonly FyiEntry[] }> {
  if (tprime.tPrime_3A && tprime.toStream_path_3A.trim() !== '') {
    const resolve = (file: string) => path.resolve(context.cwd, file.trim());
    const listed = await readFyi(runFolder, run).catch(() => undefined); // a 3A run need not have been through CatGT as a whole
    return { clocks: clocksOfFiles(resolve(tprime.toStream_path_3A), tprime.fromStream_list_3A.map(resolve)), times: listed?.times ?? [] };
  }
  await existingFolder('the run folder', runFolder, context.cwd);
  const fyi = await readFyi(runFolder, run);
  return { clocks: clocksOfRun(fyi, parseToStream(tprime.toStream_sync_params), run, context.warn), times: fyi.times };
}

/** The sort folders of all streams, those of the to-stream first; one is never counted twice. */
async function findSorted({ to, from }: Clocks, tag: string, context: ModuleContext): Promise<SortFolder[]> {
  const sorted = new Map<string, SortFolder>();
  for (const clock of [to, ...from]) {
    for (const folder of await findSortFolders(clock.probeFolders, tag)) {
      if (sorted.has(folder)) continue;
      if (await hasSpikeTimes(folder)) sorted.set(folder, { folder, clock });
      else context.warn(`${folder}: has no spike_times.npy and is left out`);
    }
  }
  return [...sorted.values()];
}

/** spike_times_sec.npy everywhere; for the to-stream that is the aligned file too. Returns the folders where it could be done. */
async function writeOwnSeconds(to: Clock, sorted: readonly SortFolder[], failures: Error[], context: ModuleContext): Promise<SortFolder[]> {
  const done: SortFolder[] = [];
  for (const { folder, clock } of sorted) {
    context.signal?.throwIfAborted();
    await collect(failures, async () => {
      const { npy, rate } = await spikeSeconds(folder);
      context.log(`sample_rate read from params.py: ${rate.toFixed(10)}`);
      const { own, aligned } = spikeSecondsFiles(folder);
      await writeAll(clock === to ? [own, aligned] : [own], npy);
      done.push({ folder, clock });
    });
  }
  return done;
}

async function writeEvents(extractor: string, endings: readonly string[], sources: EventSources, sorted: readonly SortFolder[], context: ModuleContext): Promise<string[]> {
  const file = findEventFile(endings, sources);
  if (file === undefined) {
    context.warn(`events.csv was not written: no event file matches tPrime_helper_params.psth_ex_str '${extractor}'`);
    return [];
  }
  const folders = sorted.map(({ folder }) => folder);
  const count = await writeEventsCsv(file, folders);
  context.log(`events.csv: ${count} events of ${file} in ${folders.length} sort folders`);
  if (count === 0) context.warn(`${file}: holds no events, so events.csv is empty`);
  return folders.map(eventsCsv);
}

function logPlan(toEdges: string, plan: AlignmentPlan, { log }: ModuleContext): void {
  log(`toStream: ${toEdges}`);
  for (const { index, edges } of plan.fromStreams) log(`fromStream ${index}: ${edges}`);
  for (const { stream, input, output } of plan.events) log(`events of stream ${stream}: ${input} -> ${output}`);
}

function syncFigures({ edges, edgeCount, sync }: StreamReport, { streams }: Clock) {
  return {
    streams, edges, edge_count: edgeCount, paired: sync.used, missing: sync.missing.length, extra: sync.extra.length,
    clock_ppm: sync.ppm, residual_sd_s: sync.sd, residual_max_s: sync.max,
    ...(sync.interpolation && { interpolation: interpolationFigures(sync.interpolation) }),
  };
}

/** Residuals of edges left out, against the line between their neighbours. */
function interpolationFigures({ count, sd, median, max, offLine, jumps }: InterpolationReport) {
  return { left_out: count, residual_sd_s: sd, residual_median_s: median, residual_max_s: max, off_line: offLine.length, jumps: jumps.length };
}

/** The native TPrime's start script, which the command file names as the reference does; otherwise our own command. */
function program(tprimePath: string | undefined): string {
  if (tprimePath === undefined || tprimePath.trim() === '') return 'aftergate tprime';
  return `${tprimePath.replace(/[\\/]+$/, '')}/${process.platform === 'win32' ? 'runit.bat' : 'runit.sh'}`;
}

/** "0,3" is a range of gates that CatGT has joined under the name of the first. */
function firstGate(gates: string): string {
  return gates.split(/[,:; ]/)[0].trim();
}

async function ifThere(file: string): Promise<string | undefined> {
  return fs.access(file).then(() => file, () => undefined);
}
