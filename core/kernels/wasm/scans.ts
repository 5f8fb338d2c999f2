// Cheap looks at groups ([row][8] int16): which rows are loud, which columns are constant; and at rows as files hold
// them: which values reach the rails, how far each column reaches.

/** Rows are scanned in chunks whose peaks stay in the first-level cache. */
@inline const CHUNK: i32 = 512;

/**
 * Writes to `found` (int32 each) the rows in which a column has |value| >= threshold (1..32768), counted from `groups`;
 * returns how many. masks: 16 bytes for each group, 0xffff for columns that count. peaks: 8 KB.
 */
export function loudRows(
  groups: usize, groupBytes: usize, groupCount: i32, rowCount: i32, masks: usize, threshold: i32, peaks: usize, found: usize,
): i32 {
  const limit = i16x8.splat(<i16>threshold);
  let count = 0;
  for (let first = 0; first < rowCount; first += CHUNK) {
    const rows = min(CHUNK, rowCount - first);
    const bytes = <usize>rows << 4;
    memory.fill(peaks, 0, bytes);
    for (let g = 0; g < groupCount; g++) {
      const group = groups + <usize>g * groupBytes + (<usize>first << 4);
      const mask = v128.load(masks + (<usize>g << 4));
      if (!v128.any_true(mask)) continue;
      for (let at: usize = 0; at < bytes; at += 16) {
        // abs(-32768) stays -32768, which is right when read as unsigned.
        const size = v128.and(i16x8.abs(v128.load(group + at)), mask);
        v128.store(peaks + at, i16x8.max_u(v128.load(peaks + at), size));
      }
    }
    for (let row = 0; row < rows; row++) {
      if (v128.any_true(i16x8.ge_u(v128.load(peaks + (<usize>row << 4)), limit))) {
        store<i32>(found + (<usize>count << 2), first + row);
        count++;
      }
    }
  }
  return count;
}

/** Bit c is set when column c of a group has the same value in all `rowCount` rows. */
export function constantColumns(rows: usize, rowCount: i32): i32 {
  const first = v128.load(rows), end = rows + (<usize>rowCount << 4);
  let differs = i16x8.splat(0);
  for (let at = rows; at < end; at += 16) differs = v128.or(differs, v128.xor(v128.load(at), first));
  return i16x8.bitmask(i16x8.eq(differs, i16x8.splat(0)));
}

/** Sets columns of a group to constants. mask: 16 bytes, 0xffff for those to set; values: 16 bytes. */
export function fillColumns(rows: usize, rowCount: i32, mask: usize, values: usize): void {
  const where = v128.load(mask), value = v128.load(values), end = rows + (<usize>rowCount << 4);
  for (let at = rows; at < end; at += 16) v128.store(at, v128.bitselect(value, v128.load(at), where));
}

/**
 * Looks for values near a rail (<= nearLow, below 0, or >= nearHigh, above 0) in the first `columns` columns. Writes for each row
 * that has one its number and in how many of the columns of `used` it has one (int32 each) to `found`, and returns how
 * many rows those are. `every` rows are one: to `touched` (int16, a column each) goes in how many of these a value was at the
 * rail (<= low or >= high). used: 0xffff for columns that count. touched, marks: zeros; both, and used, as long as `columns`
 * rounded up to 8. Reads up to 16 bytes behind the last row.
 */
export function scanRails(
  rows: usize, rowBytes: usize, columns: i32, rowCount: i32, every: i32, nearLow: i32, nearHigh: i32, low: i32, high: i32,
  used: usize, touched: usize, marks: usize, found: usize,
): i32 {
  const lowest = i16x8.splat(<i16>nearLow), highest = i16x8.splat(<i16>nearHigh);
  const floor = i16x8.splat(<i16>low), ceiling = i16x8.splat(<i16>high);
  const whole = <usize>(columns >> 3) << 4, padded = <usize>((columns + 7) >> 3) << 4;
  const rest = i16x8.lt_s(i16x8(0, 1, 2, 3, 4, 5, 6, 7), i16x8.splat(<i16>(columns & 7)));
  let count = 0, together = -1;
  for (let row = 0; row < rowCount; row++) {
    const start = rows + <usize>row * rowBytes, end = start + whole;
    // The columns that fill no vector; 0 in the place of others is near no rail.
    const last = v128.and(v128.load(end), rest);
    let least = last, most = last;
    for (let at = start; at < end; at += 16) {
      const values = v128.load(at);
      least = i16x8.min_s(least, values);
      most = i16x8.max_s(most, values);
    }
    if (!v128.any_true(v128.or(i16x8.le_s(least, lowest), i16x8.ge_s(most, highest)))) continue;
    if (row / every != together) {
      addMarks(touched, marks, padded);
      together = row / every;
    }
    let near = i16x8.splat(0);
    for (let at: usize = 0; at < padded; at += 16) {
      const values = at < whole ? v128.load(start + at) : last;
      near = i16x8.sub(near, v128.and(v128.or(i16x8.le_s(values, lowest), i16x8.ge_s(values, highest)), v128.load(used + at)));
      v128.store(marks + at, v128.or(v128.load(marks + at), v128.or(i16x8.le_s(values, floor), i16x8.ge_s(values, ceiling))));
    }
    const sums = i32x4.extadd_pairwise_i16x8_s(near);
    const entry = found + (<usize>count << 3);
    store<i32>(entry, row);
    store<i32>(entry + 4, i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3));
    count++;
  }
  addMarks(touched, marks, padded);
  return count;
}

/** Adds one where a mark (-1) is, and takes the marks away. */
@inline function addMarks(touched: usize, marks: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(touched + at, i16x8.sub(v128.load(touched + at), v128.load(marks + at)));
    v128.store(marks + at, i16x8.splat(0));
  }
}

/**
 * The lowest and the highest value (int16) of each of `columns` columns in `rowCount` rows, one or more, to lows and highs:
 * both as long as `columns` rounded up to 8. Highs are looked for `ahead` bytes behind where lows are. Reads up to 16
 * bytes behind the last row.
 */
export function columnReach(rows: usize, rowBytes: usize, columns: i32, rowCount: i32, ahead: usize, lows: usize, highs: usize): void {
  const bytes = <usize>((columns + 7) >> 3) << 4, all = <usize>rowCount * rowBytes, pairs = bytes & ~31;
  let column: usize = 0;
  // Two vectors at a time: chains of comparisons that do not wait for each other.
  for (; column < pairs; column += 32) {
    const start = rows + column, end = start + all;
    let least = v128.load(start), least2 = v128.load(start, 16), most = v128.load(start + ahead), most2 = v128.load(start + ahead, 16);
    for (let at = start + rowBytes; at < end; at += rowBytes) {
      least = i16x8.min_s(least, v128.load(at));
      least2 = i16x8.min_s(least2, v128.load(at, 16));
      most = i16x8.max_s(most, v128.load(at + ahead));
      most2 = i16x8.max_s(most2, v128.load(at + ahead, 16));
    }
    v128.store(lows + column, least);
    v128.store(lows + column, least2, 16);
    v128.store(highs + column, most);
    v128.store(highs + column, most2, 16);
  }
  if (column == bytes) return;
  let least = v128.load(rows + column), most = v128.load(rows + column + ahead);
  for (let at = rows + column + rowBytes, end = rows + column + all; at < end; at += rowBytes) {
    least = i16x8.min_s(least, v128.load(at));
    most = i16x8.max_s(most, v128.load(at + ahead));
  }
  v128.store(lows + column, least);
  v128.store(highs + column, most);
}
