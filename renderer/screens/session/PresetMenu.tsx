// The preset of a session: which one, how many settings differ from it, and the dialog with all presets.

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Draft } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import { PresetDialog } from './PresetDialog.tsx';

export function PresetMenu({ draft }: { readonly draft: Draft }) {
  const [opened, setOpened] = useState(false);
  const { data: changed } = useAsk('session.presetChanges', { draftId: draft.draftId }, { keep: true });
  const count = changed?.changes.length ?? 0;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>Preset: {changed?.name ?? 'none'}{count > 0 && <>&nbsp;<span aria-hidden>●</span>&nbsp;{count} changed</>}</Button>
      <PresetDialog draft={draft} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
