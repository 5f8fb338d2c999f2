// The carrier of the browser: the token comes once in the address (#token=...) and is kept for this address, so that
// reloads and second windows work.

import { decodeAnswer, type Failure, RequestError, type ServiceEvent } from '../../core/service/contract/index.ts';
import type { Carrier } from './carrier.ts';

const key = 'aftergate.token';

/** Takes the token out of the address bar; what follows `&route=` or nothing stays as the route. */
export function takeToken(): string {
  const match = /^#token=([^&]+)(?:&(.*))?$/.exec(location.hash);
  if (match) {
    localStorage.setItem(key, match[1]);
    history.replaceState(null, '', `${location.pathname}#${match[2] ?? '/runs'}`);
  }
  return localStorage.getItem(key) ?? '';
}

const offline: Failure = { tag: 'offline', text: 'Not connected to the Aftergate service.', next: 'Work that runs there goes on. This page tries again by itself.' };

export function httpCarrier(token: string): Carrier {
  return {
    async call(name, input, signal, requestId) {
      const response = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': requestId },
        body: JSON.stringify(input),
        signal,
      }).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw new RequestError({ ...offline, details: String(error) });
      });
      if (!response.ok) throw new RequestError((await response.json().catch(() => offline)) as Failure);
      const isBlock = response.headers.get('content-type') === 'application/octet-stream';
      return isBlock ? decodeAnswer(await response.arrayBuffer()) : response.json();
    },
    listen(onEvent, lost) {
      let wait = 500;
      const connect = () => {
        const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/events`, ['aftergate', `token.${token}`]);
        socket.onopen = () => {
          wait = 500;
          lost(false);
        };
        socket.onmessage = ({ data }) => onEvent(JSON.parse(data as string) as ServiceEvent);
        socket.onclose = () => {
          lost(true);
          setTimeout(connect, wait);
          wait = Math.min(wait * 2, 10_000);
        };
      };
      connect();
    },
  };
}
