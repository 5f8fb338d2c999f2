// A file on the timeline: a bar that can be focused, greyed where the start or the length asked for leaves it out.

import type { TimelineFile } from '../../../core/service/contract/index.ts';
import { takenOf } from './describe.ts';
import styles from './Timeline.module.css';

export const rowHeight = 24;

interface BarProps {
  readonly file: TimelineFile;
  readonly rate_Hz: number;
  readonly name: string;
  readonly xOf: (at_s: number) => number;
  /** Where the axis begins, px. */
  readonly left: number;
  readonly isFocused: boolean;
  readonly isTabbed: boolean;
  /** Row and index, for the arrow keys. */
  readonly place: string;
  readonly onFocus: () => void;
  readonly onOpen?: () => void;
}

export function Bar({ file, rate_Hz, name, xOf, left, isFocused, isTabbed, place, onFocus, onOpen }: BarProps) {
  const text = `g${file.gate} t${file.trigger}${file.outcome === 'missing' ? ' missing' : ''}`;
  const x = xOf(file.start_s);
  const width = xOf(file.end_s) - x;
  const taken = takenOf(file, rate_Hz);
  const textAt = Math.max(x, left, taken?.isCut ? xOf(taken.from_s) : 0) + 5;
  return (
    <g className={styles.bar} data-outcome={file.outcome} data-focused={isFocused || undefined} data-file={place} data-trial={`${file.gate} ${file.trigger}`} role="button" aria-label={name} aria-pressed={isFocused} tabIndex={isTabbed ? 0 : -1} onFocus={onFocus} onClick={onFocus} onDoubleClick={onOpen}>
      <rect x={x} y={3} width={Math.max(2, width)} height={rowHeight - 6} rx={2} />
      {taken?.isCut && <LeftOut from={x} to={xOf(taken.from_s)} />}
      {taken?.isCut && <LeftOut from={xOf(taken.to_s)} to={x + width} />}
      {x + width - textAt > text.length * 7.5 - 5 && <text x={textAt} y={16}>{text}</text>}
      <title>{name}</title>
    </g>
  );
}

function LeftOut({ from, to }: { readonly from: number; readonly to: number }) {
  if (to - from < 0.5) return null;
  return <path className={styles.leftOut} d={`M${from} 4 H${to} V${rowHeight - 4} H${from} Z`} />;
}
