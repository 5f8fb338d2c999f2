// Where an output begins and ends, as two handles on its lane: dragged, or moved with the arrow keys (0.1 s, with Shift 1 s;
// Home and End take all there is).

import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type JoinedOutput, lengthFor, startFor } from './joined.ts';
import styles from './Timeline.module.css';

export interface Cut {
  /** Skipped at the beginning, s; null: nothing. */
  readonly onStart: (seconds: number | null) => void;
  /** Longest output, s; null: all there is. */
  readonly onLength: (seconds: number | null) => void;
}

interface CutHandlesProps extends Cut {
  readonly joined: JoinedOutput;
  readonly xAt: (place_s: number) => number;
  /** The place on the axis at px of the picture, and what a pixel is there. */
  readonly placeAt: (clientX: number) => number;
  readonly pixel_s: number;
  readonly height: number;
}

export function CutHandles({ joined, xAt, placeAt, pixel_s, height, onStart, onLength }: CutHandlesProps) {
  const { start_s, length_s, whole_s, fileLength_s, of, at } = joined;
  const toStart = (seconds: number) => startFor(seconds, joined, pixel_s);
  const toLength = (seconds: number) => lengthFor(seconds, joined, pixel_s);
  return (
    <>
      <Edge label="Start at" value={start_s} max={fileLength_s} x={xAt(of(0))} height={height} read={(clientX) => toStart(start_s + at(placeAt(clientX)))} xOf={(start) => xAt(of((start ?? 0) - start_s))}
        stepped={(by) => startFor(start_s + by, joined, 0.001)} onChange={onStart} side={1} />
      <Edge label="At most" value={length_s} max={Math.max(whole_s, length_s)} x={xAt(of(length_s))} height={height} read={(clientX) => toLength(at(placeAt(clientX)))} xOf={(length) => xAt(of(length ?? whole_s))}
        stepped={(by) => lengthFor(length_s + by, joined, 0.001)} onChange={onLength} side={-1} />
    </>
  );
}

interface EdgeProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly x: number;
  readonly height: number;
  readonly read: (clientX: number) => number | null;
  readonly xOf: (value: number | null) => number;
  readonly stepped: (by: number) => number | null;
  readonly onChange: (value: number | null) => void;
  /** Which way the output lies. */
  readonly side: 1 | -1;
}

function Edge({ label, value, max, x, height, read, xOf, stepped, onChange, side }: EdgeProps) {
  const [held, setHeld] = useState<{ readonly value: number | null; readonly hasMoved: boolean }>();
  const place = held?.hasMoved ? xOf(held.value) : x;
  const shown = held?.hasMoved ? (held.value ?? (side > 0 ? 0 : max)) : value;
  const key = (event: KeyboardEvent) => {
    const by = { ArrowRight: 0.1, ArrowUp: 0.1, ArrowLeft: -0.1, ArrowDown: -0.1 }[event.key];
    const isAll = event.key === (side > 0 ? 'Home' : 'End');
    if ((by === undefined && !isAll) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(by === undefined ? null : stepped(event.shiftKey ? 10 * by : by));
  };
  const move = (event: PointerEvent) => {
    if (held) setHeld({ value: read(event.clientX), hasMoved: true });
  };
  const drop = () => {
    if (held?.hasMoved) onChange(held.value);
    setHeld(undefined);
  };
  return (
    <g className={styles.edge} role="slider" tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={max} aria-valuenow={shown} aria-valuetext={`${shown.toFixed(3)} s`} onKeyDown={key}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld({ value: null, hasMoved: false });
      }}
      onPointerMove={move} onPointerUp={drop} onPointerCancel={() => setHeld(undefined)}>
      <rect className={styles.reach} x={place - 10} y={-4} width={20} height={height + 8} />
      <path d={`M${place + 6 * side} 1 H${place} V${height - 1} H${place + 6 * side}`} />
      {held?.hasMoved && <text x={place + 12 * side} y={16} textAnchor={side > 0 ? 'start' : 'end'}>{`${label} ${shown.toFixed(3)} s`}</text>}
      <title>{`${label} ${shown.toFixed(3)} s: drag, or arrow keys`}</title>
    </g>
  );
}
