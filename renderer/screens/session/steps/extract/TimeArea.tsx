// The area all rows of one time axis lie in: wheel zooms, Shift+wheel and dragging pan, keys do the same and walk the
// pulses.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { timeAt, within, zoomed } from '../../../../components/canvas/index.ts';
import styles from './extract.module.css';
import { scaleOf } from './layout.ts';
import type { Window } from './model.ts';

interface TimeAreaProps {
  readonly window: Window;
  readonly length_s: number;
  readonly rate_Hz: number;
  readonly onWindow: (window: Window) => void;
  /** Next or previous pulse, of all or of the rejected. */
  readonly onPulse: (forward: boolean, onlyRejected: boolean) => void;
  readonly onInvert: () => void;
  readonly onRuler: () => void;
  /** Where the pointer is; null outside. */
  readonly onPointer: (time_s: number | null) => void;
  readonly children: ReactNode;
}

/** Share of the window that a pan key moves. */
const PAN = 0.2;
const ZOOM = 1.6;

export function TimeArea({ window: view, length_s, rate_Hz, onWindow, onPulse, onInvert, onRuler, onPointer, children }: TimeAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  const least_s = 20 / rate_Hz;
  const latest = useRef({ view, length_s, onWindow, least_s });
  useEffect(() => {
    latest.current = { view, length_s, onWindow, least_s };
  });

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      const { view: now, length_s: length, onWindow: tell, least_s: least } = latest.current;
      if ((event.target as HTMLElement).closest('[data-scrolls]') && !event.ctrlKey) return;
      event.preventDefault();
      const scale = scaleOf(now, element.clientWidth);
      const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const delta = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
      if (isPan) tell(moved(now, (Math.sign(delta) * PAN) / 2, length));
      else tell(zoomed(now, delta > 0 ? 1.25 : 0.8, timeAt(scale, event.clientX - element.getBoundingClientRect().left), length, least));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);

  const timeOf = (event: PointerEvent) => timeAt(scaleOf(view, area.current!.clientWidth), event.clientX - area.current!.getBoundingClientRect().left);
  const drag = useRef<{ readonly x: number; readonly window: Window } | undefined>(undefined);

  const down = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target as HTMLElement).tagName !== 'CANVAS' || (event.target as HTMLElement).closest('[data-clicks]')) return;
    drag.current = { x: event.clientX, window: view };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (drag.current) {
      const scale = scaleOf(drag.current.window, area.current!.clientWidth);
      const by = ((drag.current.x - event.clientX) / scale.width) * (view.to_s - view.from_s);
      onWindow(within({ from_s: drag.current.window.from_s + by, to_s: drag.current.window.to_s + by }, length_s));
    } else {
      const time = timeOf(event);
      onPointer(time >= view.from_s && time <= view.to_s ? time : null);
    }
  };

  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || (event.target as HTMLElement).closest('input, [role=slider], [role=grid], [role=tab], select, textarea')) return;
    const middle = (view.from_s + view.to_s) / 2;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => onWindow(moved(view, -PAN, length_s)),
      ArrowRight: () => onWindow(moved(view, PAN, length_s)),
      ArrowUp: () => onWindow(zoomed(view, 1 / ZOOM, middle, length_s, least_s)),
      ArrowDown: () => onWindow(zoomed(view, ZOOM, middle, length_s, least_s)),
      '+': () => onWindow(zoomed(view, 1 / ZOOM, middle, length_s, least_s)),
      '=': () => onWindow(zoomed(view, 1 / ZOOM, middle, length_s, least_s)),
      '-': () => onWindow(zoomed(view, ZOOM, middle, length_s, least_s)),
      f: () => onWindow({ from_s: 0, to_s: length_s }),
      n: () => onPulse(true, false),
      p: () => onPulse(false, false),
      N: () => onPulse(true, true),
      P: () => onPulse(false, true),
      i: onInvert,
      r: onRuler,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <div ref={area} className={styles.area} role="group" tabIndex={0} aria-label="Trace: Left and Right pan, plus and minus zoom, f fits, n and p walk the pulses, Shift+N and Shift+P the rejected ones, i inverts, r sets the ruler"
      onKeyDown={key} onPointerDown={down} onPointerMove={move} onPointerUp={() => { drag.current = undefined; }} onPointerLeave={() => onPointer(null)}>
      {children}
    </div>
  );
}

function moved({ from_s, to_s }: Window, share: number, length_s: number): Window {
  const by = share * (to_s - from_s);
  return within({ from_s: from_s + by, to_s: to_s + by }, length_s);
}
