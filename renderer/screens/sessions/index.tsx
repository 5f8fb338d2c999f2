// The sessions being set up: each saved by itself, with its runs and age; new ones from runs, files, an import or old
// settings.

import { Button, Menu } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { useAsk } from '../../api/index.ts';
import type { ScreenProps } from '../../app/screens.ts';
import { DataTable, Empty, FolderDialog, Page, Problem, Waiting } from '../../components/index.ts';
import { PasteDialog } from '../session/PasteDialog.tsx';
import { usePastedNotation } from '../session/usePastedNotation.ts';
import { sessionColumns } from './columns.tsx';
import { OfferDialog } from './OfferDialog.tsx';
import styles from './sessions.module.css';
import { useSessionActions } from './useSessionActions.ts';

type Choosing = 'file' | 'bin' | 'folder' | undefined;

const dialogs = {
  file: { title: 'Import a session, a zip of one, an input JSON or a script', action: 'Import file', fileEndings: ['.json', '.zip', '.py'] },
  bin: { title: 'Session from an AP file', action: 'Use this file', fileEndings: ['.bin'] },
  folder: { title: 'Session from the AP files in a folder', action: 'Use this folder', fileEndings: undefined },
} as const;

export default function SessionsScreen(_props: ScreenProps) {
  const [, go] = useLocation();
  const { data: drafts, error } = useAsk('session.list', {}, { every: 60_000 });
  const [choosing, setChoosing] = useState<Choosing>();
  const [pasting, setPasting] = useState<string>();
  const [active, setActive] = useState<string>();
  const actions = useSessionActions();
  usePastedNotation(setPasting);

  const choose = (path: string) => {
    setChoosing(undefined);
    if (choosing === 'file') actions.importFile({ path });
    else actions.fromFiles(path);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (!file) return;
    setChoosing(undefined);
    actions.importDropped(file);
  };
  const fromRuns = () => go('/runs');
  const others = (
    <>
      <Button variant="default" onClick={() => setPasting('')}>Paste old settings</Button>
      <Button variant="default" onClick={() => setChoosing('file')}>Import file</Button>
      <Menu position="top-end">
        <Menu.Target><Button variant="default">From AP files</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setChoosing('bin')}>One AP file</Menu.Item>
          <Menu.Item onClick={() => setChoosing('folder')}>All in a folder, preprocessed or sorted</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
  return (
    <Page title="Session" secondary={others} primary={drafts?.length === 0 ? undefined : { label: 'Choose runs', onPress: fromRuns }} fill>
      {/* The dialog is inside: a file may be dropped on it as well. */}
      <div className={styles.page} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        {error && <Problem error={error} />}
        {!drafts && !error && <Waiting what="sessions" />}
        {drafts?.length === 0 && <Empty action={<Button onClick={fromRuns}>Choose runs</Button>}>No session is being set up. Choose runs to start one, or bring one in: import a file, drop it here, or paste old settings with Ctrl+V.</Empty>}
        {drafts && drafts.length > 0 && (
          <DataTable label="Sessions" columns={sessionColumns(actions)} rows={drafts} rowKey={(draft) => draft.draftId} rowHeight={36} active={active} onActive={setActive} onOpen={(draftId) => go(`/session/${draftId}/runs`)} />
        )}
        <FolderDialog opened={choosing !== undefined} {...dialogs[choosing ?? 'folder']} onChoose={choose} onClose={() => setChoosing(undefined)} />
      </div>
      <PasteDialog text={pasting} onClose={() => setPasting(undefined)} onMake={(text) => { setPasting(undefined); actions.importFile({ text }); }} />
      <OfferDialog imported={actions.imported} onDone={actions.openImported} />
    </Page>
  );
}
