// The search as a step of a stream: what it changes about the stream's processing, and what is written and told of it.

import type { EngineContext } from '../../../common/index.ts';
import type { CatGTOptions } from '../command/options.ts';
import { processingOf, type Processing } from '../samples/processing.ts';
import { channelsWith, findBadChannels, type SearchPlace } from './find.ts';
import { withheldBy } from './rebuild.ts';
import { badChannelsCsv, badChannelsLine } from './report.ts';

/** Acquisition channels by what they are, and the file that tells of all of them. */
export interface BadChannelsReport {
  readonly file: string;
  readonly dead: readonly number[];
  readonly noisy: readonly number[];
  readonly outside: readonly number[];
  /** Those that were replaced by their neighbours. */
  readonly interpolated: readonly number[];
}

export interface Search {
  readonly processing: Processing;
  readonly report: BadChannelsReport;
  /** Content of the file. */
  readonly csv: string;
  /** For the log. */
  readonly line: string;
}

interface Stream extends Omit<SearchPlace, 'excludedColumns'> {
  readonly label: string;
  readonly processing: Processing;
  /** Path of its outputs without extension. */
  readonly base: string;
}

/** Undefined where nothing is looked for: other streams than AP, and the extraction pass. */
export async function searchBadChannels({ label, input, sequence, processing, base }: Stream, options: CatGTOptions, { pool, signal }: EngineContext): Promise<Search | undefined> {
  if (!options.badChannels || input.stream.kind !== 'ap' || options.cat) return undefined;
  const bad = await findBadChannels({ input, sequence, excludedColumns: processing.excludedColumns }, { pool, signal });
  const withheld = withheldBy(bad, options.badChannels);
  return {
    processing: processingOf(input, options, withheld),
    report: {
      file: `${base}.bad_channels.csv`,
      dead: channelsWith(bad, 'dead'),
      noisy: channelsWith(bad, 'noisy'),
      outside: channelsWith(bad, 'outside'),
      interpolated: withheld.rebuilt.map(({ column }) => bad.channels[column].channel),
    },
    csv: badChannelsCsv(bad),
    line: badChannelsLine(label, bad, withheld),
  };
}
