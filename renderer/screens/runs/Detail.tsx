// The strip below the list: what is known of the focused run, in sentences.

import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { bySeverity, type RunSummary } from '../../../core/service/contract/index.ts';
import { FindingMark } from '../../components/index.ts';
import styles from './Runs.module.css';
import { isSorted, resultsRoute } from './words.ts';

export function Detail({ run }: { readonly run: RunSummary }) {
  const findings = bySeverity(run.findings).slice(0, 3);
  const more = run.findings.length - findings.length;
  return (
    <section className={styles.detail} aria-label={`About ${run.name}`}>
      <div className={styles.sentences}>
        {run.growing && <p>It is growing now: it can be looked at, but wait with running it.</p>}
        {findings.map((finding, index) => <p key={index}><FindingMark severity={finding.severity} /> {run.name}: {finding.text}</p>)}
        {findings.length === 0 && <p className="muted">{run.name}: {run.health ? 'nothing to remark.' : 'its files are being read.'}</p>}
        <p className="caption">{[...run.probes.map((probe) => `imec${probe.index} ${probe.partNumber ?? ''} ${probe.text}`), run.path].join(' · ')}{more > 0 ? ` · ${more} more on its page` : ''}</p>
      </div>
      {isSorted(run) && <Button variant="default" component={Link} href={resultsRoute(run)}>Review results</Button>}
      <Button variant="default" component={Link} href={`/runs/${run.runId}`}>Open run page</Button>
    </section>
  );
}
