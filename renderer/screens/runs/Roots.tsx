// The folders the user added, each with its count and state, and what can be done with it.

import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import type { RequestError, Root } from '../../../core/service/contract/index.ts';
import { useCommand } from '../../api/index.ts';
import { counted, when } from '../../components/index.ts';
import styles from './Runs.module.css';

export function Roots({ roots }: { readonly roots: readonly Root[] }) {
  const rescan = useCommand('roots.rescan');
  const remove = useCommand('roots.remove');
  const add = useCommand('roots.add');
  const tell = (error: RequestError) => notifications.show({ message: error.message, color: 'red', role: 'alert' });
  const removeRoot = ({ rootId, path }: Root) => remove.mutate({ rootId }, {
    onError: tell,
    onSuccess: () => notifications.show({
      autoClose: 10_000,
      message: <span className={styles.undo}>{path} is no longer listed. <Button variant="default" onClick={() => add.mutate({ path }, { onError: tell })}>Undo</Button></span>,
    }),
  });
  return (
    <ul className={styles.roots} aria-label="Folders">
      {roots.map((root) => (
        <li key={root.rootId} className={styles.root} data-state={root.state}>
          <code>{root.path}</code>
          <span className="caption" role={root.state === 'ready' ? undefined : 'status'}>{stateText(root)}</span>
          <Menu>
            <Menu.Target><Button variant="subtle" className={styles.more} aria-label={`More for ${root.path}`} rightSection={<IconDots size={16} aria-hidden />}>More</Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => rescan.mutate({ rootId: root.rootId }, { onError: tell })}>Rescan</Menu.Item>
              <Menu.Item onClick={() => removeRoot(root)}>Remove from the list</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </li>
      ))}
    </ul>
  );
}

function stateText({ state, runs, scannedAt, text }: Root): string {
  switch (state) {
    case 'scanning': return runs === 0 ? 'being read' : `${counted(runs, 'run')}, being read`;
    case 'ready': return text ?? `${counted(runs, 'run')}, scanned ${when(scannedAt).slice(11)}, watching`;
    default: return text ?? state;
  }
}
