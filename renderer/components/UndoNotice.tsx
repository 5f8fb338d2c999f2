// A notice of something that can be undone.

import { Button, Group } from '@mantine/core';

export function UndoNotice({ text, onUndo }: { readonly text: string; readonly onUndo: () => void }) {
  return <Group justify="space-between" wrap="nowrap"><span>{text}</span><Button variant="default" flex="none" onClick={onUndo}>Undo</Button></Group>;
}
