// The survey of sync edges with its progress; all edges when that is asked for.

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RequestError, SyncSurvey } from '../../../../../core/service/contract/index.ts';
import { call } from '../../../../api/index.ts';

export function useSurvey(runIds: readonly string[], reference: string | undefined) {
  const [done_pct, setDone] = useState(0);
  const [isFull, setFull] = useState(false);
  const client = useQueryClient();
  const input = { runIds: [...runIds], full: isFull, reference };
  const queryKey = ['sync.survey', input];
  const { data, error, isFetching, refetch } = useQuery<SyncSurvey, RequestError>({
    queryKey,
    queryFn: ({ signal }) => {
      setDone(0);
      return call('sync.survey', input, { signal, onProgress: ({ done }) => setDone(done) });
    },
    enabled: runIds.length > 0,
    placeholderData: keepPreviousData,
  });
  return {
    survey: data,
    error,
    isBusy: isFetching,
    done_pct,
    isFull,
    checkAll: () => setFull(true),
    again: () => void refetch(),
    cancel: () => {
      void client.cancelQueries({ queryKey });
      setFull(false);
    },
  };
}
