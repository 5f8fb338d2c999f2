// OverStrike's options and its own command line.

import path from 'node:path';
import { formatG, parseDecimal, UsageError } from '../../common/index.ts';
import { formatChannelList, parseChannelList } from '../../spikeglx/index.ts';

export interface EditOptions {
  readonly undo: false;
  readonly file: string;
  /** [start, end): seconds or samples from the start of the file; clamped to the file. */
  readonly range: { readonly unit: 'seconds' | 'samples'; readonly start: number; readonly end: number };
  /** Acquisition channels; all neural channels of the file when absent. SY is never changed. */
  readonly channels?: readonly number[];
  /** A straight line from the sample before to the sample behind, instead of zeros. */
  readonly lineFill: boolean;
}

/** Takes back the last edit. */
export interface UndoOptions {
  readonly undo: true;
  readonly file: string;
}

export type OverStrikeOptions = EditOptions | UndoOptions;

const valued = new Set(['-file', '-secs', '-samp', '-samps', '-chans']);
const seeHelp = { next: 'aftergate overstrike --help lists the options.' };

/**
 * The whole command line may also come as one argument, which is how `runit.sh` is called. Throws UsageError.
 * @param cwd folder that relative paths start from
 */
export function parseOverStrikeArguments(argv: readonly string[], cwd: string): OverStrikeOptions {
  const draft: { file?: string; seconds?: EditOptions['range']; samples?: EditOptions['range']; channels?: number[]; lineFill: boolean; undo: boolean } = { lineFill: false, undo: false };
  for (const argument of separate(argv)) {
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument : argument.slice(0, equals);
    const value = equals < 0 ? '' : argument.slice(equals + 1).trim();
    if (value === '' && valued.has(name)) throw new UsageError(`${name} needs a value: ${name}=...`);
    switch (name) {
      case '-file': draft.file = path.resolve(cwd, value); break;
      case '-secs': draft.seconds = parseRange(name, value, 'seconds'); break;
      case '-samp':
      case '-samps': draft.samples = parseRange(name, value, 'samples'); break;
      case '-chans': draft.channels = parseChannels(value); break;
      case '-linefill': draft.lineFill = true; break;
      case '--undo':
      case '-undo': draft.undo = true; break;
      default: throw new UsageError(`unknown option '${name}'`, seeHelp);
    }
  }
  const { file, channels, lineFill, undo } = draft;
  const range = draft.samples ?? draft.seconds; // as in the native tool, samples win
  if (file === undefined) throw new UsageError('missing option -file=X.bin', seeHelp);
  if (undo) {
    if (range || channels || lineFill) throw new UsageError('--undo takes back the last edit as a whole: give it with -file only');
    return { undo, file };
  }
  if (range === undefined) throw new UsageError('missing option -secs=start,end or -samps=start,end', seeHelp);
  return { undo, file, range, channels, lineFill };
}

/** Blanks within paths stay. */
function separate(argv: readonly string[]): readonly string[] {
  return argv.length === 1 ? argv[0].trim().split(/\s+(?=--?[a-z]+(?:=|\s|$))/) : argv;
}

/** The command in canonical form, for the log. */
export function overStrikeCommandLine(options: OverStrikeOptions): string {
  if (options.undo) return `OverStrike -file=${options.file} --undo`;
  const { file, range, channels, lineFill } = options;
  const print = (value: number) => (range.unit === 'samples' ? String(value) : formatG(value, 15));
  return [
    'OverStrike',
    `-file=${file}`,
    `-${range.unit === 'samples' ? 'samps' : 'secs'}=${print(range.start)},${print(range.end)}`,
    ...(channels === undefined ? [] : [`-chans=${formatChannelList(channels)}`]),
    ...(lineFill ? ['-linefill'] : []),
  ].join(' ');
}

function parseRange(option: string, text: string, unit: 'seconds' | 'samples'): EditOptions['range'] {
  const [start, end, ...more] = text.split(',').map(parseDecimal);
  if (start === undefined || end === undefined || more.length > 0) throw new UsageError(`${option}=${text}: must be ${option}=start,end`);
  if (unit === 'samples' && !(Number.isInteger(start) && Number.isInteger(end))) throw new UsageError(`${option}=${text}: samples are whole numbers; use -secs for seconds`);
  if (start >= end) throw new UsageError(`${option}=${text}: the end must be later than the start`);
  return { unit, start, end };
}

function parseChannels(text: string): number[] | undefined {
  try {
    const list = parseChannelList(text);
    return list === 'all' ? undefined : list;
  } catch (error) {
    throw new UsageError(`-chans=${text}: ${(error as RangeError).message}`, { cause: error });
  }
}
