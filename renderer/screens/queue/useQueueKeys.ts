// The keys of the queue: Space pause or resume, r retry, Del cancel, l log, x failed first, Alt+Up and
// Alt+Down move. They rest in fields, on buttons and while a dialog is open.

import { useEffect, useRef } from 'react';

export interface QueueKeys {
  readonly pause: () => void;
  readonly retry: () => void;
  readonly cancel: () => void;
  readonly log: () => void;
  readonly failedFirst: () => void;
  readonly move: (by: -1 | 1) => void;
}

export function useQueueKeys(keys: QueueKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = actionOf(event, latest.current);
      if (!act || document.querySelector('[role=dialog]') || (event.target as HTMLElement).closest('input, textarea, select, button, a, summary, [contenteditable]')) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function actionOf({ code, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent, keys: QueueKeys): (() => void) | undefined {
  if (ctrlKey || metaKey || shiftKey) return undefined;
  if (altKey) return code === 'ArrowUp' ? () => keys.move(-1) : code === 'ArrowDown' ? () => keys.move(1) : undefined;
  return { Space: keys.pause, KeyR: keys.retry, Delete: keys.cancel, KeyL: keys.log, KeyX: keys.failedFirst }[code];
}
