// Whether it fits: what is free, what will be used, in a bar and in words.

import { Button } from '@mantine/core';
import type { DestinationPlan } from '../../../../../core/service/contract/index.ts';
import { useCommand } from '../../../../api/index.ts';
import { bytes, Problem } from '../../../../components/index.ts';
import styles from './Destination.module.css';

export function Space({ plan: { need_B, free_B, folder } }: { readonly plan: DestinationPlan }) {
  const stays = need_B.catgt + need_B.results - need_B.removed;
  const probe = useCommand('dest.probe');
  const kinds = `CatGT ${bytes(need_B.catgt)} + results about ${bytes(need_B.results)}${need_B.work > 0 ? `, ${bytes(need_B.work)} more while sorting` : ''}${need_B.removed > 0 ? `; AP files of ${bytes(need_B.removed)} are removed again, ${bytes(stays)} stay` : ''}`;
  if (free_B === null) return <p>Needs {kinds}. <span className="muted">The drive does not tell how much is free.</span></p>;
  const left = free_B - stays;
  const fits = need_B.total <= free_B;
  const share = (part: number) => `${Math.min(100, (100 * part) / Math.max(1, free_B))}%`;
  return (
    <div className={styles.space}>
      <div className={styles.words}>
        <span>Free <b>{bytes(free_B)}</b></span>
        <span>Needs{need_B.removed > 0 ? ' at most' : ''} <b>{bytes(need_B.total)}</b> <span className="muted">({kinds})</span></span>
        <span className={fits ? undefined : styles.err}>{fits ? `After this ${bytes(left)}` : `⬣ ${bytes(need_B.total - free_B)} too little`}</span>
      </div>
      <div className={styles.words}>
        <Button variant="default" loading={probe.isPending} onClick={() => folder !== null && probe.mutate({ path: folder })}>Measure the writing speed</Button>
        <span className="caption" role="status">{probe.data ? speedText(probe.data.write_MBps) : 'writes a file of 64 MB there and removes it'}</span>
      </div>
      {probe.error && <Problem error={probe.error} />}
      <div className={styles.bar} role="img" aria-label={`${bytes(need_B.total)} needed of ${bytes(free_B)} free`}>
        <span className={fits ? styles.keep : styles.over} style={{ width: share(Math.max(0, stays)) }} />
        <span className={fits ? styles.work : styles.over} style={{ width: share(need_B.total - Math.max(0, stays)) }} />
      </div>
    </div>
  );
}

/** MB/s that CatGT and sorting of one probe keep a drive busy with. */
const wanted_MBps = 120;

function speedText(write_MBps: number): string {
  const speed = `Writing was measured at ${write_MBps.toPrecision(3)} MB/s`;
  return write_MBps < wanted_MBps ? `▲ ${speed}, sorting needs ${wanted_MBps}: another drive would be faster.` : `${speed}; sorting needs ${wanted_MBps}.`;
}
