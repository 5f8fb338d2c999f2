// Ctrl+V outside a field: text that looks like settings opens the dialog that takes them over.

import { useEffect, useRef } from 'react';
import { looksLikeSettings } from './pastedText.ts';
import { isTyping } from './useSessionKeys.ts';

export function usePastedNotation(open: (text: string) => void): void {
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || document.querySelector('[role=dialog]')) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!looksLikeSettings(text)) return;
      event.preventDefault();
      latest.current(text);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}
