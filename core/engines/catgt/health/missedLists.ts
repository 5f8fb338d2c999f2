// SpikeGLX's own lists of samples that the hardware missed: `<run>.missed_samples.imec0.txt` (or `.obx0`), a line
// `<sample,zeros>` for every run of zeros it put in. As its Metrics help has it, the list lies at the top of the data
// folder, and a sample is counted from the start of the acquisition, on the clock of the device: that is what a meta's
// firstSample counts too. A copy in the run folder or the probe folder is found as well.
// Assumed: numbers are those of the AP band, also where an LF file is read (12 AP samples an LF sample).

import path from 'node:path';
import { readTextIfThere } from '../../../common/index.ts';
import { metaNumber, parseMissedSamples } from '../../../spikeglx/index.ts';
import type { CatGTOptions } from '../command/options.ts';
import type { OutputLayout } from '../joining/layout.ts';
import type { StreamInput, StreamSequence } from '../joining/plan.ts';
import { LISTED, type RowSpan } from './spans.ts';

/** Samples [start, end) since the acquisition began. */
export interface MissedRun {
  readonly start: number;
  readonly end: number;
}

const AP_PER_LF = 12;

/** Null when no list is found. Lines that cannot be read are told to `warn`. Throws InputFileError when a list cannot be opened. */
export async function readMissedLists(input: StreamInput, options: CatGTOptions, warn: (line: string) => void): Promise<MissedRun[] | null> {
  const { kind, index } = input.stream;
  if (kind === 'nidq') return null;
  const name = `${options.run}.missed_samples.${kind === 'obx' ? 'obx' : 'imec'}${index}.txt`;
  const texts: { file: string; text: string }[] = [];
  for (const folder of foldersOf(input, options)) {
    const file = path.join(folder, name);
    const text = await readTextIfThere(file);
    if (text !== undefined) texts.push({ file, text });
  }
  return texts.length === 0 ? null : texts.flatMap(({ file, text }) => parseMissed(text, (line) => warn(`${file}: ${line}`)));
}

function foldersOf({ stream, files }: StreamInput, { dir, probeDirs, probeFolders }: CatGTOptions): Set<string> {
  const isProbe = stream.kind === 'ap' || stream.kind === 'lf';
  const folders = files.map(({ bin }) => path.dirname(bin));
  const dataFolder = (isProbe ? probeDirs.get(stream.index) : undefined) ?? dir;
  return new Set([dir, dataFolder, ...(isProbe && probeFolders ? folders.map((folder) => path.dirname(folder)) : []), ...folders].map((folder) => path.resolve(folder || '/')));
}


export function parseMissed(text: string, warn: (line: string) => void): MissedRun[] {
  const runs = parseMissedSamples(text);
  const unreadable = text.split('\n').filter((line) => line.trim() !== '').length - runs.length;
  if (unreadable > 0) warn(`${unreadable} line${unreadable === 1 ? ' is' : 's are'} not of the form 'sample,zeros' and left out of the health record.`);
  return runs.map(({ sample, zeros }) => ({ start: sample, end: sample + zeros }));
}

/**
 * The rows of the output that show these samples, ascending, each once; what was not recorded, or was cut, shows nowhere.
 * Null when files lack a firstSample and nothing can be placed.
 */
export function rowsOfMissed(runs: readonly MissedRun[], { stream, fromAp, files }: StreamInput, sequence: StreamSequence, layout: OutputLayout, keepEvery: number): RowSpan[] | null {
  const perSample = stream.kind === 'lf' && !fromAp ? AP_PER_LF : 1;
  const firstSamples = new Map(files.map(({ bin, meta }) => [bin, metaNumber(meta, 'firstSample')]));
  const found: RowSpan[] = [];
  for (const [index, stretch] of sequence.stretches.entries()) {
    let at = 0;
    for (const { bin, start, count } of stretch.segments) {
      const first = firstSamples.get(bin);
      if (first === undefined) return null;
      for (const run of runs) {
        const from = Math.max(Math.floor(run.start / perSample) - first - start, 0);
        const to = Math.min(Math.ceil(run.end / perSample) - first - start, count);
        if (from < to) found.push({ start: layout.stretchRows[index] + Math.floor((at + from) / keepEvery), end: layout.stretchRows[index] + Math.ceil((at + to) / keepEvery), channels: 0, marks: LISTED });
      }
      at += count;
    }
  }
  return withoutOverlap(found.sort((a, b) => a.start - b.start));
}

/** Lists may lie in two folders, and two runs may share a row. */
function withoutOverlap(spans: readonly RowSpan[]): RowSpan[] {
  const kept: RowSpan[] = [];
  let reached = 0;
  for (const span of spans) {
    const start = Math.max(span.start, reached);
    if (start < span.end) kept.push({ ...span, start });
    reached = Math.max(reached, span.end);
  }
  return kept;
}
