// The median over columns, eight rows (lanes) at a time: bisection on the value, counting columns above it.
// Element number count>>1 (from 0) of the sorted values, that is the upper median of an even count.

/** Each lane counts, negatively, how many of `count` (a multiple of 4) vectors are greater than it. */
// @ts-ignore: decorator
@inline function minusGreater(values: usize, count: i32, than: v128): v128 {
  let n0 = i16x8.splat(0), n1 = i16x8.splat(0), n2 = i16x8.splat(0), n3 = i16x8.splat(0);
  const end = values + (<usize>count << 4);
  for (let at = values; at < end; at += 64) {
    n0 = i16x8.add(n0, i16x8.gt_s(v128.load(at), than));
    n1 = i16x8.add(n1, i16x8.gt_s(v128.load(at, 16), than));
    n2 = i16x8.add(n2, i16x8.gt_s(v128.load(at, 32), than));
    n3 = i16x8.add(n3, i16x8.gt_s(v128.load(at, 48), than));
  }
  return i16x8.add(i16x8.add(n0, n1), i16x8.add(n2, n3));
}

/** floor((a + b) / 2) without overflow. */
// @ts-ignore: decorator
@inline function midway(a: v128, b: v128): v128 {
  return i16x8.add(v128.and(a, b), i16x8.shr_s(v128.xor(a, b), 1));
}

// @ts-ignore: decorator
@inline function clampShort(value: i32): i32 {
  return min(max(value, -32768), 32767);
}

/**
 * values: `padded` (a multiple of 4) vectors of eight int16, those from `count` on 32767 in every lane. bounds: two
 * int32, where the median is expected; updated to where this one was found. Any bounds give the same result.
 */
// @ts-ignore: decorator
@inline function medianOf(values: usize, count: i32, padded: i32, bounds: usize): v128 {
  // With `need` values not above it a value is at or above the median.
  const need = (count >> 1) + 1;
  const enough = i16x8.splat(<i16>(need - padded));
  const expectedLow = load<i32>(bounds), expectedHigh = load<i32>(bounds, 4);
  let low = i16x8.splat(<i16>expectedLow), high = i16x8.splat(<i16>expectedHigh);
  if (expectedLow > -32768) {
    const below = i16x8.splat(<i16>(expectedLow - 1));
    const tooHigh = i16x8.ge_s(minusGreater(values, padded, below), enough);
    high = v128.bitselect(below, high, tooHigh);
    low = v128.bitselect(i16x8.splat(-32768), low, tooHigh);
  }
  if (expectedHigh < 32767) {
    const tooLow = i16x8.lt_s(minusGreater(values, padded, i16x8.splat(<i16>expectedHigh)), enough);
    low = v128.bitselect(i16x8.splat(<i16>(expectedHigh + 1)), low, tooLow);
    high = v128.bitselect(i16x8.splat(32767), high, tooLow);
  }
  while (v128.any_true(v128.xor(low, high))) {
    const middle = midway(low, high);
    const reached = i16x8.ge_s(minusGreater(values, padded, middle), enough);
    high = v128.bitselect(middle, high, reached);
    low = v128.bitselect(low, i16x8.add(middle, i16x8.splat(1)), reached);
  }
  remember(low, bounds);
  return low;
}

/** Medians change little from tile to tile: expect the next ones around these. */
// @ts-ignore: decorator
@inline function remember(medians: v128, bounds: usize): void {
  let least = i16x8.min_s(medians, i16x8.shuffle(medians, medians, 4, 5, 6, 7, 0, 1, 2, 3));
  let most = i16x8.max_s(medians, i16x8.shuffle(medians, medians, 4, 5, 6, 7, 0, 1, 2, 3));
  least = i16x8.min_s(least, i16x8.shuffle(least, least, 2, 3, 0, 1, 6, 7, 4, 5));
  most = i16x8.max_s(most, i16x8.shuffle(most, most, 2, 3, 0, 1, 6, 7, 4, 5));
  least = i16x8.min_s(least, i16x8.shuffle(least, least, 1, 0, 3, 2, 5, 4, 7, 6));
  most = i16x8.max_s(most, i16x8.shuffle(most, most, 1, 0, 3, 2, 5, 4, 7, 6));
  const a = <i32>i16x8.extract_lane_s(least, 0), b = <i32>i16x8.extract_lane_s(most, 0);
  const margin = 1 + ((b - a) >> 1);
  store<i32>(bounds, clampShort(a - margin));
  store<i32>(bounds, clampShort(b + margin), 4);
}

/**
 * Subtracts from the columns of each set of a tile the set's median.
 * program: int32 number of sets, then for each set: two int32 bounds, int32 count, int32 tile byte offsets.
 * scratch: 16 bytes for each column of the largest set and 3 more.
 */
export function subtractMedians(tile: usize, program: usize, scratch: usize, saturate: i32): void {
  let sets = load<i32>(program), at = program + 4;
  for (; sets > 0; sets--) {
    const count = load<i32>(at, 8), members = at + 12;
    const padded = (count + 3) & ~3;
    for (let i = 0; i < count; i++) v128.store(scratch + (<usize>i << 4), v128.load(tile + load<u32>(members + (<usize>i << 2))));
    for (let i = count; i < padded; i++) v128.store(scratch + (<usize>i << 4), i16x8.splat(32767));
    const median = medianOf(scratch, count, padded, at);
    for (let i = 0; i < count; i++) {
      const column = tile + load<u32>(members + (<usize>i << 2));
      const value = v128.load(column);
      v128.store(column, saturate ? i16x8.sub_sat_s(value, median) : i16x8.sub(value, median));
    }
    at = members + (<usize>count << 2);
  }
}
