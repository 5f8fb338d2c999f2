// For screen readers: progress once a minute, failures at once.

import { useEffect, useRef, useState } from 'react';
import type { QueueState } from '../../../core/service/contract/index.ts';
import { spokenProgress } from './words.ts';

export function Announcer({ state }: { readonly state: QueueState }) {
  const [text, setText] = useState('');
  const latest = useRef(state);
  const failed = state.jobs.reduce((sum, job) => sum + job.counts.failed, 0);
  const before = useRef(failed);
  useEffect(() => {
    latest.current = state;
    if (failed > before.current) setText(`${failed - before.current === 1 ? 'A step has' : `${failed - before.current} steps have`} failed.`);
    before.current = failed;
  }, [state, failed]);
  useEffect(() => {
    const timer = setInterval(() => setText(spokenProgress(latest.current)), 60_000);
    return () => clearInterval(timer);
  }, []);
  return <div className="unseen" aria-live="polite" role="status">{text}</div>;
}
