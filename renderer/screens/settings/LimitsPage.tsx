// How much of the computer work may use.

import { Button } from '@mantine/core';
import { useAsk, useKept } from '../../api/index.ts';
import { counted, NumberField, Problem, Waiting } from '../../components/index.ts';
import styles from './Settings.module.css';

export function LimitsPage() {
  const { data: info, error } = useAsk('app.info', {});
  const [kept, setKept] = useKept<number | null>('limits.workers', null);
  if (error) return <Problem error={error} />;
  if (!info) return <Waiting what="limits" />;
  return (
    <div className={styles.fields}>
      <NumberField label="Threads for the queue" description={`Now ${info.workers}. Default: one per core. Results never depend on it; fewer leave room for other work.`} name="Threads" min={1} max={256} whole value={kept ?? info.workers} onChange={setKept} />
      <div className={styles.row}>
        {kept !== null && <Button variant="default" onClick={() => setKept(null)}>One per core</Button>}
        {kept !== null && kept !== info.workers && <span className="caption" role="status">{counted(kept, 'thread')}: takes effect when Aftergate starts again, unless it is started with --workers.</span>}
      </div>
    </div>
  );
}
