// Extractors by the engine's own reader: text to numbers, and what they become in one stream.

import { type Extraction, type Extractor, planExtractions, readExtractor } from '../../engines/catgt/index.ts';
import { type Meta, type StreamFacts, readMetaSync, streamFacts } from '../../spikeglx/index.ts';
import { type LineSource, metaOf } from './source.ts';

/** Throws UsageError, which says what is wrong with it. */
export function parseExtractor(text: string, warn: (line: string) => void = () => undefined): Extractor {
  const [, kind, numbers] = /^-?(xa|xia|xd|xid|bf)=(.*)$/.exec(text.trim()) ?? [];
  return readExtractor(kind as Extractor['kind'], { argument: text.trim(), text: numbers ?? '' }, warn);
}

/** undefined when the extractor looks at another stream or at a word the file does not have. */
export function extractionIn(extractor: Extractor, meta: Meta, facts: StreamFacts, inARow: number): Extraction | undefined {
  return planExtractions({ extractors: [extractor], inARow, autoSync: false, numerics: 'native' }, meta, facts, 0).extractions[0];
}

/** In a worker: the meta of the source's first file decides. */
export function extractionOfSource(extractor: Extractor, source: LineSource, inARow: number): Extraction | undefined {
  const meta = readMetaSync(metaOf(source.files[0].bin));
  return extractionIn(extractor, meta, streamFacts(meta, source.stream), inARow);
}
