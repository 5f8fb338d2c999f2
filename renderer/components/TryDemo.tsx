// "Try it on a demo recording": makes one on this computer, with a count while it is made, and goes to its session.

import { Button, Progress } from '@mantine/core';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { type Events, RequestError } from '../../core/service/contract/index.ts';
import { call, useAsk } from '../api/index.ts';
import { bytes } from './format.ts';
import { Problem } from './states.tsx';
import styles from './TryDemo.module.css';

export function TryDemo() {
  const [, go] = useLocation();
  const { data: place } = useAsk('demo.place', {});
  const [progress, setProgress] = useState<Pick<Events['progress'], 'done' | 'total'> | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const abort = useRef<AbortController>(undefined);
  if (!place) return null;
  const make = async () => {
    abort.current = new AbortController();
    setError(null);
    setProgress({ done: 0, total: place.seconds });
    try {
      const { draftId } = await call('demo.create', { path: place.path }, { signal: abort.current.signal, onProgress: setProgress });
      go(`/session/${draftId}/review`);
    } catch (failure) {
      if (failure instanceof RequestError) setError(failure);
    } finally {
      setProgress(null);
    }
  };
  if (progress) {
    return (
      <div className={styles.making} role="status">
        <span>Making {progress.done} of {progress.total} recorded seconds</span>
        <Progress className={styles.bar} value={(100 * progress.done) / progress.total} transitionDuration={200} aria-label="Demo recording" />
        <Button variant="default" onClick={() => abort.current?.abort()}>Cancel</Button>
      </div>
    );
  }
  return (
    <div className={styles.choice}>
      {place.draftId ? <Button variant="default" onClick={() => go(`/session/${place.draftId}/review`)}>Open the demo session</Button> : <Button variant="default" onClick={() => void make()}>Try it on a demo recording</Button>}
      <span className="caption">{place.probes} probes, {place.seconds} s, made on this computer in <code>{place.path}</code>, {bytes(place.bytes_B)}</span>
      {error && <Problem error={error} onRetry={() => void make()} />}
    </div>
  );
}
