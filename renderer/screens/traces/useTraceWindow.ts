// The samples a pane needs. One request at a time: while it is under way newer wishes replace each other, so that fast
// panning never queues up. What was read stays until its successor is there. A margin on both sides is read ahead.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestError, TraceTargetId, TraceWindowInfo } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';

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
  readonly wish: Wish;
  readonly window: TraceWindowInfo;
}

/** Read beyond either edge, in parts of the span. */
const margin = 0.3;
/** Asked again while an overview is being built, ms. */
const again_ms = 700;

/** @param wish null: not yet */
export function useTraceWindow(target: TraceTargetId, wish: Wish | null): { readonly read: Read | null; readonly reading: boolean; readonly error: RequestError | null } {
  const [read, setRead] = useState<Read | null>(null);
  const [reading, setReading] = useState(false);
  const [error, setError] = useState<RequestError | null>(null);
  const latest = useRef(wish);
  const have = useRef<Read | null>(null);
  const under = useRef<AbortController | null>(null);

  const step = useCallback(() => {
    const wanted = latest.current;
    if (!wanted || under.current || (have.current && covers(have.current, wanted))) return;
    const asked = withMargin(wanted);
    const abort = new AbortController();
    under.current = abort;
    setReading(true);
    call('trace.window', { target, source: asked.source, from_s: asked.from_s, to_s: asked.to_s, width: asked.width, columns: [...asked.columns] }, { signal: abort.signal }).then((window) => {
      have.current = { wish: asked, window };
      setRead(have.current);
      setError(null);
    }, (problem: RequestError) => {
      if (abort.signal.aborted) return;
      have.current = { wish: asked, window: nothing };
      setError(problem);
    }).finally(() => {
      if (under.current !== abort) return;
      under.current = null;
      setReading(false);
      step();
    });
  }, [target]);

  useEffect(() => {
    const isElsewhere = under.current !== null && latest.current?.source !== wish?.source;
    latest.current = wish;
    if (isElsewhere) {
      under.current?.abort();
      under.current = null;
    }
    step();
  }, [wish, step]);

  const isBuilding = read?.window.mode === 'minmax' && read.window.text !== null;
  useEffect(() => {
    if (!isBuilding) return;
    const timer = setInterval(() => {
      have.current = null;
      step();
    }, again_ms);
    return () => clearInterval(timer);
  }, [isBuilding, step]);

  useEffect(() => () => {
    under.current?.abort();
    under.current = null;
  }, []);

  return { read: read?.wish.source === wish?.source ? read : null, reading, error };
}

/** Off states keep nothing in reserve: the span decides about them. */
function withMargin(wish: Wish): Wish {
  const span = wish.to_s - wish.from_s;
  const extra = span > 7 && span <= 10 ? 0 : margin * span;
  return { ...wish, from_s: wish.from_s - extra, to_s: wish.to_s + extra, width: Math.min(8192, Math.ceil((wish.width * (span + 2 * extra)) / span)) };
}

function covers({ wish, window }: Read, wanted: Wish): boolean {
  const finer = (wish.width / (wish.to_s - wish.from_s)) / (wanted.width / (wanted.to_s - wanted.from_s));
  const isFine = window.mode === 'off' ? Math.abs(finer - 1) < 0.01 : finer > 0.7 && (finer < 1.6 || window.mode === 'samples');
  const isInside = wanted.from_s >= wish.from_s - 1e-9 && wanted.to_s <= wish.to_s + 1e-9;
  return wish.source === wanted.source && isFine && isInside && wanted.columns.every((column) => wish.columns.includes(column));
}

const nothing: TraceWindowInfo = { mode: 'samples', from_s: 0, step_s: 1, first_smp: 0, per_smp: 1, count: 0, columns: new Int32Array(0), low: new Int16Array(0), high: new Int16Array(0), present: new Int32Array(0), text: null };
