// The shanks of a probe that have anything to give to a file of their own: what -sepShanks is asked for.

import { findProbeFacts, geometry } from '../../../spikeglx/index.ts';
import type { CatGTOptions } from '../command/options.ts';
import type { StreamInput } from '../joining/plan.ts';
import { columnsAbove } from './depth.ts';
import { placeOf } from './places.ts';

/**
 * Shanks with a channel of use, ascending from 0: one that is saved, not switched off, not excluded and not above -maxZ.
 * Undefined for a probe of one shank or of an unknown type. Throws InputFileError when the meta does not tell.
 */
export function shanksInUse(input: StreamInput, options: Pick<CatGTOptions, 'depthLimits' | 'exclude'>): number[] | undefined {
  const { meta, facts, stream } = input;
  const probe = findProbeFacts(meta);
  if (!probe || probe.shanks === 1) return undefined;
  const place = placeOf(meta, probe);
  const { sites } = geometry(meta);
  const above = new Set(columnsAbove(input, options));
  const excluded = new Set(options.exclude.get(stream.index));
  const columns = [...facts.channels.keys()].slice(0, facts.neural).filter((column) => sites[column].used && !above.has(column) && !excluded.has(facts.channels[column]));
  return [...new Set(columns.map((column) => place(column, facts.channels[column]).shank))].sort((a, b) => a - b);
}
