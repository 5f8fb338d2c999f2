// From parameters to CatGT's own arguments, in the order the reference gives them.

import type { z } from 'zod';
import { ParameterError } from '../../common/index.ts';
import { splitOptions } from '../../notation/index.ts';
import { parseChannelList } from '../../spikeglx/index.ts';
import type { catgtHelperParams } from '../sections/index.ts';

export type CatgtHelperParams = z.infer<typeof catgtHelperParams>;

/** @param input folder of the run folders @param dest folder for results */
export function catgtArguments(params: CatgtHelperParams, input: string, dest: string): string[] {
  const streams = splitOptions(params.stream_string);
  const further = splitOptions(params.cmdStr);
  const listed = further.some((option) => option.startsWith('-gtlist='));
  return [
    `-dir=${input}`,
    `-run=${params.run_name}`,
    ...(listed ? [] : [`-g=${params.gate_string}`, `-t=${params.trigger_string}`]),
    ...(params.probe_string.trim() === '' ? [] : [`-prb=${params.probe_string}`]),
    ...streams,
    ...carArguments(params),
    ...maxZArguments(params),
    ...further,
    `-dest=${dest}`,
  ];
}

function carArguments(params: CatgtHelperParams): string[] {
  switch (params.car_mode) {
    case 'gblcar': return ['-gblcar'];
    case 'gbldmx': return ['-gbldmx'];
    case 'loccar': return [params.useGeom ? `-loccar_um=${params.loccar_inner_um},${params.loccar_outer_um}` : `-loccar=${params.loccar_inner},${params.loccar_outer}`];
    case 'None':
    case 'none': return [];
  }
}

/** One -maxZ per probe; type 1: the depth is in um above the lowest row of sites. */
function maxZArguments({ maxZ_um: depth, probe_string: probes }: CatgtHelperParams): string[] {
  return depth > 0 ? probeList(probes).map((probe) => `-maxZ=${probe},1,${depth}`) : [];
}

function probeList(text: string): number[] {
  try {
    const probes = parseChannelList(text);
    if (probes !== 'all') return probes;
  } catch {
    // said below
  }
  throw new ParameterError(`catGT_helper_params.probe_string: '${text}' is not a list of probes such as 0,2:4`);
}
