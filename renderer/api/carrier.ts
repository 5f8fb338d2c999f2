// How requests reach the service: by IPC in the desktop application (window.aftergate, put there by the preload script),
// by HTTP and WebSocket in a browser. Both speak the same contract.

import type { Failure, ServiceEvent } from '../../core/service/contract/index.ts';

export interface Carrier {
  /** Throws RequestError, or the signal's reason. */
  call(name: string, input: unknown, signal: AbortSignal | undefined, requestId: string): Promise<unknown>;
  /** `lost(true)` when the connection went away, `lost(false)` when it is back and everything must be asked again. */
  listen(onEvent: (event: ServiceEvent) => void, lost: (isLost: boolean) => void): void;
}

/** What the preload script offers. */
export interface Bridge {
  call(name: string, input: unknown, requestId: string): Promise<{ readonly answer: unknown } | { readonly failure: Failure }>;
  cancel(requestId: string): void;
  listen(onEvent: (event: ServiceEvent) => void): void;
  /** Where a file lies that was dropped on the window; '' for one that lies nowhere. */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly aftergate?: Bridge;
  }
}
