// A look into the recording that is begun by a click, tells how far it is and can be stopped; its answer stays while the
// window is open.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer, Input, RequestError } from '../../../../../core/service/contract/index.ts';
import { call } from '../../../../api/index.ts';

export interface Look<Found> {
  readonly found: Found | undefined;
  readonly error: RequestError | null;
  readonly isBusy: boolean;
  readonly done_pct: number;
  readonly start: () => void;
  readonly stop: () => void;
}

export function useLook<Name extends 'probe.badChannels' | 'probe.surface'>(name: Name, input: Input<Name>): Look<Answer<Name>> {
  const [done_pct, setDone] = useState(0);
  const client = useQueryClient();
  const queryKey = [name, input];
  const { data, error, isFetching, refetch } = useQuery<Answer<Name>, RequestError>({
    queryKey,
    queryFn: ({ signal }) => {
      setDone(0);
      return call(name, input, { signal, onProgress: ({ done, total }) => setDone(Math.floor((100 * done) / total)) });
    },
    enabled: false,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { found: data, error, isBusy: isFetching, done_pct, start: () => void refetch(), stop: () => void client.cancelQueries({ queryKey }) };
}
