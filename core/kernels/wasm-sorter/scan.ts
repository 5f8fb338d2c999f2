// Looking through planar rows: extrema beyond a threshold, products of rows, projections of clips on a basis.

/** Sum of products of two rows; `count` is a multiple of 4. */
export function dot(a: usize, b: usize, count: i32): f32 {
  let sum = f32x4.splat(0), other = sum;
  let t = 0;
  for (; t + 8 <= count; t += 8, a += 32, b += 32) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
    other = f32x4.add(other, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
  }
  if (t < count) sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
  sum = f32x4.add(sum, other);
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
}

/**
 * Samples t of [from, to) that are local maxima of sign * row and above `threshold`; on a plateau the first. Writes
 * them as i32 to `out` (at most `capacity`) and returns how many there are. Reads one sample on either side.
 */
export function extrema(row: usize, from: i32, to: i32, sign: f32, threshold: f32, out: usize, capacity: i32): i32 {
  const limit = f32x4.splat(threshold), turn = f32x4.splat(sign);
  let found = 0;
  for (let t = from; t < to; t += 4) {
    const here = row + (<usize>t << 2);
    const above = f32x4.gt(f32x4.mul(v128.load(here), turn), limit);
    if (!v128.any_true(above)) continue;
    const last = min(t + 4, to);
    for (let s = t; s < last; s++) {
      const at = row + (<usize>s << 2);
      const x = load<f32>(at) * sign;
      if (x > threshold && x > load<f32>(at - 4) * sign && x >= load<f32>(at + 4) * sign) {
        if (found < capacity) store<i32>(out + (<usize>found << 2), s);
        found++;
      }
    }
  }
  return min(found, capacity);
}

/** Samples t of [0, count) with |row| > threshold, as i32 to `out`; returns how many (at most `capacity`). */
export function absCrossings(row: usize, count: i32, threshold: f32, out: usize, capacity: i32): i32 {
  const limit = f32x4.splat(threshold);
  let found = 0;
  for (let t = 0; t < count; t += 4) {
    const here = row + (<usize>t << 2);
    if (!v128.any_true(f32x4.gt(f32x4.abs(v128.load(here)), limit))) continue;
    const last = min(t + 4, count);
    for (let s = t; s < last; s++) {
      if (abs(load<f32>(row + (<usize>s << 2))) <= threshold || found == capacity) continue;
      store<i32>(out + (<usize>found << 2), s);
      found++;
    }
  }
  return found;
}

/**
 * Projects clips on a basis: out[row][k] = sum over j of basis[k][j] * rows[row][at + j]. Row addresses (u32) at
 * `table`; `length` (a multiple of 4) taps a component.
 */
export function clipFeatures(table: usize, rowCount: i32, at: i32, basis: usize, components: i32, length: i32, out: usize): void {
  for (let r = 0; r < rowCount; r++) {
    const clip = <usize>load<u32>(table + (<usize>r << 2)) + (<usize>at << 2);
    for (let k = 0; k < components; k++) {
      store<f32>(out, dot(clip, basis + (<usize>(k * length) << 2), length));
      out += 4;
    }
  }
}
