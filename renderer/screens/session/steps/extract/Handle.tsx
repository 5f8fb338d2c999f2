// A handle that is dragged along one axis or moved with the arrow keys: thresholds and the edges of the width window.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './extract.module.css';

interface HandleProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Spoken: "3.00 V". */
  readonly text: string;
  readonly axis: 'x' | 'y';
  /** CSS pixels within the parent. */
  readonly place: number;
  readonly tone: 'warn' | 'second' | 'plain';
  /** The value at a place of the parent. */
  readonly valueAt: (place: number) => number;
  /** The value after a key, from the one before: `step` is +1 or -1. */
  readonly stepped: (from: number, step: number, keys: { readonly shift: boolean; readonly alt: boolean }) => number;
  /** `done` false while dragging. */
  readonly onChange: (value: number, done: boolean) => void;
  readonly children: ReactNode;
}

export function Handle({ label, value, min, max, text, axis, place, tone, valueAt, stepped, onChange, children }: HandleProps) {
  /** Held without having moved yet: letting go then changes nothing. */
  const held = useRef<'no' | 'still' | 'moved'>('no');
  /** Keys come faster than what they change is drawn: the next one goes on from here. */
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const clamp = (next: number) => Math.max(min, Math.min(max, next));
  const at = (event: PointerEvent) => {
    const box = event.currentTarget.parentElement!.getBoundingClientRect();
    return clamp(valueAt(axis === 'y' ? event.clientY - box.top : event.clientX - box.left));
  };
  const key = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    latest.current = clamp(stepped(latest.current, step, { shift: event.shiftKey, alt: event.altKey }));
    onChange(latest.current, true);
  };
  return (
    <div className={styles.handle} data-axis={axis} data-tone={tone} style={axis === 'y' ? { top: place } : { left: place }}
      role="slider" tabIndex={0} aria-label={label} aria-orientation={axis === 'y' ? 'vertical' : 'horizontal'} aria-valuemin={min} aria-valuemax={max} aria-valuenow={value} aria-valuetext={text}
      onKeyDown={key}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        held.current = 'still';
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (held.current === 'no') return;
        held.current = 'moved';
        onChange(at(event), false);
      }}
      onPointerUp={(event) => {
        if (held.current === 'moved') onChange(at(event), true);
        held.current = 'no';
      }}>
      {children}
    </div>
  );
}
