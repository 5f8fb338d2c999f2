// "Try it on a demo recording": makes one on this computer, with a count while it is made, and goes to its session.

import { Button, Progress } from '@mantine/core';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { type Events, RequestError } from '../../core/service/contract/index.ts';
import { call, useAsk } from '../api/index.ts';
import { FolderDialog } from './FolderDialog.tsx';
import { bytes } from './format.ts';
import { Problem } from './states.tsx';
import styles from './TryDemo.module.css';

export function TryDemo({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  const [, go] = useLocation();
  const { data: place } = useAsk('demo.place', {});
  const [progress, setProgress] = useState<Pick<Events['progress'], 'done' | 'total'> | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const [folder, setFolder] = useState<string>();
  const [isChoosing, setChoosing] = useState(false);
  const abort = useRef<AbortController>(undefined);
  if (!place) return null;
  const target = folder ?? place.path;
  const choose = (parent: string) => {
    const separator = parent.includes('\\') ? '\\' : '/';
    setFolder(`${parent.replace(/[\\/]+$/, '')}${separator}aftergate-demo`);
    setChoosing(false);
  };
  const make = async () => {
    abort.current = new AbortController();
    setError(null);
    setProgress({ done: 0, total: place.seconds });
    try {
      const { draftId } = await call('demo.create', { path: target }, { signal: abort.current.signal, onProgress: setProgress });
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
      {place.draftId ? <Button variant="default" autoFocus={autoFocus} onClick={() => go(`/session/${place.draftId}/review`)}>Open the demo session</Button> : <Button variant="default" autoFocus={autoFocus} onClick={() => void make()}>Try it on a demo recording</Button>}
      <span className="caption">{place.probes} probes, {place.seconds} s, made on this computer in <code>{target}</code>, {bytes(place.bytes_B)}</span>
      {!place.draftId && <Button variant="subtle" onClick={() => setChoosing(true)} aria-label="Choose where the demo is made">Where</Button>}
      <FolderDialog opened={isChoosing} title="Where to make the demo recording" action="Make it here" onChoose={choose} onClose={() => setChoosing(false)} />
      {error && <Problem error={error} onRetry={() => void make()} />}
    </div>
  );
}
