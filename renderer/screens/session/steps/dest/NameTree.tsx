// The tree of names: what will be written where, how large, and what is there already.

import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type PlannedFile, probeTitle, shankOf } from '../../../../../core/service/contract/index.ts';
import { bytes, type Column, counted, DataTable } from '../../../../components/index.ts';
import styles from './Destination.module.css';
import { type TreeRow, treeRows, type TreeState } from './tree.ts';

const states: Readonly<Record<TreeState, { readonly mark: string; readonly tone: string }>> = {
  'new': { mark: '+ new', tone: styles.plain }, 'kept': { mark: '» kept', tone: styles.ok }, 'replaced': { mark: '▲ replaced', tone: styles.warn },
  'removed': { mark: '− not kept', tone: styles.quiet }, 'in the way': { mark: '⬣ in the way', tone: styles.err }, 'mixed': { mark: '· some of each', tone: styles.quiet },
};

const kinds: Readonly<Record<PlannedFile['kind'], string>> = {
  binary: 'recording, processed', meta: 'meta', sync: 'sync edges', events: 'events', list: 'list', log: 'log', sorting: 'sorter\'s folder', json: 'parameters, record', aligned: 'events, aligned',
};

export function NameTree({ files }: { readonly files: readonly PlannedFile[] }) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const rows = useMemo(() => treeRows(files, folded), [files, folded]);
  const fold = (path: string) => setFolded((before) => {
    const after = new Set(before);
    if (!after.delete(path)) after.add(path);
    return after;
  });
  const folders = rows.filter(({ folder }) => folder).map(({ path }) => path);
  const columns: readonly Column<TreeRow>[] = [
    { key: 'name', title: 'Name', width: 'minmax(380px, 1fr)', cell: (row) => <NameCell row={row} onFold={fold} /> },
    { key: 'kind', title: 'What', width: '170px', cell: ({ kind, folder }) => (kind ? kinds[kind] : counted(folder!.files, 'file')) },
    { key: 'size', title: 'Size', help: 'Estimated; small files have none', width: '100px', align: 'right', cell: ({ bytes_B }) => (bytes_B > 0 ? bytes(bytes_B) : '') },
    { key: 'state', title: 'State', width: '170px', cell: ({ state }) => <span className={states[state].tone}>{states[state].mark}</span> },
  ];
  return (
    <section className={styles.tree} aria-labelledby="tree-title">
      <div className={styles.head}>
        <h2 id="tree-title">{counted(files.length, 'name')} will be written</h2>
        <Button variant="subtle" onClick={() => setFolded(folded.size > 0 ? new Set() : new Set(folders.slice(1)))}>{folded.size > 0 ? 'Unfold all' : 'Fold all'}</Button>
      </div>
      <DataTable label="Names" columns={columns} rows={rows} rowKey={({ path }) => path} active={active} onActive={setActive} onOpen={fold} />
    </section>
  );
}

/** Files and folders of a single shank carry its number: `imec1012_ag`. */
function shankIn(name: string): string | undefined {
  const number = Number(/imec(\d{4,})[_.-]/.exec(name)?.[1] ?? 0);
  return shankOf(number) === undefined ? undefined : probeTitle(number);
}

function NameCell({ row: { path, name, depth, folder }, onFold }: { readonly row: TreeRow; readonly onFold: (path: string) => void }) {
  const indent = { paddingLeft: depth * 16 };
  const shank = shankIn(name);
  if (!folder) return <span style={indent} title={path} className={styles.file}>{name}{shank && <span className="hint"> {shank}</span>}</span>;
  return <button type="button" tabIndex={-1} className={styles.folder} style={indent} aria-expanded={folder.open} title={path} onClick={() => onFold(path)}><span aria-hidden>{folder.open ? '▾ ' : '▸ '}</span>{name}</button>;
}
