// The same extractors over every chosen run and gate: counts, and what is odd about them.

import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Answer, RequestError } from '../../../../../core/service/contract/index.ts';
import { call } from '../../../../api/index.ts';
import { grouped, Mark, Problem, Waiting } from '../../../../components/index.ts';
import styles from './extract.module.css';
import { letterOf } from './model.ts';

interface RunCheckProps {
  readonly text: string;
  readonly runIds: readonly string[];
  readonly inARow: number;
  readonly onClose: () => void;
}

export function RunCheck({ text, runIds, inARow, onClose }: RunCheckProps) {
  const [answer, setAnswer] = useState<Answer<'extract.checkRuns'>>();
  const [error, setError] = useState<RequestError>();
  const [progress, setProgress] = useState({ done: 0, total: 0 });
  useEffect(() => {
    const stop = new AbortController();
    call('extract.checkRuns', { text, runIds: [...runIds], inARow }, { signal: stop.signal, onProgress: setProgress })
      .then(setAnswer, (failure: RequestError) => { if (!stop.signal.aborted) setError(failure); });
    return () => stop.abort();
  }, [text, runIds, inARow]);
  return (
    <Modal opened onClose={onClose} title="The same extractors in every chosen run" size="auto" closeButtonProps={{ 'aria-label': 'Close' }}>
      {error && <Problem error={error} />}
      {!error && !answer && <Waiting what="gates" {...progress} onCancel={onClose} />}
      {answer && (
        <div className={styles.numbers} tabIndex={0} role="region" aria-label="Counts">
          <table data-testid="run-counts">
            <thead><tr><th scope="col">Run</th><th scope="col">Gate</th>{answer.extractors.map((each, index) => <th key={each} scope="col"><b>{letterOf(index)}</b> <code>{each}</code></th>)}<th scope="col">Noticed</th></tr></thead>
            <tbody>
              {answer.rows.map((row) => (
                <tr key={`${row.runId}-${row.gate}`}>
                  <th scope="row">{row.run}</th>
                  <td>g{row.gate}</td>
                  {row.counts.map((count, index) => <td key={answer.extractors[index]} className={styles.count}>{count === null ? <span title="This stream or word is not in the run">·<span className="unseen">not in this run</span></span> : grouped(count)}</td>)}
                  <td>{row.findings.length === 0 ? <Mark name="ok" word="as the others" /> : row.findings.map((finding, index) => <p key={index}><Mark name={finding.severity} short /> {finding.text}</p>)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  );
}
