// Findings as a list: mark, sentence, and the ways out as buttons.

import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { bySeverity, type Finding, type FindingAction, type Severity } from '../../core/service/contract/index.ts';
import styles from './Findings.module.css';
import { Mark } from './Mark.tsx';

const words: Readonly<Record<Severity, string>> = { stop: 'stop', warn: 'warning', note: 'note', ok: 'passed' };

export function FindingMark({ severity, count }: { readonly severity: Severity; readonly count?: number }) {
  const word = words[severity];
  if (count === 0) return <span className="muted">0 {word}s</span>; // what is not there raises no alarm
  return <Mark name={severity} word={count === undefined ? word : `${count} ${word}${count === 1 || severity === 'ok' ? '' : 's'}`} short={count === undefined} shape={count !== undefined} />;
}

/** Names of files and streams stand between backticks. */
function withNames(text: string) {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>));
}

/** @param onPatch applies the session keys of an action; without it such actions are not offered */
export function Findings({ findings, onPatch }: { readonly findings: readonly Finding[]; readonly onPatch?: (action: FindingAction) => void }) {
  const [, go] = useLocation();
  return (
    <ul className={styles.list}>
      {bySeverity(findings).map((finding, index) => (
        <li key={`${finding.id}-${index}`} className={styles.finding} data-finding={finding.id}>
          <FindingMark severity={finding.severity} />
          <span className={styles.text}>{withNames(finding.text)}</span>
          {finding.next.filter((action) => action.route !== undefined || onPatch).map((action) => (
            <Button key={action.label} variant="default" onClick={() => (action.route !== undefined ? go(action.route.replace(/^#/, '')) : onPatch?.(action))}>{action.label}</Button>
          ))}
        </li>
      ))}
    </ul>
  );
}
