// What stands where content will be, or should be (UI guide, 1.6): waiting, empty, failed, out of date.

import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import styles from './states.module.css';

/** Nothing for 150 ms, then a noun; with the count once it is known. */
export function Waiting({ what, done, total, onCancel }: { readonly what: string; readonly done?: number; readonly total?: number; readonly onCancel?: () => void }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return <div className={styles.waiting} aria-busy="true" />;
  return (
    <div className={styles.waiting} aria-busy="true" role="status">
      <span>Reading {total ? `${done ?? 0} of ${total} ${what}` : what}</span>
      {onCancel && <Button variant="default" onClick={onCancel}>Cancel</Button>}
    </div>
  );
}

/** One sentence why, and what to do. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return <div className={styles.empty}><p>{children}</p>{action}</div>;
}

interface ProblemError {
  readonly text?: string;
  readonly message?: string;
  readonly next?: string;
  readonly details?: string;
}

/** An error in the place of the content: what happened, what to do, details. */
export function Problem({ error, onRetry, actions }: { readonly error: ProblemError; readonly onRetry?: () => void; readonly actions?: ReactNode }) {
  return (
    <div className={styles.problem} role="alert">
      <p><span aria-hidden>⬣ </span>{error.text ?? error.message}</p>
      {error.next && <p className="muted">{error.next}</p>}
      <div className={styles.row}>
        {onRetry && <Button variant="default" onClick={onRetry}>Try again</Button>}
        {actions}
        {error.details && <Button variant="subtle" onClick={() => void navigator.clipboard.writeText(`${error.text ?? error.message}\n${error.details}`)}>Copy report</Button>}
      </div>
      {error.details && <details><summary>Details</summary><pre className={styles.details}>{error.details}</pre></details>}
    </div>
  );
}

/** Content that was made from what is no longer so: kept, with a way to make it anew. */
export function Stale({ children, onUpdate }: { readonly children: ReactNode; readonly onUpdate: () => void }) {
  return <div className={styles.stale} role="status"><span>↻ {children}</span><Button variant="default" onClick={onUpdate}>Update</Button></div>;
}
