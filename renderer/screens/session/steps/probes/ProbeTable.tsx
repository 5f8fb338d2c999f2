// The probes of one run, or of all runs together: in use or not, region, channels left out. A row picks the probe whose
// sites are shown.

import { Button, Checkbox, Select } from '@mantine/core';
import { counted } from '../../../../components/index.ts';
import styles from './ProbesStep.module.css';
import type { ProbeRow } from './rows.ts';

interface ProbeTableProps {
  readonly title: string;
  readonly rows: readonly ProbeRow[];
  readonly regions: readonly string[];
  readonly exclusions: ReadonlyMap<number, readonly number[]>;
  readonly picked: number | undefined;
  readonly onUse: (row: ProbeRow, isUsed: boolean) => void;
  readonly onRegion: (row: ProbeRow, region: string) => void;
  readonly onPick: (row: ProbeRow) => void;
}

export function ProbeTable({ title, rows, regions, exclusions, picked, onUse, onRegion, onPick }: ProbeTableProps) {
  const first = rows.find(({ use, region }) => use !== 'none' && region !== null);
  const others = rows.filter((row) => row.use !== 'none' && row.region !== first?.region);
  return (
    <section aria-label={title}>
      <div className={styles.title}>
        <h2>{title}</h2>
        {first && others.length > 0 && <Button variant="default" onClick={() => others.forEach((row) => onRegion(row, first.region!))}>All probes in {first.region}</Button>}
      </div>
      <table className={styles.table}>
        <thead><tr><th scope="col">Probe</th><th scope="col">Kind</th><th scope="col">Sites</th><th scope="col">Region</th><th scope="col">Left out</th><th scope="col"><span className="unseen">Show</span></th></tr></thead>
        <tbody>
          {rows.map((row) => {
            const { probe, facts, use, region } = row;
            const known = region === null || regions.includes(region) ? regions : [...regions, region];
            const leftOut = exclusions.get(probe)?.length ?? 0;
            return (
              <tr key={probe} data-picked={picked === probe || undefined}>
                <td><Checkbox label={`imec${probe}`} checked={use !== 'none'} indeterminate={use === 'some'} onChange={() => onUse(row, use !== 'all')} /></td>
                <td>{facts ? <>{facts.name} <span className="hint">{facts.partNumber ?? ''}</span></> : <span className="hint">not in {row.missing.join(', ') || 'these runs'}</span>}</td>
                <td>{facts ? `${facts.sites}${facts.shanks > 1 ? `, ${facts.shanks} shanks` : ''}` : '·'}</td>
                <td><Select aria-label={`Region of imec${probe}`} data={[...known]} value={region} placeholder="differs" disabled={use === 'none'} allowDeselect={false} searchable onChange={(chosen) => chosen !== null && onRegion(row, chosen)}
                  error={region !== null && !regions.includes(region) ? `"${region}" is not in the region table.` : undefined} className={styles.region} /></td>
                <td>{leftOut === 0 ? <span className="hint">none</span> : counted(leftOut, 'channel')}</td>
                <td><Button variant="subtle" aria-pressed={picked === probe} disabled={!facts} onClick={() => onPick(row)}>{picked === probe ? 'Shown' : 'Show'} sites<span className="unseen"> of imec{probe}</span></Button></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
