// What Kilosort 4 is told: its settings, from the parameters and what the meta says of the binary.

import type { Ks4Params } from './params.ts';

export interface Recording {
  /** Columns of the binary. */
  readonly columns: number;
  /** Hz. */
  readonly rate: number;
}

/** By Kilosort's names. Settings not named here keep Kilosort's defaults. */
export function kilosort4Settings(params: Ks4Params['ks4_helper_params']['ks4_params'], { columns, rate }: Recording, warn: (line: string) => void): Record<string, number | boolean> {
  const { template_seed, cluster_seed, ...settings } = params;
  // Kilosort 4 refuses settings it does not know, and these are of a changed one.
  for (const [name, seed] of Object.entries({ template_seed, cluster_seed })) {
    if (seed !== 0) warn(`ks4_helper_params.ks4_params.${name}: ${seed} is not passed on: Kilosort 4 starts its random numbers itself`);
  }
  return { n_chan_bin: columns, fs: rate, ...settings, tmax: settings.tmax < 0 ? Infinity : settings.tmax };
}
