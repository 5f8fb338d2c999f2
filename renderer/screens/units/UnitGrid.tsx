// The table of units: any columns, sorted by any, undefined values as a dot with the reason.

import { useMemo } from 'react';
import type { UnitColumn, UnitTable } from '../../../core/service/contract/index.ts';
import { type Column, DataTable, Mark, significant, type Sort } from '../../components/index.ts';
import { labelMarks, labelOf, titleOf } from './unitRows.ts';

interface UnitGridProps {
  readonly table: UnitTable;
  readonly columns: readonly UnitColumn[];
  readonly rows: readonly number[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly active: number | undefined;
  readonly onActive: (row: number) => void;
}

export function UnitGrid({ table, columns, rows, sort, onSort, active, onActive }: UnitGridProps) {
  const drawn = useMemo((): readonly Column<number>[] => [
    { key: 'id', title: 'Unit', width: '64px', sortable: true, cell: (row) => <code>{table.ids[row]}</code> },
    { key: 'label', title: 'Label', width: '96px', sortable: true, cell: (row) => <Label table={table} row={row} /> },
    ...columns.map((column): Column<number> => ({
      key: column.key, title: titleOf(column), help: `${column.help} Good: ${column.good}${column.version > 0 ? ` Formula version ${column.version}.` : ''}`, width: `${Math.max(84, titleOf(column).length * 7 + 24)}px`, align: 'right', sortable: true,
      cell: (row) => <Value value={table.values[column.key][row]} because={column.undefinedBecause} />,
    })),
  ], [table, columns]);
  return (
    <DataTable label="Units" columns={drawn} rows={rows} rowKey={String} sort={sort} onSort={onSort}
      active={active === undefined ? undefined : String(active)} onActive={(key) => onActive(Number(key))} />
  );
}

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
