// When the job begins, and what of this computer it may take.

import { Radio } from '@mantine/core';
import { useAsk } from '../../../../api/index.ts';
import { counted, LimitsButton, type Read, TypedField } from '../../../../components/index.ts';
import styles from './Review.module.css';
import { dayWord, nextTime } from './startTime.ts';

interface StartChoiceProps {
  /** "20:00"; '' is now. */
  readonly at: string;
  readonly onAt: (at: string) => void;
}

/** After work, when nobody needs the computer. */
const evening = '20:00';

export function StartChoice({ at, onAt }: StartChoiceProps) {
  const { data: queue } = useAsk('queue.state', {});
  const now = new Date();
  const time = nextTime(at, now);
  const ahead = queue?.jobs.filter(({ state }) => ['running', 'paused', 'waiting'].includes(state)).length ?? 0;
  return (
    <div className={styles.start}>
      <Radio.Group aria-label="Start" value={at === '' ? 'now' : 'at'} onChange={(value) => onAt(value === 'now' ? '' : evening)}>
        <div className={styles.head}>
          <b>Start</b>
          <Radio value="now" label="now" />
          <Radio value="at" label="at" />
          {at !== '' && <TypedField aria-label="Start at" className={styles.time} text={at} read={readTime} onChange={onAt} />}
          {at !== '' && time && <span className="muted">{dayWord(time, now)}, when its turn has come</span>}
          {at === '' && ahead > 0 && <span className="muted">after {counted(ahead, 'job')} of the queue</span>}
        </div>
      </Radio.Group>
      <span className={styles.grow} />
      {queue && <span className="muted">{counted(queue.limits.threads, 'thread')} · {queue.limits.memory_GB ?? Math.round(queue.limits.installed_GB)} GB of memory</span>}
      <LimitsButton />
    </div>
  );
}

/** "8:5" is no time; "8:05" and "20:00" are. */
function readTime(text: string): Read<string> {
  return nextTime(text, new Date()) ? { value: text.trim().padStart(5, '0') } : { problem: 'A time of day, such as 20:00.' };
}
