// The session and the input JSON of every step, exactly as they will be written: text with search, or copied.

import { Button, Select, TextInput } from '@mantine/core';
import { IconCopy, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { SessionPlan } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { copyText, counted, Problem, Waiting } from '../../../../components/index.ts';
import styles from './Review.module.css';

export function JsonView({ draftId, plan }: { readonly draftId: string; readonly plan: SessionPlan }) {
  const files = useMemo(() => [...new Map(plan.steps.map((step) => [step.inputJson, step.id])).entries()], [plan]);
  const [stepId, setStepId] = useState('');
  const [wanted, setWanted] = useState('');
  const search = useDeferredValue(wanted.trim().toLowerCase());
  const { data, error } = useAsk('session.json', { draftId, ...(stepId === '' ? {} : { stepId }) }, { keep: true });
  const lines = useMemo(() => (data?.text ?? '').split('\n'), [data]);
  const shown = search === '' ? lines.map((line, index) => ({ line, index })) : lines.map((line, index) => ({ line, index })).filter(({ line }) => line.toLowerCase().includes(search));
  const choices = [{ value: '', label: 'The session' }, ...files.map(([file, id]) => ({ value: id, label: file.split(/[\\/]/).at(-1)! }))];
  return (
    <div className={styles.json}>
      <div className={styles.head}>
        <Select aria-label="JSON file" data={choices} value={stepId} onChange={(value) => setStepId(value ?? '')} allowDeselect={false} searchable className={styles.file} />
        <TextInput aria-label="Search in this file" placeholder="Search" leftSection={<IconSearch size={16} aria-hidden />} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
        <span className="caption" aria-live="polite">{search === '' ? counted(lines.length, 'line') : `${shown.length} of ${counted(lines.length, 'line')}`}</span>
        <span className={styles.grow} />
        <Button variant="default" disabled={!data} leftSection={<IconCopy size={16} aria-hidden />} onClick={() => data && copyText(data.text)}>Copy this file</Button>
      </div>
      {error && <Problem error={error} />}
      {!data && !error && <Waiting what="JSON" />}
      <pre className={styles.text} tabIndex={0} aria-label={data?.name}>
        {shown.map(({ line, index }) => <div key={index} className={styles.line}><span className={styles.number} aria-hidden>{index + 1}</span>{line}</div>)}
      </pre>
    </div>
  );
}
