// The service as the screens see it: typed requests, and the one place where events make cached answers out of date.

import { MutationCache, QueryClient } from '@tanstack/react-query';
import { type Answer, type EventName, type Events, type Input, outdates, RequestError, type RequestName, type ServiceEvent } from '../../core/service/contract/index.ts';
import type { Carrier } from './carrier.ts';
import { httpCarrier, takeToken } from './httpCarrier.ts';
import { ipcCarrier } from './ipcCarrier.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Events['progress']) => void;
}

type Listener<Name extends EventName> = (data: Events[Name]) => void;

const carrier: Carrier = window.aftergate ? ipcCarrier(window.aftergate) : httpCarrier(takeToken());
const listeners = new Map<EventName, Set<Listener<EventName>>>();
const progress = new Map<string, NonNullable<CallOptions['onProgress']>>();
const connection = new Set<(isLost: boolean) => void>();
let requests = 0;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: (count, error) => error instanceof RequestError && error.tag === 'offline' && count < 3, refetchOnWindowFocus: false },
  },
  mutationCache: new MutationCache(),
});

/** Throws RequestError, or the signal's reason. */
export async function call<Name extends RequestName>(name: Name, input: Input<Name>, { signal, onProgress }: CallOptions = {}): Promise<Answer<Name>> {
  const requestId = `r${++requests}-${Math.floor(performance.timeOrigin)}`;
  if (onProgress) progress.set(requestId, onProgress);
  try {
    return (await carrier.call(name, input, signal, requestId)) as Answer<Name>;
  } finally {
    progress.delete(requestId);
  }
}

/** The answer stops it. */
export function onEvent<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
  const known = listeners.get(name) ?? new Set();
  listeners.set(name, known.add(listener as Listener<EventName>));
  return () => void known.delete(listener as Listener<EventName>);
}

/** Told when the service cannot be reached, and when it can again. */
export function onConnection(listener: (isLost: boolean) => void): () => void {
  connection.add(listener);
  return () => void connection.delete(listener);
}

let last = 0;

function receive(event: ServiceEvent): void {
  if (event.name === 'progress') return progress.get(event.data.requestId)?.(event.data);
  if (last !== 0 && event.seq !== last + 1) void queryClient.invalidateQueries();
  last = event.seq;
  const names = outdates[event.name];
  if (names.length > 0) {
    void queryClient.invalidateQueries({ predicate: ({ queryKey: [query] }) => names.some((name) => query === name || (name.endsWith('.') && String(query).startsWith(name))) });
  }
  for (const listener of listeners.get(event.name) ?? []) listener(event.data);
}

let wasLost = false;

/** Called once, when the page starts. */
export function connect(): void {
  carrier.listen(receive, (isLost) => {
    if (wasLost && !isLost) {
      last = 0;
      void queryClient.invalidateQueries();
    }
    wasLost = isLost;
    for (const listener of connection) listener(isLost);
  });
}
