// The samples a pane needs. One request at a time: while it is under way newer wishes replace each other, so that fast
// panning never queues up; one that nobody waits for any more is given up. What was read stays until its successor is
// there. A margin on both sides belongs to each request, and in quiet moments two windows each way are read ahead.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestError, TraceTargetId, TraceWindowInfo } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';
import { covers, isStale, nextAhead, type Read, type Wish, withMargin } from './readAhead.ts';

/** Windows that stay in memory: the shown one, two each way, and the last that were left. */
const mostKept = 8;
/** Asked again while an overview is being built, ms. */
const again_ms = 700;

/** @param wish null: not yet */
export function useTraceWindow(target: TraceTargetId, wish: Wish | null): { readonly read: Read | null; readonly reading: boolean; readonly error: RequestError | null } {
  const [read, setRead] = useState<Read | null>(null);
  const [reading, setReading] = useState(false);
  const [error, setError] = useState<RequestError | null>(null);
  const latest = useRef(wish);
  const direction = useRef<1 | -1>(1);
  const kept = useRef<readonly Read[]>([]);
  const under = useRef<{ readonly abort: AbortController; readonly view: Wish } | null>(null);

  const step = useCallback(() => {
    const wanted = latest.current;
    if (!wanted) return;
    const there = kept.current.find((each) => covers(each, wanted));
    if (there) setRead(there);
    if (under.current) {
      if (there || !isStale(under.current.view, wanted)) return;
      under.current.abort.abort();
    }
    const view = there ? nextAhead(there, kept.current, direction.current) : wanted;
    under.current = null;
    if (!view) return;
    const asked = withMargin(view);
    const abort = new AbortController();
    const own = { abort, view };
    under.current = own;
    setReading(!there);
    call('trace.window', { target, source: asked.source, from_s: asked.from_s, to_s: asked.to_s, width: asked.width, columns: [...asked.columns] }, { signal: abort.signal }).then((window) => {
      kept.current = [{ wish: asked, view, window }, ...kept.current].slice(0, mostKept);
      setError(null);
      return true;
    }, (problem: RequestError) => {
      // What fails ahead is asked for again, and told, when it is to be seen.
      if (abort.signal.aborted || there) return false;
      kept.current = [{ wish: asked, view, window: nothing }, ...kept.current].slice(0, mostKept);
      setError(problem);
      return true;
    }).then((goOn) => {
      if (under.current !== own) return;
      under.current = null;
      setReading(false);
      if (goOn) step();
    });
  }, [target]);

  useEffect(() => {
    const before = latest.current;
    if (before && wish && before.from_s !== wish.from_s) direction.current = wish.from_s > before.from_s ? 1 : -1;
    latest.current = wish;
    step();
  }, [wish, step]);

  const isBuilding = read?.window.mode === 'minmax' && read.window.text !== null;
  useEffect(() => {
    if (!isBuilding) return;
    const timer = setInterval(() => {
      kept.current = [];
      step();
    }, again_ms);
    return () => clearInterval(timer);
  }, [isBuilding, step]);

  useEffect(() => () => {
    under.current?.abort.abort();
    under.current = null;
  }, []);

  return { read: read?.wish.source === wish?.source ? read : null, reading, error };
}

const nothing: TraceWindowInfo = { mode: 'samples', from_s: 0, step_s: 1, first_smp: 0, per_smp: 1, count: 0, columns: new Int32Array(0), low: new Int16Array(0), high: new Int16Array(0), present: new Int32Array(0), text: null };
