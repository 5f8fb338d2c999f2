// How columns are dealt to groups of eight. The four pairs of a group share one transform kernel call, the two columns
// of a pair one complex signal, so all columns of a group have the same delay.

export const GROUP_COLUMNS = 8;

export interface ColumnGroup {
  /** Mux row, or 0 when nothing is shifted. */
  readonly row: number;
  /** Up to eight columns, the group's slots from 0 on; the rest stay empty. */
  readonly columns: readonly number[];
}

/** Groups of equal mux row, rows in order of first appearance, columns ascending. */
export function groupColumns(rows: readonly number[]): ColumnGroup[] {
  const byRow = new Map<number, number[]>();
  rows.forEach((row, column) => {
    const columns = byRow.get(row);
    if (columns) columns.push(column);
    else byRow.set(row, [column]);
  });
  return [...byRow].flatMap(([row, columns]) => slices(columns).map((slice) => ({ row, columns: slice })));
}

function slices(columns: readonly number[]): number[][] {
  const result: number[][] = [];
  for (let start = 0; start < columns.length; start += GROUP_COLUMNS) result.push(columns.slice(start, start + GROUP_COLUMNS));
  return result;
}
