// How many pixel columns there are between the gutters of an element.

import { useCallback, useRef, useState } from 'react';
import { LEFT, RIGHT } from './layout.ts';

export function useColumns(): readonly [number, (element: HTMLElement | null) => void] {
  const [columns, setColumns] = useState(0);
  const observer = useRef<ResizeObserver>(undefined);
  const measure = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!element) return;
    observer.current = new ResizeObserver(() => setColumns(Math.max(100, Math.round((element.clientWidth - LEFT - RIGHT) / 16) * 16)));
    observer.current.observe(element);
  }, []);
  return [columns, measure];
}
