// Subtraction of means over columns, eight rows (lanes) at a time. Sums are exact integers, means truncated.

import { truncate } from './arith';

/** trunc(sum / count), exact. For up to 511 int16 the float quotient cannot reach the next integer by rounding. */
// @ts-ignore: decorator
@inline function quotient(sum: v128, count: i32): v128 {
  if (count <= 511) return truncate(f32x4.div(f32x4.convert_i32x4_s(sum), f32x4.splat(<f32>count)));
  const by = f64x2.splat(<f64>count);
  const low = i32x4.trunc_sat_f64x2_s_zero(f64x2.div(f64x2.convert_low_i32x4_s(sum), by));
  const high = i32x4.trunc_sat_f64x2_s_zero(f64x2.div(f64x2.convert_low_i32x4_s(i64x2.shuffle(sum, sum, 1, 0)), by));
  return i64x2.shuffle(low, high, 0, 2);
}

// @ts-ignore: decorator
@inline function meanOf(low: v128, high: v128, count: i32): v128 {
  return i16x8.narrow_i32x4_s(quotient(low, count), quotient(high, count));
}

// @ts-ignore: decorator
@inline function subtract(column: usize, what: v128, saturate: i32): void {
  const value = v128.load(column);
  v128.store(column, saturate ? i16x8.sub_sat_s(value, what) : i16x8.sub(value, what));
}

/**
 * Subtracts from the columns of each set of a tile the set's mean.
 * program: int32 number of sets, then for each set: int32 count, int32 tile byte offsets.
 */
export function subtractSetMeans(tile: usize, program: usize, saturate: i32): void {
  let sets = load<i32>(program), at = program + 4;
  for (; sets > 0; sets--) {
    const count = load<i32>(at), members = at + 4, end = members + (<usize>count << 2);
    let low = i32x4.splat(0), high = i32x4.splat(0);
    for (let member = members; member < end; member += 4) {
      const value = v128.load(tile + load<u32>(member));
      low = i32x4.add(low, i32x4.extend_low_i16x8_s(value));
      high = i32x4.add(high, i32x4.extend_high_i16x8_s(value));
    }
    const mean = meanOf(low, high, count);
    for (let member = members; member < end; member += 4) subtract(tile + load<u32>(member), mean, saturate);
    at = end;
  }
}

/**
 * Subtracts from columns of a tile the mean of their neighbours (values before any subtraction). The sum over a
 * column's neighbours is made from an earlier column's by adding and removing the few that differ.
 * wide: scratch memory. It begins with 32 bytes of zeros; then come the tile's columns as int32, 32 bytes each, and
 * after them the same negated; then the sums, 32 bytes each.
 * program: int32 number of tile columns, byte offset in `wide` of the sums, number of columns to change; then for each
 * of these: int32 tile byte offset, byte offset in `wide` of the sum to start from (or 0), count of neighbours, number
 * of terms (even), byte offsets in `wide` of the terms to add.
 */
export function subtractNeighbourMeans(tile: usize, program: usize, wide: usize, saturate: i32): void {
  const tileColumns = load<usize>(program), sums = wide + load<usize>(program, 4), columns = load<i32>(program, 8);
  widen(tile, tileColumns, wide);
  let at = program + 12, sum = sums;
  for (let i = 0; i < columns; i++) {
    const from = wide + load<usize>(at, 4);
    let low = v128.load(from), high = v128.load(from, 16);
    const end = at + 16 + (load<usize>(at, 12) << 2);
    for (let term = at + 16; term < end; term += 8) {
      const a = wide + load<usize>(term), b = wide + load<usize>(term, 4);
      low = i32x4.add(i32x4.add(low, v128.load(a)), v128.load(b));
      high = i32x4.add(i32x4.add(high, v128.load(a, 16)), v128.load(b, 16));
    }
    v128.store(sum, low);
    v128.store(sum, high, 16);
    subtract(tile + load<usize>(at), meanOf(low, high, load<i32>(at, 8)), saturate);
    sum += 32;
    at = end;
  }
}

// @ts-ignore: decorator
@inline function widen(tile: usize, columns: usize, wide: usize): void {
  const zero = i32x4.splat(0);
  v128.store(wide, zero);
  v128.store(wide, zero, 16);
  const end = tile + (columns << 4), negated = columns << 5;
  let to = wide + 32;
  for (let from = tile; from < end; from += 16) {
    const value = v128.load(from);
    const low = i32x4.extend_low_i16x8_s(value), high = i32x4.extend_high_i16x8_s(value);
    v128.store(to, low);
    v128.store(to, high, 16);
    v128.store(to + negated, i32x4.sub(zero, low));
    v128.store(to + negated, i32x4.sub(zero, high), 16);
    to += 32;
  }
}
