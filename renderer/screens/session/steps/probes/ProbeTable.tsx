// The probes of one run, or of all runs together: in use or not, region, channels left out. A row picks the probe whose
// sites are shown, and can be copied to the others.

import { Button, Checkbox } from '@mantine/core';
import { Fragment } from 'react';
import { counted } from '../../../../components/index.ts';
import styles from './ProbesStep.module.css';
import { RegionSelect } from './RegionSelect.tsx';
import type { ProbeRow } from './rows.ts';
import { ShankRow, type Splitting } from './ShankRow.tsx';
import type { ProbeRegion } from './specs.ts';

interface ProbeTableProps {
  readonly title: string;
  readonly rows: readonly ProbeRow[];
  readonly regions: readonly string[];
  readonly exclusions: ReadonlyMap<number, readonly number[]>;
  readonly picked: number | undefined;
  readonly splitting: Splitting;
  readonly onUse: (row: ProbeRow, isUsed: boolean) => void;
  readonly onRegion: (row: ProbeRow, region: ProbeRegion) => void;
  readonly onPick: (row: ProbeRow) => void;
  /** Region and depth of the picked row for all of them. */
  readonly onCopy: (row: ProbeRow) => void;
}

const columns = ['Probe', 'Kind', 'Sites', 'Region', 'Left out'];

export function ProbeTable({ title, rows, regions, exclusions, picked, splitting, onUse, onRegion, onPick, onCopy }: ProbeTableProps) {
  const source = rows.find(({ probe, use, region }) => probe === picked && use !== 'none' && region !== null);
  return (
    <section aria-label={title}>
      <div className={styles.title}>
        <h2>{title}</h2>
        {rows.length > 1 && <><Button variant="default" disabled={!source} onClick={() => source && onCopy(source)}>Copy row to all</Button>
          <span className="caption">{source ? `region and depth of imec${source.probe}` : 'show the sites of a probe in use to copy its row'}</span></>}
      </div>
      <table className={styles.table}>
        <thead><tr>{columns.map((name) => <th key={name} scope="col">{name}</th>)}<th scope="col"><span className="unseen">Show</span></th></tr></thead>
        <tbody>
          {rows.map((row) => {
            const { probe, facts, use, region } = row;
            const leftOut = exclusions.get(probe)?.length ?? 0;
            const isApart = splitting === 'all' || typeof region === 'object';
            return (
              <Fragment key={probe}>
                <tr data-picked={picked === probe || undefined}>
                  <td><Checkbox label={`imec${probe}`} checked={use !== 'none'} indeterminate={use === 'some'} onChange={() => onUse(row, use !== 'all')} /></td>
                  <td>{facts ? <>{facts.name} <span className="hint">{facts.partNumber ?? ''}</span></> : <span className="hint">not in {row.missing.join(', ') || 'these runs'}</span>}</td>
                  <td>{facts ? `${facts.sites}${facts.shanks > 1 ? `, ${facts.shanks} shanks` : ''}` : '·'}</td>
                  <td>{facts && facts.shanks > 1 && isApart && region !== null
                    ? 'per shank'
                    : <RegionSelect label={`Region of imec${probe}`} regions={regions} value={typeof region === 'object' ? (region?.[0] ?? null) : region} disabled={use === 'none'} onChange={(chosen) => onRegion(row, chosen)} />}</td>
                  <td>{leftOut === 0 ? <span className="hint">none</span> : counted(leftOut, 'channel')}</td>
                  <td><Button variant="subtle" aria-pressed={picked === probe} disabled={!facts} onClick={() => onPick(row)}>{picked === probe ? 'Shown' : 'Show'} sites<span className="unseen"> of imec{probe}</span></Button></td>
                </tr>
                {facts && facts.shanks > 1 && <ShankRow row={row} shanks={facts.shanks} splitting={splitting} regions={regions} columns={columns.length + 1} isPicked={picked === probe} onRegion={(chosen) => onRegion(row, chosen)} />}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
