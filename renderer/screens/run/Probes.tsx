// The probes of a run, true to scale.

import type { RunDetails } from '../../../core/service/contract/index.ts';
import { ProbePicture, significant } from '../../components/index.ts';
import styles from './Run.module.css';

export function Probes({ run }: { readonly run: RunDetails }) {
  const { probes, streams } = run.summary;
  if (probes.length === 0) return <p className="muted">No probe was recorded.</p>;
  return (
    <div className={styles.probes}>
      {probes.map((probe) => (
        <section key={probe.index} className={styles.probe} aria-label={`imec${probe.index}`}>
          <h3>imec{probe.index} {probe.name}</h3>
          <p className="caption">{[probe.partNumber, probe.text, ...streams.filter(({ key }) => key.startsWith(`imec${probe.index}.`)).map(({ kind, rate_Hz, channels }) => `${kind.toUpperCase()} ${channels} channels at ${significant(rate_Hz, 7)} Hz`)].filter(Boolean).join(' · ')}</p>
          {probe.picture
            ? <ProbePicture picture={probe.picture} label={`imec${probe.index}: ${probe.text}`} height={420} />
            : <p className="muted">Its meta does not tell where the sites are.</p>}
          {probe.picture && <p className="caption">{unusedText(probe.picture.used)}</p>}
        </section>
      ))}
    </div>
  );
}

function unusedText(used: Uint8Array): string {
  const off = Array.from(used.keys()).filter((site) => !used[site]);
  if (off.length === 0) return 'All saved sites are in use.';
  return `Not in use (reference, or switched off), by file column: ${off.slice(0, 24).join(', ')}${off.length > 24 ? ` and ${off.length - 24} more` : ''}.`;
}
