// Which samples a pane asks for: what it shows with a margin, and in quiet moments the windows beside it.

import type { TraceWindowInfo } from '../../../core/service/contract/index.ts';

export interface Wish {
  readonly source: string;
  readonly from_s: number;
  readonly to_s: number;
  /** Columns of the picture, device pixels. */
  readonly width: number;
  /** File columns. */
  readonly columns: readonly number[];
}

export interface Read {
  /** With the margins. */
  readonly wish: Wish;
  /** Without. */
  readonly view: Wish;
  readonly window: TraceWindowInfo;
}

/** Read beyond either edge, in parts of the span. */
const margin = 0.3;
/** Longer spans are not filtered while looking, s. */
const liveLimit_s = 10;

/** Off states keep nothing in reserve: the span decides about them. */
const extraOf = (span: number) => (span <= liveLimit_s && span * (1 + 2 * margin) > liveLimit_s ? 0 : margin * span);

export function withMargin(wish: Wish): Wish {
  const span = wish.to_s - wish.from_s;
  const extra = extraOf(span);
  return { ...wish, from_s: wish.from_s - extra, to_s: wish.to_s + extra, width: Math.min(8192, Math.ceil((wish.width * (span + 2 * extra)) / span)) };
}

/** A view beside the one that is there whose samples are not: first in the direction of the last move, then behind, two each way. */
export function nextAhead({ view, window }: Read, kept: readonly Read[], direction: 1 | -1): Wish | undefined {
  const reach = 2 * extraOf(view.to_s - view.from_s);
  // What is off, or still being built, is not worth more reading.
  if (reach === 0 || window.text !== null || window.count === 0) return undefined;
  const views = [1, 2, -1, -2].map((place) => ({ ...view, from_s: view.from_s + place * direction * reach, to_s: view.to_s + place * direction * reach }));
  return views.find((each) => !kept.some((read) => covers(read, each)));
}

/** A request for something else than what is wished now: read ahead, of another stream, or gone by. */
export function isStale(asked: Wish, wanted: Wish): boolean {
  return asked.source !== wanted.source || asked.to_s <= wanted.from_s || asked.from_s >= wanted.to_s;
}

export function covers({ wish, window }: Pick<Read, 'wish' | 'window'>, wanted: Wish): boolean {
  const finer = (wish.width / (wish.to_s - wish.from_s)) / (wanted.width / (wanted.to_s - wanted.from_s));
  const isFine = window.mode === 'off' ? Math.abs(finer - 1) < 0.01 : finer > 0.7 && (finer < 1.6 || window.mode === 'samples');
  const isInside = wanted.from_s >= wish.from_s - 1e-9 && wanted.to_s <= wish.to_s + 1e-9;
  return wish.source === wanted.source && isFine && isInside && wanted.columns.every((column) => wish.columns.includes(column));
}
