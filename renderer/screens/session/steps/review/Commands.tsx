// What each step is at a terminal, argument by argument.

import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { SessionPlan } from '../../../../../core/service/contract/index.ts';
import { copyText } from '../../../../components/index.ts';
import styles from './Review.module.css';

/** Steps that are listed at once; all of them are copied. */
const most = 60;

export function Commands({ plan: { steps } }: { readonly plan: SessionPlan }) {
  const shown = steps.slice(0, most);
  return (
    <div className={styles.commands}>
      <div className={styles.head}>
        <p className="muted">The same steps one by one at a terminal. The JSON files are those of an exported folder, or of a run.</p>
        <span className={styles.grow} />
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copyText(`${steps.map(({ command }) => command).join('\n')}\n`)}>Copy all {steps.length}</Button>
      </div>
      <ol className={styles.list}>
        {shown.map(({ id, command, engineCommand }) => (
          <li key={id}>
            <div className={styles.head}><h3>{id}</h3><span className={styles.grow} /><Button variant="subtle" aria-label={`Copy the command of ${id}`} onClick={() => copyText(command)}>Copy</Button></div>
            <code className={styles.command}>{command}</code>
            {engineCommand && <details><summary>in the words of the engine</summary><code className={styles.command}>{engineCommand}</code><Button variant="subtle" onClick={() => copyText(engineCommand)}>Copy in the engine's words</Button></details>}
          </li>
        ))}
      </ol>
      {steps.length > most && <p className="muted">{steps.length - most} more are like these; they are copied with the rest.</p>}
    </div>
  );
}
