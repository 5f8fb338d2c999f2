// The gfix scan of a gate: asked for when it is wanted, with progress, again when thresholds change; the last answer stays
// until the next one is there.

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { GfixScan, RequestError } from '../../../../../core/service/contract/index.ts';
import { call } from '../../../../api/index.ts';
import type { ScanState } from './TuneGfix.tsx';

/** Seconds looked at unless all is asked for. */
const SAMPLE_S = 60;

export function useScan(place: { readonly runId: string; readonly stream: string; readonly gate: number }, options: string, isWanted: boolean): ScanState {
  const [done_pct, setDone] = useState(0);
  const [isWhole, setWhole] = useState(false);
  const client = useQueryClient();
  const input = { runId: place.runId, stream: place.stream, gate: place.gate, options, seconds: isWhole ? null : SAMPLE_S };
  const queryKey = ['preprocess.gfixScan', input];
  const queryFn = ({ signal }: { readonly signal: AbortSignal }) => {
    setDone(0);
    return call('preprocess.gfixScan', input, { signal, onProgress: ({ done, total }) => setDone(Math.floor((100 * done) / total)) });
  };
  const { data, error, isFetching, refetch } = useQuery<GfixScan, RequestError>({ queryKey, queryFn, enabled: isWanted, placeholderData: keepPreviousData });
  return {
    scan: data,
    error,
    isBusy: isFetching,
    done_pct,
    isWhole,
    lookAtAll: () => (isWhole ? void refetch() : setWhole(true)),
    now: () => client.fetchQuery({ queryKey, queryFn }),
    cancel: () => void client.cancelQueries({ queryKey }),
  };
}
