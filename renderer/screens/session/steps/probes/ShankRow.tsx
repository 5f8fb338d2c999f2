// Below a probe of several shanks: whether they are sorted apart, and then the region of each; else why one region holds.

import { Checkbox } from '@mantine/core';
import { RegionSelect } from './RegionSelect.tsx';
import styles from './ProbesStep.module.css';
import { type ProbeRow, shanksWithSites } from './rows.ts';
import { perShank, type ProbeRegion } from './specs.ts';

/** What the kind of session leaves open: `each`: probe by probe; `all`: every shank is sorted apart; `none`: probes stay whole. */
export type Splitting = 'each' | 'all' | 'none';

interface ShankRowProps {
  readonly row: ProbeRow;
  readonly shanks: number;
  readonly splitting: Splitting;
  readonly regions: readonly string[];
  readonly columns: number;
  readonly isPicked: boolean;
  readonly onRegion: (region: ProbeRegion) => void;
}

export function ShankRow({ row, shanks, splitting, regions, columns, isPicked, onRegion }: ShankRowProps) {
  const { probe, region, facts } = row;
  const isApart = splitting === 'all' || typeof region === 'object';
  const own = region === null ? null : perShank(region, shanks);
  const used = facts ? shanksWithSites(facts) : [];
  const set = (shank: number, chosen: string) => onRegion(perShank(region ?? 'default', shanks).map((each, index) => (index === shank ? chosen : each)));
  return (
    <tr data-picked={isPicked || undefined} data-below>
      <td colSpan={columns}>
        <div className={styles.shanks} role="group" aria-label={`Shanks of imec${probe}`}>
          {isApart && own?.map((each, shank) => (
            <span key={shank} className={styles.shank}>{shank} {used[shank]
              ? <RegionSelect label={`Region of imec${probe} shank ${shank}`} regions={regions} value={each} disabled={row.use === 'none'} onChange={(chosen) => set(shank, chosen)} />
              : <span className="hint">– no sites in use</span>}</span>
          ))}
          <Checkbox label="sort apart" aria-label={`sort apart: imec${probe}`} checked={isApart} indeterminate={region === null && splitting === 'each'} disabled={splitting === 'all' || (splitting === 'none' && !isApart) || row.use === 'none'}
            onChange={() => onRegion(isApart && own ? own[0] : perShank(region ?? 'default', shanks))} />
          <span className="caption">{whyText(splitting, isApart, shanks)}</span>
        </div>
      </td>
    </tr>
  );
}

function whyText(splitting: Splitting, isApart: boolean, shanks: number): string {
  if (splitting === 'all') return 'Split shanks sorts every shank apart: each has a region of its own.';
  if (splitting === 'none') return `A super-run sorts its probes whole, so one region holds for all ${shanks} shanks.`;
  return isApart ? 'Each shank is sorted, measured and aligned by itself, with the numbers of its region (-sepShanks).' : `The ${shanks} shanks are sorted together, with one region's numbers, so one region holds for all.`;
}
