// The log of a step: read on while the step works, searched, copied.

import { Button, Checkbox, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import type { StepState } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';
import { counted } from '../../components/index.ts';
import styles from './StepPanel.module.css';
import { logLine } from './words.ts';

/** Shown at most; the file holds all. */
const most = 5000;

export function StepLog({ jobId, stepId, state }: { readonly jobId: string; readonly stepId: string; readonly state: StepState }) {
  const lines = useLog(jobId, stepId, state);
  const [follow, setFollow] = useState(true);
  const [search, setSearch] = useState('');
  const box = useRef<HTMLPreElement>(null);
  const shown = search === '' ? lines : lines.filter((line) => line.toLowerCase().includes(search.toLowerCase()));
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, shown.length]);
  const copy = async () => {
    await navigator.clipboard.writeText(shown.join('\n'));
    notifications.show({ message: `Copied ${counted(shown.length, 'line')}.` });
  };
  return (
    <div className={styles.part}>
      <div className={styles.tools}>
        <TextInput aria-label="Search the log" placeholder="Search the log" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <span className="caption">{search === '' ? counted(lines.length, 'line') : `${shown.length} of ${counted(lines.length, 'line')}`}</span>
        <Checkbox label="Follow" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
        <Button variant="default" onClick={() => void copy()}>Copy</Button>
      </div>
      <pre ref={box} className={styles.text} tabIndex={0} aria-label="Log">{shown.length > 0 ? shown.map(logLine).join('\n') : search === '' ? 'Nothing has been logged yet.' : 'No line holds these words.'}</pre>
    </div>
  );
}

/** What is there, then what is added: every second while the step works, and once when its state changes. */
function useLog(jobId: string, stepId: string, state: StepState): readonly string[] {
  const [lines, setLines] = useState<readonly string[]>([]);
  const next = useRef<{ readonly of: string; readonly at: number }>(undefined);
  useEffect(() => {
    const of = `${jobId} ${stepId}`;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (next.current?.of !== of) {
      next.current = undefined;
      setLines([]);
    }
    const read = async () => {
      try {
        const from = next.current?.at;
        const log = await call('step.log', { jobId, stepId, from_B: from }, { signal: abort.signal });
        if (abort.signal.aborted) return;
        next.current = { of, at: log.next_B };
        if (log.lines.length > 0) setLines((old) => [...(from === undefined ? [] : old), ...log.lines].slice(-most));
      } catch {
        // asked again below; the panel itself says when the service is away
      }
      if (state === 'running' && !abort.signal.aborted) timer = setTimeout(() => void read(), 1000);
    };
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [jobId, stepId, state]);
  return lines;
}
