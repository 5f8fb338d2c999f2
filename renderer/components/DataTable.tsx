// A table of any length: rows outside the view are not drawn. Sorted by its headers; walked with the arrow keys, Space
// selects (or walks on), Enter opens. Spoken as a grid with its true row count.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import styles from './DataTable.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** Longer than the title: unit and meaning. */
  readonly help?: string;
  /** CSS grid size with its least width in px: `120px`, `minmax(160px, 1fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'left' | 'right';
  readonly sortable?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

interface DataTableProps<Row> {
  /** For screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Filtered and sorted by the screen. */
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Several: the first counts most. */
  readonly sort?: Sort | readonly Sort[];
  readonly onSort?: (sort: Sort, extend: boolean) => void;
  /** The focused row. */
  readonly active?: string;
  readonly onActive?: (key: string) => void;
  readonly selected?: ReadonlySet<string>;
  /** `range`: Shift was held, everything from the active row to this one. */
  readonly onSelect?: (key: string, range: boolean) => void;
  readonly onOpen?: (key: string) => void;
  /** Space and Shift+Space go to the next and the row before, as in phy, and Ctrl+Space chooses; else Space chooses. */
  readonly spaceWalks?: boolean;
  readonly rowHeight?: number;
  /** The heading a row stands under; rows of one group follow one another. */
  readonly groupOf?: (row: Row) => string;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, sort, onSort, active, onActive, selected, onSelect, onOpen, spaceWalks = false, rowHeight = 28, groupOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const sorts: readonly Sort[] = sort === undefined ? [] : 'key' in sort ? [sort] : sort;
  const sortOf = (key: string) => sorts.find((each) => each.key === key);
  const items = useMemo(() => itemsOf(rows, groupOf), [rows, groupOf]);
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const activeIndex = rows.findIndex((row) => rowKey(row) === active);
  // Every row is a grid of its own: the same least width for all keeps their columns in line, whatever a cell holds.
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' '), minWidth: columns.reduce((sum, { width }) => sum + Number(/\d+(?=px)/.exec(width)?.[0] ?? 0), 0) };

  const activeItem = activeIndex < 0 ? -1 : items.findIndex((item) => item.row === rows[activeIndex]);
  useEffect(() => {
    if (activeItem >= 0) virtual.scrollToIndex(activeItem, { align: 'auto' });
  }, [activeItem, virtual]);

  const walk = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || rows.length === 0) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 280) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length };
    const isStep = spaceWalks && event.key === ' ';
    const step = event.altKey || event.ctrlKey ? undefined : isStep ? (event.shiftKey ? -1 : 1) : steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = rowKey(rows[Math.max(0, Math.min(rows.length - 1, (activeIndex < 0 ? (step > 0 ? -1 : 0) : activeIndex) + step))]);
      if (event.shiftKey && !isStep) onSelect?.(next, true);
      onActive?.(next);
    } else if (event.key === ' ' && activeIndex >= 0 && onSelect) {
      event.preventDefault();
      onSelect(rowKey(rows[activeIndex]), event.shiftKey);
    } else if (event.key === 'Enter' && !event.ctrlKey && activeIndex >= 0) {
      event.preventDefault();
      onOpen?.(rowKey(rows[activeIndex]));
    }
  };

  return (
    <div ref={scroller} className={styles.table} role="grid" aria-label={label} aria-rowcount={items.length + 1} aria-colcount={columns.length} aria-multiselectable={onSelect ? true : undefined}
      tabIndex={0} aria-activedescendant={activeIndex >= 0 ? `${label}-${rowKey(rows[activeIndex])}` : undefined} onKeyDown={walk}
      onFocus={(event) => { if (event.target === event.currentTarget && activeIndex < 0 && rows.length > 0) onActive?.(rowKey(rows[0])); }}>
      <div className={styles.head} role="row" aria-rowindex={1} style={template}>
        {columns.map((column) => (
          <div key={column.key} role="columnheader" title={column.help} data-align={column.align} aria-sort={sortOf(column.key) && (sortOf(column.key)!.descending ? 'descending' : 'ascending')}>
            {column.sortable && onSort
              ? <button type="button" className={styles.sort} onClick={(event) => onSort({ key: column.key, descending: sortOf(column.key)?.descending === false }, event.shiftKey)}>{column.title}{sortMark(sorts, column.key)}</button>
              : column.title}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const { row, group, count } = items[index];
          if (row === undefined) {
            return (
              <div key={`group ${group}`} role="row" aria-rowindex={index + 2} className={styles.group} style={{ minWidth: template.minWidth, height: rowHeight, transform: `translateY(${start}px)` }}>
                <div role="gridcell" aria-colspan={columns.length}><b>{group}</b> <span className="muted">{count}</span></div>
              </div>
            );
          }
          const key = rowKey(row);
          return (
            <div key={key} id={`${label}-${key}`} role="row" aria-rowindex={index + 2} aria-selected={onSelect ? (selected?.has(key) ?? false) : undefined} data-active={key === active || undefined}
              className={styles.row} style={{ ...template, height: rowHeight, transform: `translateY(${start}px)` }}
              onClick={(event) => { onActive?.(key); if (event.shiftKey) onSelect?.(key, true); else if (event.ctrlKey || event.metaKey) onSelect?.(key, false); }} onDoubleClick={() => onOpen?.(key)}>
              {columns.map((column) => <div key={column.key} role="gridcell" data-align={column.align}>{column.cell(row)}</div>)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface Item<Row> {
  /** undefined: the heading of a group with so many rows. */
  readonly row?: Row;
  readonly group?: string;
  readonly count?: number;
}

function itemsOf<Row>(rows: readonly Row[], groupOf: ((row: Row) => string) | undefined): Item<Row>[] {
  if (!groupOf) return rows.map((row) => ({ row }));
  return [...Map.groupBy(rows, groupOf)].flatMap(([group, members]): Item<Row>[] => [{ group, count: members.length }, ...members.map((row) => ({ row }))]);
}

/** An arrow, and its place among several. */
function sortMark(sorts: readonly Sort[], key: string): string {
  const place = sorts.findIndex((each) => each.key === key);
  return place < 0 ? '' : ` ${sorts[place].descending ? '▾' : '▴'}${sorts.length > 1 ? place + 1 : ''}`;
}
