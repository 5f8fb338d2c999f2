// -maxZ: which columns of a probe's file look too high up.

import { findProbeFacts, type ProbeFacts } from '../../../spikeglx/index.ts';
import type { CatGTOptions, DepthLimit } from '../command/options.ts';
import type { StreamInput } from '../joining/plan.ts';
import { placeOf } from './places.ts';

/** Neural columns above the probe's -maxZ; undefined when it has none. Throws InputFileError. */
export function columnsAbove(input: StreamInput, options: Pick<CatGTOptions, 'depthLimits'>): number[] | undefined {
  const limit = options.depthLimits.find(({ ip }) => ip === input.stream.index);
  const probe = findProbeFacts(input.meta);
  if (!limit || !probe) return undefined;
  const highest = highestRow(limit, probe);
  const place = placeOf(input.meta, probe);
  const channels = input.facts.channels.slice(0, input.facts.neural);
  return [...channels.keys()].filter((column) => place(column, apChannel(channels[column], probe)).row > highest);
}

/** The highest row that takes part, from 0. Of type 1, rows below `z` do; of type 2, `z` starts at the tip. */
export function highestRow({ type, z }: DepthLimit, { rowPitch, tipLength, rows }: Pick<ProbeFacts, 'rowPitch' | 'tipLength' | 'rows'>): number {
  const row = [Math.trunc(z), Math.ceil((z - rowPitch) / rowPitch), Math.ceil((z - tipLength - rowPitch) / rowPitch)][type];
  return Math.min(Math.max(row, 0), rows - 1);
}

/** LF channels are counted behind the AP ones. */
export function apChannel(channel: number, probe: ProbeFacts): number {
  return channel >= probe.acqAp ? channel - probe.acqAp : channel;
}
