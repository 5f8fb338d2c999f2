// What was found, stops and warnings first; notes are folded. When it was looked at, and looking again.

import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { Finding, FindingAction } from '../../../../../core/service/contract/index.ts';
import { counted, FindingMark, Findings, when } from '../../../../components/index.ts';
import { placed } from './placed.ts';
import styles from './Review.module.css';

interface CheckListProps {
  readonly draftId: string;
  readonly findings: readonly Finding[];
  readonly checkedAt: string | null;
  readonly took_s: number | null;
  readonly busy: boolean;
  readonly onPatch: (action: FindingAction) => void;
  readonly onAgain: (depth: 'quick' | 'full') => void;
}

export function CheckList({ draftId, findings, checkedAt, took_s, busy, onPatch, onAgain }: CheckListProps) {
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity);
  const shown = (some: readonly Finding[]) => some.map((finding) => placed(finding, draftId));
  const notes = of('note');
  const serious = [...of('stop'), ...of('warn')];
  return (
    <section className={styles.checks} aria-labelledby="checks-title">
      <div className={styles.head}>
        <h2 id="checks-title">Preflight</h2>
        <span className={styles.counts} aria-live="polite"><FindingMark severity="stop" count={of('stop').length} /><FindingMark severity="warn" count={of('warn').length} /><FindingMark severity="note" count={notes.length} /></span>
        <span className={styles.grow} />
        {checkedAt && <span className="caption">checked {when(checkedAt).slice(11)}{took_s === null ? '' : ` in ${took_s.toFixed(1)} s`}</span>}
        <Button variant="default" disabled={busy} onClick={() => onAgain('full')}>Check the sync lines too</Button>
        <Button variant="default" loading={busy} leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => onAgain('quick')}>Check again</Button>
      </div>
      {serious.length === 0 && <p><FindingMark severity="ok" /> Nothing stands in the way.</p>}
      <div className={styles.findings}>
        <Findings findings={shown(serious)} onPatch={onPatch} />
        {notes.length > 0 && <details><summary>{counted(notes.length, 'note')}</summary><div className={styles.notes}><Findings findings={shown(notes)} onPatch={onPatch} /></div></details>}
      </div>
    </section>
  );
}
