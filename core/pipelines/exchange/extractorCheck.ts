// Whether a pasted extractor can work on the runs of a session.

import { extractorStream } from '../../engines/catgt/index.ts';
import { fitNotices, type LineColumns, readExtractorWord } from '../extractors/index.ts';
import type { NotUsed } from './reading.ts';

export interface RunFacts {
  readonly name: string;
  readonly gates: readonly number[];
  readonly probes: readonly number[];
  readonly obx: readonly number[];
  readonly streams: readonly LineColumns[];
}

/** undefined: nothing speaks against it. */
export function checkExtractor(text: string, runs: readonly RunFacts[]): NotUsed | undefined {
  const { extractor, notice } = readExtractorWord(text);
  if (notice) return { token: text, id: notice.id, reason: notice.text, suggestion: notice.instead };
  const known = runs.flatMap((run) => run.streams);
  const own = known.filter(({ stream }) => stream === extractorStream(extractor));
  if (known.length > 0 && own.length === 0) {
    const { js, ip } = extractor;
    const name = js === 0 ? 'NI' : js === 1 ? `OneBox ${ip}` : `Probe ${ip}`;
    return { token: text, id: 'stream-missing', reason: `${name} is not in ${runs.length === 1 ? `run ${runs[0].name}` : 'these runs'}.` };
  }
  const found = own.flatMap((file) => fitNotices(extractor, file)).find(({ severity }) => severity === 'stop');
  return found && { token: text, id: found.id, reason: found.text, suggestion: found.instead };
}
