// A region of the table; one that is not in it is shown, and said to be missing.

import { Select } from '@mantine/core';
import styles from './ProbesStep.module.css';

interface RegionSelectProps {
  /** `Region of imec1 shank 2`. */
  readonly label: string;
  readonly regions: readonly string[];
  /** null: differs between runs. */
  readonly value: string | null;
  readonly disabled?: boolean;
  readonly onChange: (region: string) => void;
}

export function RegionSelect({ label, regions, value, disabled, onChange }: RegionSelectProps) {
  const isKnown = value === null || regions.includes(value);
  return <Select aria-label={label} data={isKnown ? [...regions] : [...regions, value]} value={value} placeholder="differs" disabled={disabled} allowDeselect={false} searchable className={styles.region}
    error={isKnown ? undefined : `"${value}" is not in the region table.`} onChange={(chosen) => chosen !== null && onChange(chosen)} />;
}
