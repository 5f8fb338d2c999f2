// The dead, noisy and outside channels of a stream of a gate, found as CatGT's -bad_channels finds them.

import type { TaskPool } from '../../common/index.ts';
import { type BadChannels, findBadChannels } from '../../engines/catgt/index.ts';
import { openSource, type SourceRequest } from './source.ts';

export interface BadChannelContext {
  readonly pool: TaskPool;
  readonly signal?: AbortSignal;
  readonly onSnippet?: (done: number, total: number) => void;
}

/** @param seconds looked at, spread over the gate; undefined: as much as CatGT does. All channels are judged, whatever is left out. */
export function lookForBadChannels(request: Omit<SourceRequest, 'options'>, seconds: number | undefined, context: BadChannelContext): Promise<BadChannels> {
  const { input, sequence } = openSource({ ...request, options: '-no_tshift' });
  return findBadChannels({ input, sequence, excludedColumns: [] }, context, seconds);
}
