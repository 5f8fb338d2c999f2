// The limits of the queue, where work is started or watched.

import { Button, Popover } from '@mantine/core';
import { LimitsForm } from './LimitsForm.tsx';

export function LimitsButton() {
  return (
    <Popover position="bottom-end" withinPortal trapFocus width={420}>
      <Popover.Target><Button variant="default">Limits ▾</Button></Popover.Target>
      <Popover.Dropdown aria-label="Limits" p="md"><LimitsForm /></Popover.Dropdown>
    </Popover>
  );
}
