// What the list shows: its columns, and what its rows are grouped by.

import { Button, Checkbox, Popover, Radio } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { type Grouping, groupings } from './order.ts';
import styles from './Runs.module.css';

interface ColumnChoiceProps {
  readonly columns: readonly { readonly key: string; readonly title: string }[];
  readonly hidden: readonly string[];
  readonly onHidden: (keys: readonly string[]) => void;
  readonly grouping: Grouping;
  readonly onGrouping: (grouping: Grouping) => void;
  readonly opened: boolean;
  readonly onOpened: (opened: boolean) => void;
}

const groupWords: Readonly<Record<Grouping, string>> = { none: 'Nothing', day: 'Day', folder: 'Folder' };

export function ColumnChoice({ columns, hidden, onHidden, grouping, onGrouping, opened, onOpened }: ColumnChoiceProps) {
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />} onClick={() => onOpened(!opened)} aria-keyshortcuts="c">Columns</Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.choice} aria-label="Columns and groups">
        <Checkbox.Group label="Columns" value={columns.map(({ key }) => key).filter((key) => !hidden.includes(key))} onChange={(shown) => onHidden(columns.map(({ key }) => key).filter((key) => !shown.includes(key)))}>
          {columns.map(({ key, title }) => <Checkbox key={key} value={key} label={title} />)}
        </Checkbox.Group>
        <Radio.Group label="Group by" value={grouping} onChange={(next) => onGrouping(next as Grouping)}>
          {groupings.map((each) => <Radio key={each} value={each} label={groupWords[each]} />)}
        </Radio.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
