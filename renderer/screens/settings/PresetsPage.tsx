// Presets of the lab and those that come with the program: where files of them come in and go out. They are applied and saved
// in a session, where what they change is seen first.

import { Button, FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { createElement, useState } from 'react';
import { Link } from 'wouter';
import type { Preset } from '../../../core/service/contract/index.ts';
import { call, useAsk } from '../../api/index.ts';
import { FolderDialog, Problem, UndoNotice, Waiting, when } from '../../components/index.ts';
import styles from './Settings.module.css';

const fail = (error: unknown) => notifications.show({ message: (error as Error).message, color: 'red', role: 'alert' });

export function PresetsPage() {
  const { data: presets, error } = useAsk('presets.list', {});
  const [exporting, setExporting] = useState<Preset>();
  if (error) return <Problem error={error} />;
  if (!presets) return <Waiting what="presets" />;
  const importFile = async (file: File) => {
    const { name } = await call('presets.import', { text: await file.text() });
    notifications.show({ message: `Imported ${name}.` });
  };
  const exportTo = async (preset: Preset, folder: string) => {
    setExporting(undefined);
    const { path } = await call('presets.export', { presetId: preset.presetId, folder });
    notifications.show({ message: `Written: ${path}` });
  };
  return (
    <>
      <div className={styles.row}>
        <p className="muted">A preset is a session without its runs and its destination. <Link href="/session">In a session</Link>, the button Preset shows what one would change, applies it, and saves the session's settings as one.</p>
        <FileButton accept=".json" onChange={(file) => { if (file) void importFile(file).catch(fail); }}>{(props) => <Button variant="default" {...props}>Import preset</Button>}</FileButton>
      </div>
      <table className={styles.table}>
        <thead><tr><th scope="col">Preset</th><th scope="col">What</th><th scope="col">Saved</th><th scope="col"><span className="unseen">Actions</span></th></tr></thead>
        <tbody>
          {presets.map((preset) => (
            <tr key={preset.presetId}>
              <th scope="row">{preset.name}</th>
              <td>{preset.text}</td>
              <td>{preset.savedAt === null ? 'read only' : when(preset.savedAt)}</td>
              <td>
                <div className={styles.buttons}>
                  <Button variant="default" aria-label={`Export ${preset.name}`} onClick={() => setExporting(preset)}>Export</Button>
                  {!preset.builtIn && <Button variant="subtle" aria-label={`Remove ${preset.name}`} onClick={() => void remove(preset).catch(fail)}>Remove</Button>}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <FolderDialog opened={exporting !== undefined} title="Export preset" action="Export here" onChoose={(folder) => exporting && void exportTo(exporting, folder).catch(fail)} onClose={() => setExporting(undefined)} />
    </>
  );
}

async function remove({ presetId, name }: Preset): Promise<void> {
  const { text } = await call('presets.remove', { presetId });
  const restore = () => void call('presets.import', { text }).catch(fail);
  const id: string = notifications.show({ autoClose: 20_000, message: createElement(UndoNotice, { text: `Removed ${name}.`, onUndo: () => { notifications.hide(id); restore(); } }) });
}
