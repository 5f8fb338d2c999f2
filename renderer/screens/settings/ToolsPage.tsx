// Programs of others that Aftergate can use: found or not, where, why not, and where to look.

import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer, Tool } from '../../../core/service/contract/index.ts';
import { useAsk, useCommand } from '../../api/index.ts';
import { FolderDialog, Mark, type MarkName, Problem, Waiting } from '../../components/index.ts';
import styles from './Settings.module.css';

const marks: Readonly<Record<Tool['state'], { readonly mark: MarkName; readonly word: string }>> = {
  found: { mark: 'ok', word: 'found' },
  limited: { mark: 'warn', word: 'works, with limits' },
  missing: { mark: 'unknown', word: 'not found' },
};

export function ToolsPage() {
  const { data: tools, error } = useAsk('tools.list', {});
  const client = useQueryClient();
  const [choosing, setChoosing] = useState<Tool>();
  const detect = useCommand('tools.detect');
  const set = useCommand('tools.set');
  const show = { onSuccess: (list: Answer<'tools.list'>) => client.setQueryData(['tools.list', {}], list) };
  if (error) return <Problem error={error} />;
  if (!tools) return <Waiting what="programs (Python is asked for Kilosort 4, which takes some seconds)" />;
  return (
    <>
      <div className={styles.row}>
        <p className="muted">Nothing here is needed: the embedded sorter and the embedded CatGT, TPrime, C_Waves and OverStrike need no other program.</p>
        <Button variant="default" loading={detect.isPending} onClick={() => detect.mutate({}, show)}>Detect again</Button>
      </div>
      {(set.error ?? detect.error) && <Problem error={(set.error ?? detect.error)!} />}
      <table className={styles.table}>
        <thead><tr><th scope="col">Program</th><th scope="col">State</th><th scope="col">Where</th><th scope="col">Change</th></tr></thead>
        <tbody>
          {tools.map((tool) => (
            <tr key={tool.tool} data-tool={tool.tool}>
              <th scope="row">{tool.name}</th>
              <td>
                <Mark name={marks[tool.state].mark} word={marks[tool.state].word} short={marks[tool.state].mark === 'ok'} /> {tool.version}
                {tool.reason && <p>{tool.reason}</p>}
                {tool.next && <p className="caption">{tool.next}</p>}
              </td>
              <td>
                <code>{tool.at ?? tool.path ?? ''}</code>
                <p className="caption">{tool.use}{tool.path === null ? '' : '. Chosen here'}</p>
              </td>
              <td>
                <div className={styles.buttons}>
                  <Button variant="default" onClick={() => setChoosing(tool)} aria-label={`Choose ${tool.name}`}>Choose</Button>
                  {tool.path !== null && <Button variant="subtle" loading={set.isPending && set.variables.tool === tool.tool} onClick={() => set.mutate({ tool: tool.tool, path: null }, show)} aria-label={`Forget the place of ${tool.name}`}>Forget</Button>}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="caption">A session takes the places when its sorter is chosen and keeps them. Detecting asks Python for the version of Kilosort 4 and looks for files; nothing else is run.</p>
      <FolderDialog opened={choosing !== undefined} title={choosing ? `${choosing.name}: ${choosing.use}` : ''} action="Use this" start={choosing?.path ?? undefined} onClose={() => setChoosing(undefined)}
        onChoose={(path) => {
          if (choosing) set.mutate({ tool: choosing.tool, path }, show);
          setChoosing(undefined);
        }} />
    </>
  );
}
