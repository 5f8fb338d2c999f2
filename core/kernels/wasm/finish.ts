// Groups back to the file's order, with the common average reference on the way.

import { subtractNeighbourMeans, subtractSetMeans } from './means';
import { subtractMedians } from './median';
import { groupsToTile, tileToRows } from './tiles';

/**
 * For each of `rowCount` rows, rounded up to a multiple of 8: group rows (from `groups`) -> tile -> reference -> the
 * first `columns` columns of the rows at `rows`, other columns stay. kind: 0 no reference, 1 medians of
 * sets, 2 means of sets, 3 means of neighbours, with their program. scratch: 128 bytes for the transposition, then what the reference needs.
 */
export function finish(
  groups: usize, groupBytes: usize, groupCount: i32, slots: usize, tile: usize, scratch: usize,
  kind: i32, program: usize, saturate: i32, rows: usize, rowBytes: usize, columns: i32, rowCount: i32,
): void {
  let from = groups, to = rows;
  for (let row = 0; row < rowCount; row += 8) {
    groupsToTile(from, groupBytes, groupCount, slots, scratch, tile);
    if (kind == 1) subtractMedians(tile, program, scratch + 128, saturate);
    else if (kind == 2) subtractSetMeans(tile, program, saturate);
    else if (kind == 3) subtractNeighbourMeans(tile, program, scratch + 128, saturate);
    tileToRows(tile, to, rowBytes, columns);
    from += 128;
    to += rowBytes << 3;
  }
}
