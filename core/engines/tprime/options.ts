// TPrime's options and its own command line.

import path from 'node:path';
import { formatFixed6, parseDecimal, UsageError } from '../../common/index.ts';

/**
 * `native` gives the native tool's numbers. `exact` pairs every edge with its own counterpart (see matchEdges.ts), so
 * that no nominal period enters the result, an event that comes out of order is mapped like any other, and, with
 * -offsets, the parts of a joined file never use each other's edges.
 */
export type Numerics = 'native' | 'exact';

export interface FromStream {
  /** The number by which -events names this stream. */
  readonly index: number;
  /** Text file of its sync edges, seconds. */
  readonly edges: string;
}

export interface EventFile {
  /** Index of the stream that recorded the events. */
  readonly stream: number;
  /** .txt or .npy, times in seconds. */
  readonly input: string;
  readonly output: string;
}

export interface TPrimeOptions {
  /** Nominal period of the sync pulse, seconds. */
  readonly syncPeriod: number;
  /** Text file of the sync edges of the stream to map to, seconds. */
  readonly toStream: string;
  readonly fromStreams: readonly FromStream[];
  readonly events: readonly EventFile[];
  /** CatGT's ct_offsets.txt, for files that were joined. */
  readonly offsets?: string;
  readonly numerics: Numerics;
  /** Times run on the line between the edges around them, instead of keeping their distance from one; `numerics` has no say then. */
  readonly interpolate: boolean;
}

/** Below this a pulse cannot be told from its neighbours. */
const shortestPeriod = 1e-3;

const valued = new Set(['-syncperiod', '-tostream', '-fromstream', '-events', '-offsets', '-numerics']);
const seeHelp = { next: 'aftergate tprime --help lists the options.' };

/**
 * The whole command line may also come as one argument, which is how `runit.sh` is called. Throws UsageError.
 * @param cwd folder that relative paths start from
 */
export function parseTPrimeArguments(argv: readonly string[], cwd: string): TPrimeOptions {
  const fromStreams: FromStream[] = [];
  const events: EventFile[] = [];
  const single: { syncPeriod?: number; toStream?: string; offsets?: string; numerics?: Numerics; interpolate?: boolean } = {};
  const resolve = (file: string) => path.resolve(cwd, file);

  for (const argument of separate(argv)) {
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument : argument.slice(0, equals);
    const value = equals < 0 ? '' : argument.slice(equals + 1).trim();
    if (value === '' && valued.has(name)) throw new UsageError(`${name} needs a value: ${name}=...`);
    if (equals >= 0 && name === '-tprime_interp') throw new UsageError(`${argument}: ${name} takes no value`);
    switch (name) {
      case '-syncperiod': single.syncPeriod = parsePeriod(value); break;
      case '-tostream': single.toStream = resolve(value); break;
      case '-fromstream': fromStreams.push(parseFromStream(value, resolve)); break;
      case '-events': events.push(parseEvents(value, resolve)); break;
      case '-offsets': single.offsets = resolve(value); break;
      case '-numerics': single.numerics = parseNumerics(value); break;
      case '-tprime_interp': single.interpolate = true; break;
      default: throw new UsageError(`unknown option '${name}'`, seeHelp);
    }
  }
  const { syncPeriod, toStream, offsets, numerics = 'native', interpolate = false } = single;
  if (syncPeriod === undefined) throw required('-syncperiod=P');
  if (toStream === undefined) throw required('-tostream=edgefile');
  const options = { syncPeriod, toStream, fromStreams, events, offsets, numerics, interpolate };
  checkTPrimeOptions(options);
  return options;
}

/** Blanks within paths stay. */
function separate(argv: readonly string[]): readonly string[] {
  return argv.length === 1 ? argv[0].trim().split(/\s+(?=-[a-z_]+(?:=|\s|$))/) : argv;
}

/** What must hold between options, whoever made them. Throws UsageError. */
export function checkTPrimeOptions({ toStream, fromStreams, events }: TPrimeOptions): void {
  if (fromStreams.length === 0) throw required('-fromstream=index,edgefile');
  if (events.length === 0) throw required('-events=index,in,out');
  const indices = new Set<number>();
  for (const { index } of fromStreams) {
    if (indices.has(index)) throw new UsageError(`-fromstream=${index} is given twice`);
    indices.add(index);
  }
  const inputs = new Set([toStream, ...fromStreams.map(({ edges }) => edges), ...events.map(({ input }) => input)]);
  const outputs = new Set<string>();
  for (const { stream, input, output } of events) {
    if (isNpy(input) !== isNpy(output)) throw new UsageError(`-events=${stream},${input},${output}: both files must be text or both .npy`);
    if (inputs.has(output)) throw new UsageError(`-events: ${output} would overwrite an input`);
    if (!indices.has(stream)) throw new UsageError(`-events=${stream},...: there is no -fromstream=${stream}`);
    if (outputs.has(output)) throw new UsageError(`-events: two inputs are to be written to ${output}`);
    outputs.add(output);
  }
}

/** The command in the native tool's canonical form, for the log. */
export function tprimeCommandLine(options: TPrimeOptions): string {
  return [
    'TPrime',
    `-syncperiod=${formatFixed6(options.syncPeriod)}`,
    `-tostream=${options.toStream}`,
    ...options.fromStreams.map(({ index, edges }) => `-fromstream=${index},${edges}`),
    ...options.events.map(({ stream, input, output }) => `-events=${stream},${input},${output}`),
    ...(options.offsets === undefined ? [] : [`-offsets=${options.offsets}`]),
    ...(options.numerics === 'native' ? [] : [`-numerics=${options.numerics}`]),
    ...(options.interpolate ? ['-tprime_interp'] : []),
  ].join(' ');
}

function parsePeriod(text: string): number {
  const period = parseDecimal(text);
  if (period === undefined || !(period >= shortestPeriod)) throw new UsageError(`-syncperiod=${text}: must be a time in seconds of at least ${shortestPeriod}`);
  return period;
}

function parseNumerics(text: string): Numerics {
  if (text === 'native' || text === 'exact') return text;
  throw new UsageError(`-numerics=${text}: must be native or exact`);
}

function parseFromStream(text: string, resolve: (file: string) => string): FromStream {
  const { index, rest } = splitIndex('-fromstream', text, 'index,edgefile');
  return { index, edges: resolve(rest) };
}

function parseEvents(text: string, resolve: (file: string) => string): EventFile {
  const { index, rest } = splitIndex('-events', text, 'index,in,out');
  // A comma may be part of a path: the one that counts stands behind the ending of the input's name.
  const files = /^(.+?\.(?:txt|npy))\s*,\s*(.+)$/i.exec(rest);
  if (!files) throw new UsageError(`-events=${text}: must be -events=index,in,out where the input's name ends in .txt or .npy`);
  return { stream: index, input: resolve(files[1]), output: resolve(files[2]) };
}

/** Everything else is text. */
export function isNpy(file: string): boolean {
  return /\.npy$/i.test(file);
}

function splitIndex(option: string, text: string, form: string): { index: number; rest: string } {
  const parts = /^\s*(\d+)\s*,\s*(.+)$/.exec(text);
  if (!parts) throw new UsageError(`${option}=${text}: must be ${option}=${form}`);
  return { index: Number(parts[1]), rest: parts[2] };
}

const required = (form: string) => new UsageError(`missing option ${form}`, seeHelp);
