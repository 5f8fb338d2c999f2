// What MATLAB is given to run Kilosort 2.0, 2.5 or 3.0: the options as kilosort2_config_file.m, and a script that loads them
// and calls aftergate_kilosort.m (resources/tools), which goes through Kilosort's steps.

import { matlabText, matlabValue } from './matlabText.ts';

export type KilosortVersion = '2.0' | '2.5' | '3.0';

export interface KilosortConfig {
  /** Where results go. */
  readonly output: string;
  readonly bin: string;
  /** Options by Kilosort's names, as they stand in the JSON; `ntbuff` is one. */
  readonly params: Readonly<Record<string, number | string>>;
  /** Where `params` stand in the JSON, for errors. */
  readonly section: string;
  /** Columns of the binary. */
  readonly channels: number;
  /** Hz. */
  readonly rate: number;
}

/** kilosort2_config_file.m. Throws ParameterError for an option that is no MATLAB value. */
export function kilosortConfig({ output, bin, params, section, channels, rate }: KilosortConfig): string {
  const option = ([key, value]: [string, number | string]): [string, string] => [key, matlabValue(`${section}.${key}`, value)];
  const lines: [string, string][] = [
    ['rootZ', matlabText(forwardSlashes(output))],
    ['datafile', matlabText(forwardSlashes(bin))],
    option(['ntbuff', params.ntbuff]), // before all others: NT refers to it
    ...Object.entries(params).map(option),
    ['Nchan', String(channels)],
    ['NchanTOT', String(channels)],
    ['fs', String(rate)],
  ];
  return lines.map(([key, value]) => `ops.${key} = ${value};\n`).join('');
}

export interface KilosortLauncher {
  readonly kilosort: string;
  readonly npyMatlab: string;
  readonly version: KilosortVersion;
  /** As numbers: MATLAB has 0 and 1. */
  readonly remDup: number;
  readonly finalSplits: number;
  readonly labelGood: number;
  readonly saveRez: number;
}

/** Names of the script and of the function it calls, without .m. */
export const launcherName = 'aftergate_run_kilosort';
export const mainName = 'aftergate_kilosort';

/** The script MATLAB is started with, in the folder that holds the other files. */
export function kilosortLauncher({ kilosort, npyMatlab, version, remDup, finalSplits, labelGood, saveRez }: KilosortLauncher): string {
  return [
    `addpath(genpath(${matlabText(forwardSlashes(kilosort))}));`,
    `addpath(genpath(${matlabText(forwardSlashes(npyMatlab))}));`,
    'kilosort2_config_file;',
    `${mainName}(ops, ${matlabText(version)}, ${remDup}, ${finalSplits}, ${labelGood}, ${saveRez});`,
    '',
  ].join('\n');
}

/** Kilosort puts paths through fprintf, where backslashes would be commands. On other systems they may be part of a name. */
function forwardSlashes(file: string): string {
  return process.platform === 'win32' ? file.replaceAll('\\', '/') : file;
}
