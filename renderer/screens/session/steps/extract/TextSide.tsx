// The extractors as lines of text, each with a check or its message; both sides stay in step.

import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { readExtractString, writeExtractString } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { Mark } from '../../../../components/index.ts';
import styles from './extract.module.css';
import { letterOf } from './model.ts';
import { useSettled } from '../../useSettled.ts';

interface TextSideProps {
  readonly text: string;
  readonly runIds: readonly string[];
  readonly onApply: (text: string) => void;
  readonly onClose: () => void;
}

export function TextSide({ text, runIds, onApply, onClose }: TextSideProps) {
  const [lines, setLines] = useState(() => text.split(/\s+(?=-)/).join('\n'));
  const joined = lines.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '').join(' ');
  const settled = useSettled(joined, 300);
  const { data: check } = useAsk('extract.check', { text: settled, runIds: [...runIds] }, { keep: true });
  const isRead = check !== undefined && check.canonical !== null;
  const canonical = writeExtractString(readExtractString(joined));
  const apply = () => {
    onApply(canonical);
    onClose();
  };
  return (
    <section className={styles.text} aria-label="Extractors as text">
      <Textarea label="One extractor a line, as CatGT takes them" description="-xa=js,ip,word,T1,T2,ms,tolerance  -xd=js,ip,word,bit,ms,tolerance  -bf=js,ip,word,startbit,nbits,inarow  -inarow=5" descriptionProps={{ style: { maxWidth: 'none' } }} autosize minRows={4} maxRows={12} value={lines} spellCheck={false} classNames={{ input: 'mono' }}
        onChange={(event) => setLines(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey && isRead) { event.preventDefault(); event.stopPropagation(); apply(); } }} data-testid="extract-text" />
      <ul className={styles.checks} aria-label="What each line means" aria-live="polite">
        {check?.extractors.map((each, index) => {
          const worst = each.findings.find(({ severity }) => severity === 'stop') ?? each.findings.find(({ severity }) => severity === 'warn') ?? each.findings[0];
          return <li key={`${each.text}-${index}`}><b>{letterOf(index)}</b> <Mark name={worst ? worst.severity : 'ok'} word={worst?.severity ?? 'understood'} short /> <code>{each.text}</code> <span className="muted">{worst ? each.findings.map(({ text: sentence }) => sentence).join(' ') : each.files.join(', ')}</span></li>;
        })}
        {check?.others.map((other) => <li key={other.text}><Mark name="warn" short /> <code>{other.text}</code> <span className="muted">{other.problem}</span></li>)}
      </ul>
      <div className={styles.buttons}>
        <Button onClick={apply} disabled={!isRead} variant="default">Apply text</Button>
        <Button variant="subtle" onClick={onClose}>Close</Button>
        {check && !isRead && <span className="caption">A line is not understood; mend it or take it out to apply.</span>}
      </div>
    </section>
  );
}
