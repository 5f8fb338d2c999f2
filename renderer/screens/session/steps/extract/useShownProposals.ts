// Proposals that are neither taken nor dismissed, and how many lines each extractor of the stream writes, as far as known.

import { useQueries } from '@tanstack/react-query';
import { type ExtractorFields, type ExtractorProposal, type LineSurvey, readExtractString, streamOfExtractor } from '../../../../../core/service/contract/index.ts';
import { call } from '../../../../api/index.ts';
import { isOn, lineOf } from './model.ts';
import type { Extractors } from './useExtractors.ts';
import type { SourceInput } from './useLineData.ts';

export function fieldsOf(texts: readonly string[]): ExtractorFields[] {
  return texts.flatMap((text) => readExtractString(text).extractors.flatMap(({ fields }) => (fields ? [fields] : [])));
}

/** A line that has an extractor needs no proposal. */
export function useShownProposals(extractors: Extractors, survey: LineSurvey | undefined, source: SourceInput): readonly ExtractorProposal[] {
  const last = survey?.words.at(-1)?.word ?? 0;
  return (survey?.proposals ?? []).filter((proposal) => {
    const [fields] = fieldsOf([proposal.extractor]);
    if (!fields || extractors.dismissed.includes(proposal.extractor)) return false;
    const line = lineOf(fields, last);
    return !extractors.string.extractors.some((word) => word.fields && isOn(word.fields, source.stream, line, last));
  });
}

/** By extractor; undefined while counting and for other streams. Counted once the lines are surveyed. */
export function useCounts(extractors: Extractors, source: SourceInput, isReady: boolean): readonly (number | undefined)[] {
  return useQueries({
    queries: extractors.string.extractors.map(({ text, fields }) => ({
      queryKey: ['extract.preview', { ...source, extractor: text, inARow: extractors.inARow }],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => call('extract.preview', { ...source, extractor: text, inARow: extractors.inARow }, { signal }),
      enabled: isReady && fields !== null && streamOfExtractor(fields) === source.stream,
      retry: false,
    })),
    combine: (results) => results.map(({ data }) => data?.counts.accepted),
  });
}
