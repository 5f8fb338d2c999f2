// Sums over many pieces of a recording.

/** Adds `count` int16 of `values` to as many int32 of `sums`. */
export function addInt16(sums: usize, values: usize, count: i32): void {
  const end = values + (<usize>count << 1);
  for (; values + 16 <= end; values += 16, sums += 32) {
    const eight = v128.load(values);
    v128.store(sums, i32x4.add(v128.load(sums), i32x4.extend_low_i16x8_s(eight)));
    v128.store(sums, i32x4.add(v128.load(sums, 16), i32x4.extend_high_i16x8_s(eight)), 16);
  }
  for (; values < end; values += 2, sums += 4) store<i32>(sums, load<i32>(sums) + <i32>load<i16>(values));
}
