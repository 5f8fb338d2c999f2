// Between the file's order and the groups' order, eight rows at a time.
//
// A tile is [column][8 rows] int16, 16 bytes a column, columns in file order. It stands between
//   rows:   [row][columns of the file] int16, `rowBytes` apart, and
//   groups: [group][row][8] int16, `groupBytes` apart (not a power of two, or the streams fall into one cache set).
// `slots` holds for each of the groups' 8 columns the byte offset of its column in the tile (int32); an empty slot
// points to a spare column behind the last one.

/** Transposes eight vectors of eight int16 from `from`+f0.. to the 128 bytes at `to` + j * step. */
// @ts-ignore: decorator
@inline function transpose(v0: v128, v1: v128, v2: v128, v3: v128, v4: v128, v5: v128, v6: v128, v7: v128, to: usize, step: usize): void {
  const a0 = i16x8.shuffle(v0, v1, 0, 8, 1, 9, 2, 10, 3, 11), a1 = i16x8.shuffle(v0, v1, 4, 12, 5, 13, 6, 14, 7, 15);
  const a2 = i16x8.shuffle(v2, v3, 0, 8, 1, 9, 2, 10, 3, 11), a3 = i16x8.shuffle(v2, v3, 4, 12, 5, 13, 6, 14, 7, 15);
  const a4 = i16x8.shuffle(v4, v5, 0, 8, 1, 9, 2, 10, 3, 11), a5 = i16x8.shuffle(v4, v5, 4, 12, 5, 13, 6, 14, 7, 15);
  const a6 = i16x8.shuffle(v6, v7, 0, 8, 1, 9, 2, 10, 3, 11), a7 = i16x8.shuffle(v6, v7, 4, 12, 5, 13, 6, 14, 7, 15);
  const b0 = i32x4.shuffle(a0, a2, 0, 4, 1, 5), b1 = i32x4.shuffle(a0, a2, 2, 6, 3, 7);
  const b2 = i32x4.shuffle(a1, a3, 0, 4, 1, 5), b3 = i32x4.shuffle(a1, a3, 2, 6, 3, 7);
  const b4 = i32x4.shuffle(a4, a6, 0, 4, 1, 5), b5 = i32x4.shuffle(a4, a6, 2, 6, 3, 7);
  const b6 = i32x4.shuffle(a5, a7, 0, 4, 1, 5), b7 = i32x4.shuffle(a5, a7, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(b0, b4, 0, 2));
  v128.store(to + step, i64x2.shuffle(b0, b4, 1, 3));
  v128.store(to + 2 * step, i64x2.shuffle(b1, b5, 0, 2));
  v128.store(to + 3 * step, i64x2.shuffle(b1, b5, 1, 3));
  v128.store(to + 4 * step, i64x2.shuffle(b2, b6, 0, 2));
  v128.store(to + 5 * step, i64x2.shuffle(b2, b6, 1, 3));
  v128.store(to + 6 * step, i64x2.shuffle(b3, b7, 0, 2));
  v128.store(to + 7 * step, i64x2.shuffle(b3, b7, 1, 3));
}

/** Eight rows of the file's order to the tile; reads whole runs of eight columns, beyond the last column if need be. */
// @ts-ignore: decorator
@inline export function rowsToTile(rows: usize, rowBytes: usize, columns: i32, tile: usize): void {
  const r1 = rows + rowBytes, r2 = r1 + rowBytes, r3 = r2 + rowBytes, r4 = r3 + rowBytes, r5 = r4 + rowBytes, r6 = r5 + rowBytes, r7 = r6 + rowBytes;
  const end = <usize>((columns + 7) >> 3) << 4;
  for (let at: usize = 0; at < end; at += 16) {
    transpose(v128.load(rows + at), v128.load(r1 + at), v128.load(r2 + at), v128.load(r3 + at),
      v128.load(r4 + at), v128.load(r5 + at), v128.load(r6 + at), v128.load(r7 + at), tile + (at << 3), 16);
  }
}

/** The tile back to eight rows; writes the `columns` columns only. */
// @ts-ignore: decorator
@inline export function tileToRows(tile: usize, rows: usize, rowBytes: usize, columns: i32): void {
  const whole = columns & ~7;
  const end = <usize>whole << 1;
  for (let at: usize = 0; at < end; at += 16) {
    const from = tile + (at << 3);
    transpose(v128.load(from), v128.load(from + 16), v128.load(from + 32), v128.load(from + 48),
      v128.load(from + 64), v128.load(from + 80), v128.load(from + 96), v128.load(from + 112), rows + at, rowBytes);
  }
  for (let column = whole; column < columns; column++) {
    for (let row = 0; row < 8; row++) {
      store<i16>(rows + <usize>row * rowBytes + (<usize>column << 1), load<i16>(tile + (<usize>column << 4) + (<usize>row << 1)));
    }
  }
}

/** The tile to eight rows of every group; `group` points to the first of these rows in group 0. */
// @ts-ignore: decorator
@inline function tileToGroups(tile: usize, slots: usize, groupCount: i32, group: usize, groupBytes: usize): void {
  let to = group, slot = slots;
  for (let g = 0; g < groupCount; g++) {
    transpose(
      v128.load(tile + load<u32>(slot)), v128.load(tile + load<u32>(slot, 4)), v128.load(tile + load<u32>(slot, 8)), v128.load(tile + load<u32>(slot, 12)),
      v128.load(tile + load<u32>(slot, 16)), v128.load(tile + load<u32>(slot, 20)), v128.load(tile + load<u32>(slot, 24)), v128.load(tile + load<u32>(slot, 28)),
      to, 16);
    to += groupBytes;
    slot += 32;
  }
}

/** Eight rows of every group to the tile. */
// @ts-ignore: decorator
@inline export function groupsToTile(group: usize, groupBytes: usize, groupCount: i32, slots: usize, spare: usize, tile: usize): void {
  let from = group, slot = slots;
  for (let g = 0; g < groupCount; g++) {
    transpose(v128.load(from), v128.load(from + 16), v128.load(from + 32), v128.load(from + 48),
      v128.load(from + 64), v128.load(from + 80), v128.load(from + 96), v128.load(from + 112), spare, 16);
    v128.store(tile + load<u32>(slot), v128.load(spare));
    v128.store(tile + load<u32>(slot, 4), v128.load(spare + 16));
    v128.store(tile + load<u32>(slot, 8), v128.load(spare + 32));
    v128.store(tile + load<u32>(slot, 12), v128.load(spare + 48));
    v128.store(tile + load<u32>(slot, 16), v128.load(spare + 64));
    v128.store(tile + load<u32>(slot, 20), v128.load(spare + 80));
    v128.store(tile + load<u32>(slot, 24), v128.load(spare + 96));
    v128.store(tile + load<u32>(slot, 28), v128.load(spare + 112));
    from += groupBytes;
    slot += 32;
  }
}

/** Rows of the file's order to groups. `rowCount` is a multiple of 8; empty slots become 0. */
export function regroup(
  rows: usize, rowBytes: usize, columns: i32, rowCount: i32, tile: usize, slots: usize, groupCount: i32, groups: usize, groupBytes: usize,
): void {
  v128.store(tile + (<usize>((columns + 7) & ~7) << 4), i16x8.splat(0));
  let from = rows, to = groups;
  for (let row = 0; row < rowCount; row += 8) {
    rowsToTile(from, rowBytes, columns, tile);
    tileToGroups(tile, slots, groupCount, to, groupBytes);
    from += rowBytes << 3;
    to += 128;
  }
}
