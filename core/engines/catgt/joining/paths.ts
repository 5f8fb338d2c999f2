// Where inputs lie and outputs go. Pure functions of the options; paths have forward slashes, as they stand in CatGT's
// own metas and lists.

import path from 'node:path';
import { formatSglxName, type StreamId } from '../../../spikeglx/index.ts';
import type { CatGTOptions } from '../command/options.ts';

/** Path of an input file without its extension: `<dir>/run_g0/run_g0_imec0/run_g0_t0.imec0.ap`. */
export function inputBase(options: CatGTOptions, gate: number, trigger: number | 'cat', stream: StreamId): string {
  return `${inputFolder(options, gate, stream)}/${fileName(options, gate, trigger, stream)}`;
}

/** The folder of NI and OneBox outputs and of the lists; other outputs are in it or below. */
export function outputTop(options: CatGTOptions): string {
  if (options.dest === undefined) return runFolder(options, firstGate(options));
  return options.noCatgtFolder ? options.dest : `${options.dest}/catgt_${runAndGate(options)}`;
}

export function outputFolder(options: CatGTOptions, stream: StreamId): string {
  const perProbe = isProbe(stream) && hasOutputProbeFolders(options);
  return perProbe ? `${outputTop(options)}/${probeFolder(options, firstGate(options), stream)}` : outputTop(options);
}

/**
 * Path of an output without its extension: `.../run_g0_tcat.imec0.ap`; event files append to it too. With another `index`,
 * the name of a file of chosen channels: it stays in the folder of the probe it comes from.
 */
export function outputBase(options: CatGTOptions, stream: StreamId, index = stream.index): string {
  return `${outputFolder(options, stream)}/${fileName(options, firstGate(options), 'cat', { ...stream, index })}`;
}

/** The list of outputs that later tools read. */
export function fyiPath(options: CatGTOptions): string {
  return `${outputTop(options)}/${runAndGate(options)}_fyi.txt`;
}

/** Where each joined file begins in the output; an extraction pass writes none. */
export function offsetsPath(options: CatGTOptions): string {
  return `${outputTop(options)}/${runAndGate(options)}_ct_offsets.txt`;
}

/** `run_g<ga>`, which begins the name of every output. */
export function runAndGate(options: CatGTOptions, gate = firstGate(options)): string {
  return `${options.run}_g${gate}`;
}

/** True when AP and LF outputs lie in a folder per probe. */
export function hasOutputProbeFolders(options: CatGTOptions): boolean {
  return options.dest === undefined ? options.probeFolders : options.outProbeFolders;
}

/** The parent of the output folder and the folder's name, as supercat wants an element. */
export function supercatElement(options: CatGTOptions): { parent: string; name: string } {
  const tagged = options.dest === undefined ? options.fromCatGT : !options.noCatgtFolder;
  return { parent: options.dest ?? options.dir, name: `${tagged ? 'catgt_' : ''}${runAndGate(options)}` };
}

/**
 * True when an extraction pass would replace the meta of the very tcat file it reads, which describes a binary that
 * stays. (The native tool does replace it.)
 */
export function isInPlace(options: CatGTOptions, stream: StreamId): boolean {
  return options.cat && samePath(inputBase(options, firstGate(options), 'cat', stream), outputBase(options, stream));
}

/** True when an extraction pass adds its events to the folder, and thus to the list, of the pass that made its inputs. */
export function addsToEarlierOutputs(options: CatGTOptions): boolean {
  return options.cat && samePath(runFolder(options, firstGate(options)), outputTop(options));
}

function inputFolder(options: CatGTOptions, gate: number, stream: StreamId): string {
  const isElsewhere = isProbe(stream) && options.probeDirs.has(stream.index);
  const folder = runFolder(options, gate, isElsewhere ? options.probeDirs.get(stream.index) : undefined);
  return isProbe(stream) && options.probeFolders ? `${folder}/${probeFolder(options, gate, stream)}` : folder;
}

function runFolder(options: CatGTOptions, gate: number, dir = options.dir): string {
  return options.noRunFolder ? dir : `${dir}/${options.fromCatGT ? 'catgt_' : ''}${runAndGate(options, gate)}`;
}

function probeFolder(options: CatGTOptions, gate: number, stream: StreamId): string {
  return `${runAndGate(options, gate)}_imec${options.threeA ? '' : stream.index}`;
}

function fileName(options: CatGTOptions, gate: number, trigger: number | 'cat', stream: StreamId): string {
  return formatSglxName({ run: options.run, gate, trigger, exported: options.exported, threeA: options.threeA, stream });
}

function firstGate(options: CatGTOptions): number {
  return options.parts[0].gate;
}

function isProbe(stream: StreamId): boolean {
  return stream.kind === 'ap' || stream.kind === 'lf';
}

/** Windows knows no case in names. */
function samePath(a: string, b: string): boolean {
  const plain = (given: string) => (process.platform === 'win32' ? path.resolve(given).toLowerCase() : path.resolve(given));
  return plain(a) === plain(b);
}
