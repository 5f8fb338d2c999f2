// What the pictures of a stream are drawn from: words, survey, window, whole gate, the pulses of the chosen extractor.

import { useEffect, useState } from 'react';
import { type Answer, type ExtractorFields, type Input, type LineSurvey, type RequestError, writeExtractor } from '../../../../../core/service/contract/index.ts';
import { call, queryClient, useAsk } from '../../../../api/index.ts';
import type { Window } from './model.ts';
import { useSettled } from '../../useSettled.ts';

export type SourceInput = Pick<Input<'lines.list'>, 'runId' | 'gate' | 'stream' | 'trigger' | 'whole'>;

interface Surveyed {
  readonly survey: LineSurvey | undefined;
  readonly error: RequestError | undefined;
  /** "Reading 40 of 100 % of nidq". */
  readonly progress: string;
}

/** Asked for once; the answer is kept for coming back, progress is told while it is made. */
export function useSurvey(source: SourceInput): Surveyed {
  const key = JSON.stringify(source);
  const [state, setState] = useState<Surveyed & { readonly key: string }>({ key: '', survey: undefined, error: undefined, progress: '' });
  useEffect(() => {
    const stop = new AbortController();
    const input = JSON.parse(key) as SourceInput;
    const queryKey = ['lines.survey', input];
    const known = queryClient.getQueryData<Answer<'lines.survey'>>(queryKey);
    const tell = (part: Partial<Surveyed>) => setState({ key, survey: undefined, error: undefined, progress: 'Looking at all lines', ...part });
    if (known) tell({ survey: known });
    else {
      tell({});
      call('lines.survey', input, { signal: stop.signal, onProgress: ({ done, total, noun }) => tell({ progress: `Looking at all lines: ${done} of ${total} ${noun}` }) }).then((survey) => {
        queryClient.setQueryData(queryKey, survey);
        tell({ survey });
      }, (error: RequestError) => { if (!stop.signal.aborted) tell({ error }); });
    }
    return () => stop.abort();
  }, [key]);
  return state.key === key ? state : { survey: undefined, error: undefined, progress: 'Looking at all lines' };
}

/** The window with some room on both sides, so that panning finds samples there. */
export function useWindowData(source: SourceInput, words: readonly number[], view: Window, columns: number) {
  const rested = useSettled(view, 60);
  const span = rested.to_s - rested.from_s;
  const [from_s, to_s] = [Math.max(0, rested.from_s - 0.25 * span), rested.to_s + 0.25 * span];
  return useAsk('lines.window', { ...source, words: [...words], from_s, to_s, columns: Math.round(columns * 1.5) }, { keep: true, forget: true, enabled: words.length > 0 && columns > 0 });
}

/** Follows dragging: the last settled text is asked for, what was found before stays until then. */
export function usePreview(source: SourceInput, fields: ExtractorFields | null, inARow: number, view: Window) {
  const text = useSettled(fields ? writeExtractor(fields) : '', 30);
  const whole = useAsk('extract.preview', { ...source, extractor: text, inARow }, { keep: true, forget: true, enabled: text !== '' && fields !== null });
  const isPartial = whole.data?.pulses.partial === true;
  const rested = useSettled(view, 150);
  const part = useAsk('extract.preview', { ...source, extractor: text, inARow, ...rested }, { keep: true, forget: true, enabled: isPartial && text !== '' });
  const answer = fields === null ? undefined : isPartial ? (part.data ?? whole.data) : whole.data;
  // Of another line's extractor nothing is shown while the new one is counted.
  const isOther = answer !== undefined && fields !== null && !sameLine(answer.extractor, writeExtractor(fields));
  return { preview: isOther ? undefined : answer, isCounting: whole.isFetching || (answer !== undefined && fields !== null && answer.extractor !== writeExtractor(fields)), error: whole.error };
}

/** Kind aside, the first three numbers say which word; digital ones have their bit next. */
function sameLine(a: string, b: string): boolean {
  const parts = (text: string) => {
    const [kind, numbers] = text.split('=');
    return `${kind.includes('xa') || kind.includes('xia') ? 'analog' : kind} ${numbers.split(',').slice(0, kind.includes('xa') || kind.includes('xia') ? 3 : 5 - (kind === '-bf' ? 0 : 1)).join(',')}`;
  };
  return parts(a).replace('xid', 'xd') === parts(b).replace('xid', 'xd');
}
