// One of several texts, exactly as it will be written: chosen, searched, copied.

import { Button, Select, TextInput } from '@mantine/core';
import { IconCopy, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { RequestError } from '../../../../../core/service/contract/index.ts';
import { copyText, counted, Problem, Waiting } from '../../../../components/index.ts';
import styles from './Review.module.css';

interface FileTextProps {
  /** Of the choice: "JSON file". */
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
  /** undefined: not there yet. */
  readonly file: { readonly name: string; readonly text: string } | undefined;
  readonly error: RequestError | null;
}

export function FileText({ label, choices, chosen, onChoose, file, error }: FileTextProps) {
  const [wanted, setWanted] = useState('');
  const search = useDeferredValue(wanted.trim().toLowerCase());
  const lines = useMemo(() => (file?.text ?? '').split(/\r?\n/).map((line, index) => ({ line, index })), [file]);
  const shown = search === '' ? lines : lines.filter(({ line }) => line.toLowerCase().includes(search));
  return (
    <div className={styles.json}>
      <div className={styles.head}>
        <Select aria-label={label} data={[...choices]} value={chosen} onChange={(value) => onChoose(value ?? '')} allowDeselect={false} searchable className={styles.file} />
        <TextInput aria-label="Search in this file" placeholder="Search" leftSection={<IconSearch size={16} aria-hidden />} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
        <span className="caption" aria-live="polite">{search === '' ? counted(lines.length, 'line') : `${shown.length} of ${counted(lines.length, 'line')}`}</span>
        <span className={styles.grow} />
        <Button variant="default" disabled={!file} leftSection={<IconCopy size={16} aria-hidden />} onClick={() => file && copyText(file.text)}>Copy this file</Button>
      </div>
      {error && <Problem error={error} />}
      {!file && !error && <Waiting what={label} />}
      <pre className={styles.text} tabIndex={0} aria-label={file?.name}>
        {shown.map(({ line, index }) => <div key={index} className={styles.line}><span className={styles.number} aria-hidden>{index + 1}</span>{line}</div>)}
      </pre>
    </div>
  );
}
