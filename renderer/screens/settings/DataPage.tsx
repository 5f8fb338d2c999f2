// Where Aftergate keeps things on this computer, how large they are, and which folders it may use.

import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useAsk, useCommand } from '../../api/index.ts';
import { bytes, counted, grouped, Problem, Waiting } from '../../components/index.ts';
import styles from './Settings.module.css';

export function DataPage() {
  const { data, error } = useAsk('settings.data', {});
  const info = useAsk('app.info', {});
  const clear = useCommand('settings.clearCache');
  const reveal = useCommand('folders.reveal');
  if (error) return <Problem error={error} />;
  if (!data) return <Waiting what="folders" />;
  return (
    <>
      {(clear.error ?? reveal.error) && <Problem error={(clear.error ?? reveal.error)!} />}
      <table className={styles.table}>
        <thead><tr><th scope="col">Kept</th><th scope="col">What</th><th scope="col">Where</th><th scope="col" className={styles.number}>Files</th><th scope="col" className={styles.number}>Size</th><th scope="col"><span className="unseen">Clear</span></th></tr></thead>
        <tbody>
          {data.folders.map((folder) => (
            <tr key={folder.name}>
              <th scope="row">{folder.name}</th>
              <td>{folder.what}</td>
              <td><code>{folder.path}</code></td>
              <td className={styles.number}>{grouped(folder.files)}</td>
              <td className={styles.number}>{bytes(folder.bytes_B)}</td>
              <td>{folder.clearable && folder.files > 0 && <Button variant="default" loading={clear.isPending} onClick={() => clear.mutate({})}>Clear {bytes(folder.bytes_B)}</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {clear.data && <p className="caption" role="status">{bytes(clear.data.freed_B)} freed.</p>}
      <p className="caption">To back all this up, copy the folder {info.data?.profileFolder ?? 'of the profile'} while Aftergate is closed. Results lie in the folders of sessions, never only here.</p>
      <section>
        <h2>Folders Aftergate may use</h2>
        {data.limits.length > 0 && <p>It was started with --root and stays inside {data.limits.map((path) => <code key={path}>{path} </code>)}</p>}
        {data.limits.length === 0 && <p className="muted">Folders that have been chosen, anywhere on this computer.</p>}
        {data.roots.length === 0
          ? <p>No folder of recordings has been added. <Link href="/runs">Add one in Runs</Link></p>
          : <><p>{counted(data.roots.length, 'folder')} of recordings, read and never written to. <Link href="/runs">Add or take out in Runs</Link></p><ul>{data.roots.map((path) => <li key={path}><code>{path}</code></li>)}</ul></>}
      </section>
    </>
  );
}
