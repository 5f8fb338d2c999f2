// Requests as React hooks.

import { keepPreviousData, useMutation, useQuery, type UseQueryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, EventName, Events, Input, RequestError, RequestName } from '../../core/service/contract/index.ts';
import { call, onEvent } from './client.ts';

export interface AskOptions {
  /** false: not now. */
  readonly enabled?: boolean;
  /** Keep showing the last answer while a new one is asked for (isPlaceholderData tells). */
  readonly keep?: boolean;
  /** Ask again by itself, ms. */
  readonly every?: number;
  /** Answers that are not worth keeping in memory, such as samples. */
  readonly forget?: boolean;
}

/** A query: cached by name and input, aborted when nobody wants it any more, asked again when an event outdates it. */
export function useAsk<Name extends RequestName>(name: Name, input: Input<Name>, { enabled = true, keep = false, every, forget = false }: AskOptions = {}) {
  const options: UseQueryOptions<Answer<Name>, RequestError> = {
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, input, { signal }),
    enabled,
    refetchInterval: every ?? false,
  };
  if (keep) options.placeholderData = keepPreviousData as typeof options.placeholderData;
  if (forget) options.gcTime = 10_000;
  return useQuery<Answer<Name>, RequestError>(options);
}

/** A command: `const add = useCommand('roots.add'); add.mutate({path})`. */
export function useCommand<Name extends RequestName>(name: Name) {
  return useMutation<Answer<Name>, RequestError, Input<Name>>({ mutationFn: (input) => call(name, input) });
}

/** Called for every event of that name while mounted. */
export function useEvent<Name extends EventName>(name: Name, listener: (data: Events[Name]) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => onEvent(name, (data) => latest.current(data)), [name]);
}

/**
 * A value that the profile keeps over reloads and restarts, such as a filter or a column choice. Written 300 ms after the
 * last change.
 */
export function useKept<Value>(name: string, initial: Value): readonly [Value, (value: Value) => void] {
  const { data } = useAsk('profile.get', {});
  const client = useQueryClient();
  const [local, setLocal] = useState<{ readonly value: Value }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stored = data?.values[name] as Value | undefined;
  const keep = useCallback((value: Value) => {
    setLocal({ value });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void call('profile.set', { name, value }), 300);
    client.setQueryData<Answer<'profile.get'>>(['profile.get', {}], (old) => (old ? { values: { ...old.values, [name]: value } } : old));
  }, [client, name]);
  return [local ? local.value : (stored ?? initial), keep];
}
