// The paragraph for a paper, as it will read when all of the plan has run.

import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useAsk } from '../../../../api/index.ts';
import { copyText, Problem, Waiting } from '../../../../components/index.ts';
import styles from './Review.module.css';

export function Methods({ draftId }: { readonly draftId: string }) {
  const { data, error } = useAsk('session.methods', { draftId }, { keep: true });
  if (error) return <Problem error={error} />;
  if (!data) return <Waiting what="the methods text" />;
  return (
    <div className={styles.json}>
      <div className={styles.head}>
        <p className="muted">As it will read when all of this has run; the report at the end has it again, with what was really done.</p>
        <span className={styles.grow} />
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copyText(data.text)}>Copy the methods text</Button>
      </div>
      <p className={styles.methods}>{data.text}</p>
    </div>
  );
}
