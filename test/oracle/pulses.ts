/** Edges and bit fields, sample by sample, the way the extractors of pass 1 define them. */
import type { Numerics } from './count.ts';

/** Values of one file column from output sample `start` on; fills lie between segments and are never looked at. */
export interface Segment {
  readonly start: number;
  readonly values: Int16Array;
}

export interface PulseRule {
  /** Analog: high at or above `threshold` counts. Digital: high when `bit` is set. */
  readonly level: { readonly threshold: number; readonly second?: number } | { readonly bit: number };
  /** xia, xid: high and low change places. */
  readonly inverted: boolean;
  /** Pulse width in ms; 0 = any. */
  readonly ms: number;
  /** Half-width of the accepted range in ms; 20 % of `ms` when absent. */
  readonly toleranceMs?: number;
  readonly inarow: number;
  readonly rate: number;
  readonly numerics: Numerics;
}

/** Output samples of the leading edges of accepted pulses. */
export function oraclePulses(segments: readonly Segment[], rule: PulseRule): number[] {
  const { ms, inarow, rate, inverted, level } = rule;
  const shortest = Math.trunc((rule.toleranceMs === undefined ? ms * 0.8 : ms - rule.toleranceMs) * 1e-3 * rate);
  const longest = Math.trunc((rule.toleranceMs === undefined ? ms * 1.2 : ms + rule.toleranceMs) * 1e-3 * rate);
  const isHigh = (value: number): boolean =>
    ('bit' in level ? ((value >> level.bit) & 1) === 1 : value >= level.threshold) !== inverted;
  const second = 'bit' in level ? undefined : activeSecond(level, inverted);
  // Native compares against 0 even if every value lies on its other side.
  const noExtreme = rule.numerics === 'native' ? 0 : inverted ? Infinity : -Infinity;
  const edges: number[] = [];
  let state: 'wait for low' | 'wait for leading edge' | 'wait for trailing edge' = 'wait for low';
  let run = 0;
  let edge = 0;
  let trailing = 0;
  let extreme = 0;

  const take = (value: number, index: number): void => {
    const high = isHigh(value);
    if (state === 'wait for low') {
      if (high) return;
      state = 'wait for leading edge';
      run = 0;
    } else if (state === 'wait for leading edge') {
      run = high ? run + 1 : 0;
      if (run === 1) edge = index;
      if (run < inarow) return;
      run = 0;
      extreme = noExtreme;
      state = 'wait for trailing edge';
      if (ms === 0 && second === undefined) {
        edges.push(edge);
        state = 'wait for low';
      }
    } else {
      extreme = inverted ? Math.min(extreme, value) : Math.max(extreme, value);
      run = high ? 0 : run + 1;
      if (run === 1) trailing = index;
      if (run < inarow) return;
      state = 'wait for low';
      const width = trailing - edge;
      const wide = ms === 0 || (width >= shortest && width <= longest);
      const deep = second === undefined || (inverted ? extreme <= second : extreme >= second);
      if (wide && deep) edges.push(edge);
    }
  };

  for (const { start, values } of segments) values.forEach((value, i) => take(value, start + i));
  return edges;
}

/** A second threshold counts only when it lies beyond the first. */
function activeSecond(level: { threshold: number; second?: number }, inverted: boolean): number | undefined {
  const { threshold, second } = level;
  if (second === undefined) return undefined;
  return (inverted ? second < threshold : second > threshold) ? second : undefined;
}

export interface BitFieldRule {
  readonly startBit: number;
  readonly bits: number;
  readonly inarow: number;
}

/** Every change of a bit field that lasts `inarow` samples, and the field's first value. */
export function oracleBitField(segments: readonly Segment[], rule: BitFieldRule): { index: number; value: number }[] {
  const changes: { index: number; value: number }[] = [];
  let candidate: number | undefined;
  let since = 0;
  let run = 0;
  for (const { start, values } of segments) {
    values.forEach((word, i) => {
      const value = (word >> rule.startBit) & (2 ** rule.bits - 1);
      if (value === changes.at(-1)?.value) {
        candidate = undefined;
        run = 0;
        return;
      }
      if (value !== candidate) {
        candidate = value;
        since = start + i;
        run = 0;
      }
      run++;
      if (run === rule.inarow) changes.push({ index: since, value });
    });
  }
  return changes;
}
