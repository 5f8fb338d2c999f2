// A second-order section in double precision over int16 rows, eight columns at a time, transposed direct form II:
//   in = value / maxInt; out = in*b0 + z1; z1 = in*b1 + z2 - a1*out; z2 = in*b2 - a2*out;
//   value = clamp(trunc(out * maxInt), -maxInt, maxInt - 1).
// Never fused: the result must be that of plain doubles, bit for bit.
//
// Section, f64 each: b0, b1, b2, a1, a2, maxInt, 1/maxInt if that is exact (a power of two) else 0, -maxInt, maxInt-1;
// then two masks of 16 bytes: all ones, and ones for the columns of the last run of eight. Constants come from memory
// because engines sink their computation into the loop.

import { truncateWide } from './arith';

// @ts-ignore: decorator
@inline function scaled(value: v128, exact: bool, by: v128): v128 {
  const wide = f64x2.convert_low_i32x4_s(value);
  return exact ? f64x2.mul(wide, by) : f64x2.div(wide, by);
}

/** Clamped and truncated to two int32 in the low half. */
// @ts-ignore: decorator
@inline function counts(out: v128, full: v128, least: v128, most: v128): v128 {
  return truncateWide(f64x2.pmin(most, f64x2.pmax(least, f64x2.mul(out, full))));
}

/** One run of eight columns; `z` as in biquad. */
// @ts-ignore: decorator
@inline function eightColumns(exact: bool, samples: usize, rowBytes: usize, rowCount: i32, section: usize, mask: usize, z: usize): void {
  const b0 = v128.load_splat<f64>(section), b1 = v128.load_splat<f64>(section, 8), b2 = v128.load_splat<f64>(section, 16);
  const a1 = v128.load_splat<f64>(section, 24), a2 = v128.load_splat<f64>(section, 32), full = v128.load_splat<f64>(section, 40);
  const by = exact ? v128.load_splat<f64>(section, 48) : full;
  const least = v128.load_splat<f64>(section, 56), most = v128.load_splat<f64>(section, 64), valid = v128.load(mask);
  let p0 = v128.load(z), p1 = v128.load(z, 16), p2 = v128.load(z, 32), p3 = v128.load(z, 48);
  let q0 = v128.load(z, 64), q1 = v128.load(z, 80), q2 = v128.load(z, 96), q3 = v128.load(z, 112);
  let at = samples;
  for (let row = 0; row < rowCount; row++) {
    const raw = v128.load(at);
    const low = i32x4.extend_low_i16x8_s(raw), high = i32x4.extend_high_i16x8_s(raw);
    const x0 = scaled(low, exact, by), x1 = scaled(i64x2.shuffle(low, low, 1, 0), exact, by);
    const x2 = scaled(high, exact, by), x3 = scaled(i64x2.shuffle(high, high, 1, 0), exact, by);
    const y0 = f64x2.add(f64x2.mul(x0, b0), p0), y1 = f64x2.add(f64x2.mul(x1, b0), p1);
    const y2 = f64x2.add(f64x2.mul(x2, b0), p2), y3 = f64x2.add(f64x2.mul(x3, b0), p3);
    p0 = f64x2.sub(f64x2.add(f64x2.mul(x0, b1), q0), f64x2.mul(a1, y0));
    p1 = f64x2.sub(f64x2.add(f64x2.mul(x1, b1), q1), f64x2.mul(a1, y1));
    p2 = f64x2.sub(f64x2.add(f64x2.mul(x2, b1), q2), f64x2.mul(a1, y2));
    p3 = f64x2.sub(f64x2.add(f64x2.mul(x3, b1), q3), f64x2.mul(a1, y3));
    q0 = f64x2.sub(f64x2.mul(x0, b2), f64x2.mul(a2, y0));
    q1 = f64x2.sub(f64x2.mul(x1, b2), f64x2.mul(a2, y1));
    q2 = f64x2.sub(f64x2.mul(x2, b2), f64x2.mul(a2, y2));
    q3 = f64x2.sub(f64x2.mul(x3, b2), f64x2.mul(a2, y3));
    const firstFour = i64x2.shuffle(counts(y0, full, least, most), counts(y1, full, least, most), 0, 2);
    const lastFour = i64x2.shuffle(counts(y2, full, least, most), counts(y3, full, least, most), 0, 2);
    v128.store(at, v128.bitselect(i16x8.narrow_i32x4_s(firstFour, lastFour), raw, valid));
    at += rowBytes;
  }
  v128.store(z, p0); v128.store(z, p1, 16); v128.store(z, p2, 32); v128.store(z, p3, 48);
  v128.store(z, q0, 64); v128.store(z, q1, 80); v128.store(z, q2, 96); v128.store(z, q3, 112);
}

/**
 * In place on the first `columns` columns of int16 rows `rowBytes` apart. state: for each run of eight columns, z1 of
 * the eight, z2 of the eight (f64). Reads, and leaves as it is, up to 14 bytes behind the last column.
 */
export function biquad(samples: usize, rowBytes: usize, columns: i32, rowCount: i32, section: usize, state: usize): void {
  const exact = load<f64>(section, 48) != 0;
  let at = samples, z = state;
  for (let left = columns; left > 0; left -= 8) {
    const mask = section + (left >= 8 ? 72 : 88);
    if (exact) eightColumns(true, at, rowBytes, rowCount, section, mask, z);
    else eightColumns(false, at, rowBytes, rowCount, section, mask, z);
    at += 16;
    z += 128;
  }
}
