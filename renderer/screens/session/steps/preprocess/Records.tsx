// What CatGT writes down beside the recording while it reads it: lists that traces show later.

import { Checkbox } from '@mantine/core';
import type { Chain } from './chain.ts';
import styles from './PreprocessStep.module.css';

interface RecordsProps {
  readonly chain: Chain;
  readonly onChange: (label: string, changes: Partial<Chain>) => void;
}

export function Records({ chain, onChange }: RecordsProps) {
  return (
    <div className={styles.card} data-off={!chain.edits && !chain.health}>
      <Checkbox classNames={{ description: styles.small }} checked={chain.edits} onChange={(event) => onChange(event.currentTarget.checked ? 'list edits and fills' : 'no list of edits', { edits: event.currentTarget.checked })}
        label={<b>Keep a list of gfix edits and fills</b>} description="Later nobody can tell from the samples which of them were recorded. With the list, traces mark every edit and every fill." />
      <Checkbox classNames={{ description: styles.small }} checked={chain.health} onChange={(event) => onChange(event.currentTarget.checked ? 'report saturation and lost samples' : 'no report of health', { health: event.currentTarget.checked })}
        label={<b>Report on saturation and lost samples</b>} description="Says when channels stood at their rails, when the probe reported errors and where samples were lost: to know before a strange unit is believed. Taken down while the files are read anyway." />
    </div>
  );
}
