// The table of units: any columns, sorted by any, undefined values as a dot with the reason.

import { useEffect, useMemo, useRef } from 'react';
import type { UnitColumn, UnitTable } from '../../../core/service/contract/index.ts';
import { type Column, DataTable, Mark, significant, type Sort } from '../../components/index.ts';
import styles from './units.module.css';
import { labelMarks, labelOf, titleOf } from './unitRows.ts';

interface UnitGridProps {
  readonly table: UnitTable;
  readonly columns: readonly UnitColumn[];
  readonly rows: readonly number[];
  readonly sort: readonly Sort[];
  readonly onSort: (sort: Sort, extend: boolean) => void;
  /** Rows that have letters, A first. */
  readonly chosen: readonly number[];
  readonly onChosen: (rows: readonly number[]) => void;
  readonly active: number | undefined;
  readonly onActive: (row: number) => void;
}

export function UnitGrid({ table, columns, rows, sort, onSort, chosen, onChosen, active, onActive }: UnitGridProps) {
  const toggle = (row: number) => onChosen(chosen.includes(row) ? chosen.filter((each) => each !== row) : [...chosen, row].slice(-mostChosen));
  const latest = useRef({ toggle });
  useEffect(() => {
    latest.current = { toggle };
  });
  /** Everything between the focused row and this one, as far as there are letters. */
  const extend = (row: number) => {
    const [a, b] = [rows.indexOf(active ?? row), rows.indexOf(row)];
    const between = rows.slice(Math.min(a, b), Math.max(a, b) + 1);
    onChosen([...new Set([...chosen, ...(a > b ? between.reverse() : between)])].slice(0, mostChosen));
  };
  const drawn = useMemo((): readonly Column<number>[] => [
    { key: 'id', title: 'Unit', width: '88px', sortable: true, cell: (row) => <UnitName id={table.ids[row]} letter={chosen.indexOf(row)} onToggle={() => latest.current.toggle(row)} /> },
    { key: 'label', title: 'Label', width: '96px', sortable: true, cell: (row) => <Label table={table} row={row} /> },
    ...columns.map((column): Column<number> => ({
      key: column.key, title: titleOf(column), help: `${column.help} Good: ${column.good}${column.version > 0 ? ` Formula version ${column.version}.` : ''}`, width: `${Math.max(84, titleOf(column).length * 7 + 24)}px`, align: 'right', sortable: true,
      cell: (row) => <Value value={table.values[column.key][row]} because={column.undefinedBecause} />,
    })),
  ], [table, columns, chosen]);
  return (
    <DataTable label="Units" spaceWalks columns={drawn} rows={rows} rowKey={String} sort={sort} onSort={onSort}
      active={active === undefined ? undefined : String(active)} onActive={(key) => onActive(Number(key))} selected={new Set(chosen.map(String))} onSelect={(key, range) => (range ? extend(Number(key)) : toggle(Number(key)))} />
  );
}

/** Letters there are. */
const mostChosen = 6;

function UnitName({ id, letter, onToggle }: { readonly id: number; readonly letter: number; readonly onToggle: () => void }) {
  return (
    <span className={styles.name}>
      <code>{id}</code>
      <button type="button" tabIndex={-1} className={styles.letter} data-letter={letter < 0 ? undefined : letterNames[letter]} aria-pressed={letter >= 0} aria-label={letter < 0 ? `Give unit ${id} a letter` : `Unit ${id} is ${letterNames[letter]}. Take the letter away`}
        onClick={(event) => { event.stopPropagation(); onToggle(); }}>{letter < 0 ? '+' : letterNames[letter]}</button>
    </span>
  );
}

export const letterNames = 'ABCDEF';

function Label({ table, row }: { readonly table: UnitTable; readonly row: number }) {
  const { text, by } = labelOf(table, row);
  const known = labelMarks[text.toLowerCase() as keyof typeof labelMarks];
  const word = text === '' ? 'unsorted' : text;
  return <span className={by === 'sorter' ? 'hint' : undefined} title={by === 'sorter' && text !== '' ? `${word}, said by the sorter` : word}>{known || text === '' ? <Mark name={known ?? 'unsorted'} word={word} short={text === ''} /> : text}</span>;
}

function Value({ value, because }: { readonly value: number; readonly because: string }) {
  if (Number.isNaN(value)) return <span className="hint" title={`not defined: ${because}`}>·<span className="unseen">not defined</span></span>;
  return Number.isInteger(value) ? String(value) : significant(value, 4);
}
