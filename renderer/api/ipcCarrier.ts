// The carrier of the desktop application.

import { RequestError } from '../../core/service/contract/index.ts';
import type { Bridge, Carrier } from './carrier.ts';

export function ipcCarrier(bridge: Bridge): Carrier {
  return {
    async call(name, input, signal, requestId) {
      signal?.throwIfAborted();
      const cancel = () => bridge.cancel(requestId);
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const reply = await bridge.call(name, input, requestId);
        signal?.throwIfAborted();
        if ('failure' in reply) throw new RequestError(reply.failure);
        return reply.answer;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    listen: (onEvent) => bridge.listen(onEvent),
  };
}
