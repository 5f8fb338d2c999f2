// The region table, edited in place: refractory period and Kilosort's thresholds by brain region. A region in use is not
// removed without saying what its probes become.

import { Button, Menu } from '@mantine/core';
import { type KilosortId, refractoryRange, type RegionRow } from '../../core/service/contract/index.ts';
import styles from './RegionTable.module.css';
import { NumberField, TypedField } from './TypedField.tsx';
import { isSame, pairText, type Read, readPair } from './typedValues.ts';

interface RegionTableProps {
  readonly rows: readonly RegionRow[];
  readonly standard: readonly RegionRow[];
  /** `moved`: a region was renamed, or removed with another in its place. */
  readonly onChange: (label: string, rows: readonly RegionRow[], moved?: { readonly from: string; readonly to: string }) => void;
  readonly onReset: () => void;
  /** Tables of a script are pasted in. */
  readonly onScript?: () => void;
  /** Where each region is used, in words; without it nothing is said of use. */
  readonly usedBy?: Readonly<Record<string, readonly string[]>>;
  /** What the embedded sorter has for all regions, in words. */
  readonly embedded: string;
}

/** 2.5 and 2.0 have the same scale and share a column. */
const columns: readonly { readonly title: string; readonly ids: readonly KilosortId[] }[] = [
  { title: 'KS 4', ids: ['4'] },
  { title: 'KS 3.0', ids: ['3.0'] },
  { title: 'KS 2.5, 2.0', ids: ['2.5', '2.0'] },
];

export function RegionTable({ rows, standard, onChange, onReset, onScript, usedBy, embedded }: RegionTableProps) {
  const names = rows.map(({ name }) => name);
  const replaced = (name: string, row: RegionRow) => rows.map((each) => (each.name === name ? row : each));
  const rename = (from: string, to: string) => onChange(`region ${from} becomes ${to}`, rows.map((row) => (row.name === from ? { ...row, name: to } : row)), { from, to });
  const remove = (from: string, to?: string) => onChange(`remove region ${from}`, rows.filter(({ name }) => name !== from), to === undefined ? undefined : { from, to });
  const add = () => {
    const name = Array.from({ length: names.length + 1 }, (_, index) => (index === 0 ? 'new region' : `new region ${index + 1}`)).find((each) => !names.includes(each))!;
    onChange(`add ${name}`, [...rows, { ...rows[0], name }]);
  };
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Region</th><th scope="col">Refractory (ms)</th><th scope="col">Embedded</th>
            {columns.map(({ title }) => <th key={title} scope="col">{title}</th>)}
            {usedBy && <th scope="col">Used by</th>}
            <th scope="col"><span className="unseen">Remove</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const usual = standard.find(({ name }) => name === row.name);
            const users = usedBy?.[row.name] ?? [];
            return (
              <tr key={row.name}>
                <th scope="row">{row.name === 'default' ? 'default' : <TypedField aria-label={`Name of region ${row.name}`} text={row.name} read={(text) => readName(text, row.name, names)} onChange={(name) => rename(row.name, name)} />}</th>
                <td>
                  <div className={styles.cell}>
                    <NumberField aria-label={`Refractory period of ${row.name}`} className={styles.number} name="Refractory period" value={row.refractory_ms} {...refractoryRange} unit="ms"
                      onChange={(refractory_ms) => onChange(`refractory period of ${row.name} ${row.refractory_ms} to ${refractory_ms} ms`, replaced(row.name, { ...row, refractory_ms }))} />
                    {usual && usual.refractory_ms !== row.refractory_ms && <span className="caption">● standard {usual.refractory_ms}</span>}
                  </div>
                </td>
                <td className="muted">{embedded}</td>
                {columns.map(({ title, ids }) => (
                  <td key={title}>
                    <div className={styles.cell}>
                      <TypedField aria-label={`Thresholds of ${title} for ${row.name}`} className={styles.pair} text={pairText(row.thresholds[ids[0]])} read={(text) => readPair('Thresholds', text)}
                        onChange={(pair) => onChange(`thresholds of ${row.name}`, replaced(row.name, { ...row, thresholds: { ...row.thresholds, ...Object.fromEntries(ids.map((id) => [id, pair])) } }))} />
                      {usual && usual.thresholds[ids[0]] !== row.thresholds[ids[0]] && <span className="caption">● standard {pairText(usual.thresholds[ids[0]])}</span>}
                    </div>
                  </td>
                ))}
                {usedBy && <td className={styles.users}>{users.length === 0 ? '-' : users.join(', ')}</td>}
                <td>{row.name !== 'default' && <Remove name={row.name} users={users.length} others={names.filter((name) => name !== row.name)} onRemove={(to) => remove(row.name, to)} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={styles.actions}>
        <Button variant="default" onClick={add}>Add region</Button>
        {onScript && <Button variant="default" onClick={onScript}>From script</Button>}
        {!isSame(rows, standard) && <Button variant="default" onClick={onReset}>Reset to the standard table</Button>}
        <span className="caption">Refractory period {refractoryRange.min} to {refractoryRange.max} ms; thresholds: two numbers, such as 8,9.</span>
      </div>
    </div>
  );
}

function Remove({ name, users, others, onRemove }: { readonly name: string; readonly users: number; readonly others: readonly string[]; readonly onRemove: (to?: string) => void }) {
  if (users === 0) return <Button variant="subtle" onClick={() => onRemove()} aria-label={`Remove ${name}`}>Remove</Button>;
  return (
    <Menu>
      <Menu.Target><Button variant="subtle" aria-label={`Remove ${name}`}>Remove</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name} is used by {users === 1 ? '1 probe' : `${users} probes`}. They become</Menu.Label>
        {others.map((other) => <Menu.Item key={other} onClick={() => onRemove(other)}>{other}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

function readName(text: string, own: string, names: readonly string[]): Read<string> {
  const name = text.trim();
  if (name === '') return { problem: 'A region needs a name.' };
  if (name.length > 40) return { problem: 'At most 40 letters.' };
  return name !== own && names.includes(name) ? { problem: `There is a region ${name} already.` } : { value: name };
}
