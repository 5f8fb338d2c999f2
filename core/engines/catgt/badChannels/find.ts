// Looks for the bad channels of one probe before its samples are processed: snippets through the pool, then a judgement.
// What is found does not depend on the number of workers.

import { inOrder, type EngineContext } from '../../../common/index.ts';
import { judgeChannels, type ChannelLabel, type ChannelVerdict, type SnippetFigures } from '../../../signal/index.ts';
import { geometry, microvoltsPerCount } from '../../../spikeglx/index.ts';
import type { StreamInput, StreamSequence } from '../joining/plan.ts';
import type { SnippetTask } from './measureTask.ts';
import { SNIPPET_S, SNIPPETS, snippetPlaces } from './snippets.ts';

export interface ChannelReport extends ChannelVerdict {
  /** File column and acquisition channel. */
  readonly column: number;
  readonly channel: number;
  readonly shank: number;
  readonly x_um: number;
  readonly y_um: number;
}

export interface BadChannels {
  /** Every neural column, in the order of the file. */
  readonly channels: readonly ChannelReport[];
  readonly snippets: number;
  /** Length of all snippets together. */
  readonly seconds: number;
}

export type BadLabel = Extract<ChannelLabel, 'dead' | 'noisy' | 'outside'>;

export interface SearchPlace {
  readonly input: StreamInput;
  readonly sequence: StreamSequence;
  /** Columns left out beforehand: they are neither judged nor compared with. */
  readonly excludedColumns: readonly number[];
}

type SearchContext = Pick<EngineContext, 'pool' | 'signal'> & { readonly onSnippet?: (done: number, total: number) => void };

/** @param seconds how much of the recording to look at, spread over all of it. Throws InputFileError: the meta has no map of sites. */
export async function findBadChannels({ input, sequence, excludedColumns }: SearchPlace, { pool, signal, onSnippet }: SearchContext, seconds = SNIPPETS * SNIPPET_S): Promise<BadChannels> {
  const { facts, meta, stream } = input;
  const { sites } = geometry(meta);
  const excluded = new Set(excludedColumns);
  const used = sites.map((site, column) => site.used && !excluded.has(column));
  const places = snippetPlaces(sequence.stretches, facts.rate, Math.max(1, Math.round(seconds / SNIPPET_S)));
  const shared = { columns: facts.columns, scale: microvoltsPerCount(meta, stream).slice(0, facts.neural), used, rate: facts.rate };
  const snippets: SnippetFigures[] = [];
  await inOrder(
    places.length,
    2 * pool.size,
    (index) => {
      signal?.throwIfAborted();
      return pool.run<SnippetFigures>('catgt.badSnippet', { ...places[index], ...shared } satisfies SnippetTask, { signal });
    },
    (figures) => {
      snippets.push(figures);
      onSnippet?.(snippets.length, places.length);
    },
  );
  const where = sites.map(({ shank, x, y }) => ({ shank, x_um: x, y_um: y }));
  const verdicts = judgeChannels({ snippets, places: where, used, band: stream.kind === 'lf' ? 'lf' : 'ap' });
  return {
    channels: verdicts.map((verdict, column) => ({ column, channel: facts.channels[column], ...where[column], ...verdict })),
    snippets: places.length,
    seconds: places.reduce((sum, { rows }) => sum + rows / facts.rate, 0),
  };
}

export function channelsWith({ channels }: BadChannels, label: BadLabel): number[] {
  return channels.filter((each) => each.label === label).map(({ channel }) => channel);
}
