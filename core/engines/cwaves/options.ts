// C_Waves' options and its own command line.

import path from 'node:path';
import { formatG, parseDecimal, UsageError } from '../../common/index.ts';
import { formatChannelList, parseChannelList } from '../../spikeglx/index.ts';

/**
 * `native` gives the native tool's numbers: the ratio is -1 where it is undefined, spikes too close to an end of the
 * file count as zeros, one gain for all channels. `exact`: NaN where something is undefined, such spikes are left out
 * before any are counted or chosen, each channel has its own gain, and positions (um) are used even where only the part
 * number tells them.
 */
export type Numerics = 'native' | 'exact';

export interface CWavesOptions {
  /** The AP file; its .meta stands beside it. */
  readonly spikeglxBin: string;
  /** [K,2] {spikes, peak channel (file column)}. */
  readonly tableNpy: string;
  /** [S] times in samples. */
  readonly timeNpy: string;
  /** [S] rows of the table. */
  readonly labelNpy: string;
  /** Folder of the outputs. */
  readonly dest: string;
  /** `<prefix>_` precedes the names of the outputs. */
  readonly prefix?: string;
  /** Length of a waveform, and how much of it precedes the spike's time; samples. */
  readonly samplesPerSpike: number;
  readonly preSamples: number;
  /** At most so many spikes a cluster are used. */
  readonly numSpikes: number;
  /** Neighbourhood of the peak channel: rows and columns, or um, which is preferred when given. */
  readonly snrRadius: number;
  readonly snrRadiusUm?: number;
  /** Only spikes at or after, and before, these times (s). */
  readonly startSecs?: number;
  readonly endSecs?: number;
  /** Acquisition channels that belong to no neighbourhood. */
  readonly exclude: readonly number[];
  readonly numerics: Numerics;
}

const defaultRadius = 8;
const seeHelp = { next: 'aftergate cwaves --help lists the options.' };

type Draft = { -readonly [Key in keyof CWavesOptions]?: CWavesOptions[Key] };
type Reader = (value: string, draft: Draft, given: { option: string; cwd: string }) => void;

const file = (key: 'spikeglxBin' | 'tableNpy' | 'timeNpy' | 'labelNpy' | 'dest'): Reader => (value, draft, { cwd }) => { draft[key] = path.resolve(cwd, value); };
const count = (key: 'samplesPerSpike' | 'preSamples' | 'numSpikes' | 'snrRadius', least: number): Reader => (value, draft, { option }) => {
  const number = parseDecimal(value);
  if (number === undefined || !Number.isInteger(number) || number < least) throw new UsageError(`${option}=${value}: must be a whole number of at least ${least}`);
  draft[key] = number;
};
const number = (key: 'snrRadiusUm' | 'startSecs' | 'endSecs'): Reader => (value, draft, { option }) => {
  draft[key] = parseDecimal(value);
  if (draft[key] === undefined) throw new UsageError(`${option}=${value}: must be a number`);
};

const readers: Record<string, Reader> = {
  '-spikeglx_bin': file('spikeglxBin'),
  '-clus_table_npy': file('tableNpy'),
  '-clus_time_npy': file('timeNpy'),
  '-clus_lbl_npy': file('labelNpy'),
  '-dest': file('dest'),
  '-samples_per_spike': count('samplesPerSpike', 1),
  '-pre_samples': count('preSamples', 1),
  '-num_spikes': count('numSpikes', 1),
  '-snr_radius': count('snrRadius', 0),
  '-snr_radius_um': number('snrRadiusUm'),
  '-startsecs': number('startSecs'),
  '-endsecs': number('endSecs'),
  '-chnexcl': (value, draft) => { draft.exclude = readChannels(value); },
  '-prefix': (value, draft) => { draft.prefix = readPrefix(value); },
  '-numerics': (value, draft) => { draft.numerics = readNumerics(value); },
};

/** In the order in which the usage text names them. */
const required = ['spikeglxBin', 'tableNpy', 'timeNpy', 'labelNpy', 'dest', 'samplesPerSpike', 'preSamples', 'numSpikes'] as const;
const requiredOptions = ['-spikeglx_bin', '-clus_table_npy', '-clus_time_npy', '-clus_lbl_npy', '-dest', '-samples_per_spike', '-pre_samples', '-num_spikes'];

/**
 * The whole command line may also come as one argument, which is how `runit.sh` is called. Throws UsageError.
 * @param cwd folder that relative paths start from
 */
export function parseCWavesArguments(argv: readonly string[], cwd: string): CWavesOptions {
  const draft: Draft = {};
  for (const argument of separate(argv)) {
    if (argument === '-debug_npy') continue; // The native tool shows how it understood the .npy headers.
    const [, option, value] = /^(-\w+)(?:=(.*))?$/s.exec(argument) ?? [];
    const reader = option === undefined ? undefined : readers[option];
    if (!reader) throw new UsageError(`unknown option '${argument}'`, seeHelp);
    if (!value?.trim()) throw new UsageError(`${option} needs a value: ${option}=...`);
    reader(value.trim(), draft, { option, cwd });
  }
  const missing = required.findIndex((key) => draft[key] === undefined);
  if (missing >= 0) throw new UsageError(`missing option ${requiredOptions[missing]}=...`, seeHelp);
  const options: CWavesOptions = { snrRadius: defaultRadius, exclude: [], numerics: 'native', ...draft } as CWavesOptions;
  checkCWavesOptions(options);
  return options;
}

/** Blanks within paths stay. */
function separate(argv: readonly string[]): readonly string[] {
  return argv.length === 1 ? argv[0].trim().split(/\s+(?=-[a-z_]+(?:=|\s|$))/) : argv;
}

/** What must hold between options, whoever made them. Throws UsageError. */
export function checkCWavesOptions({ samplesPerSpike, preSamples, startSecs, endSecs, snrRadiusUm }: CWavesOptions): void {
  if (preSamples >= samplesPerSpike) throw new UsageError(`-pre_samples=${preSamples}: must be less than -samples_per_spike=${samplesPerSpike}`);
  if (snrRadiusUm !== undefined && snrRadiusUm < 0) throw new UsageError(`-snr_radius_um=${snrRadiusUm}: must not be negative`);
  if (isGiven(endSecs) && endSecs <= Math.max(0, startSecs ?? 0)) throw new UsageError(`-endsecs=${endSecs}: must be later than -startsecs`);
}

/** A negative time means: no limit. */
export function isGiven(seconds: number | undefined): seconds is number {
  return seconds !== undefined && seconds >= 0;
}

/** The command in the native tool's canonical form, for the log. */
export function cwavesCommandLine(options: CWavesOptions): string {
  const optional = (name: string, value: string | number | undefined) => (value === undefined ? [] : [`-${name}=${typeof value === 'number' ? formatG(value) : value}`]);
  return [
    'C_Waves',
    `-spikeglx_bin=${options.spikeglxBin}`,
    `-clus_table_npy=${options.tableNpy}`,
    `-clus_time_npy=${options.timeNpy}`,
    `-clus_lbl_npy=${options.labelNpy}`,
    `-dest=${options.dest}`,
    `-samples_per_spike=${options.samplesPerSpike}`,
    `-pre_samples=${options.preSamples}`,
    `-num_spikes=${options.numSpikes}`,
    `-snr_radius=${options.snrRadius}`,
    ...optional('snr_radius_um', options.snrRadiusUm),
    ...optional('startsecs', options.startSecs),
    ...optional('endsecs', options.endSecs),
    ...optional('chnexcl', options.exclude.length === 0 ? undefined : formatChannelList(options.exclude)),
    ...optional('prefix', options.prefix),
    ...optional('numerics', options.numerics === 'native' ? undefined : options.numerics),
  ].join(' ');
}

function readChannels(text: string): number[] {
  try {
    const list = parseChannelList(text);
    if (list !== 'all') return list;
  } catch (error) {
    throw new UsageError(`-chnexcl=${text}: ${(error as RangeError).message}`, { cause: error });
  }
  throw new UsageError(`-chnexcl=${text}: would leave no channel`);
}

function readPrefix(text: string): string {
  if (/[\\/:*?"<>|]/.test(text)) throw new UsageError(`-prefix=${text}: cannot be part of a file name`);
  return text;
}

function readNumerics(text: string): Numerics {
  if (text === 'native' || text === 'exact') return text;
  throw new UsageError(`-numerics=${text}: must be native or exact`);
}
