// From interleaved int16 to filtered planar f32: eight columns at a time as [sample][8], a band-pass run forward and
// backward in place, then a transpose to rows; and the median reference over rows.

/** Eight adjacent int16 columns of `count` samples to [sample][8] f32. `rowBytes` = bytes of one interleaved sample. */
export function unpack8(source: usize, rowBytes: usize, count: i32, out: usize): void {
  for (let t = 0; t < count; t++) {
    v128.store(out, f32x4.convert_i32x4_s(v128.load16x4_s(source)));
    v128.store(out, f32x4.convert_i32x4_s(v128.load16x4_s(source, 8)), 16);
    source += rowBytes;
    out += 32;
  }
}

/**
 * Two biquads (b0 b1 b2 a1 a2 each, as f32 at `coefficients`) forward, then backward, over [sample][8]. The signal is
 * taken relative to its first sample, so that an offset starts no transient.
 */
export function filter8(rows: usize, count: i32, coefficients: usize): void {
  const first = v128.load(rows), second = v128.load(rows, 16);
  for (let t = 0, row = rows; t < count; t++, row += 32) {
    v128.store(row, f32x4.sub(v128.load(row), first));
    v128.store(row, f32x4.sub(v128.load(row, 16), second), 16);
  }
  cascade(rows, 32, count, coefficients);
  cascade(rows + (<usize>count - 1) * 32, -32, count, coefficients);
}

/** Both biquads in transposed direct form II, two vectors side by side to hide the latency of the recursion. */
function cascade(start: usize, step: isize, count: i32, coefficients: usize): void {
  const b0 = v128.load_splat<f32>(coefficients), b1 = v128.load_splat<f32>(coefficients + 4), b2 = v128.load_splat<f32>(coefficients + 8);
  const a1 = v128.load_splat<f32>(coefficients + 12), a2 = v128.load_splat<f32>(coefficients + 16);
  const d0 = v128.load_splat<f32>(coefficients + 20), d1 = v128.load_splat<f32>(coefficients + 24), d2 = v128.load_splat<f32>(coefficients + 28);
  const c1 = v128.load_splat<f32>(coefficients + 32), c2 = v128.load_splat<f32>(coefficients + 36);
  // A denormal state would make every operation slow: a constant far below the signal keeps it away.
  const tiny = f32x4.splat(1e-18);
  let p1 = tiny, p2 = tiny, q1 = tiny, q2 = tiny, r1 = tiny, r2 = tiny, s1 = tiny, s2 = tiny;
  let row = start;
  for (let t = 0; t < count; t++) {
    const x = f32x4.add(v128.load(row), tiny), u = f32x4.add(v128.load(row, 16), tiny);
    const y = f32x4.add(f32x4.mul(b0, x), p1), v = f32x4.add(f32x4.mul(b0, u), q1);
    p1 = f32x4.sub(f32x4.add(f32x4.mul(b1, x), p2), f32x4.mul(a1, y));
    q1 = f32x4.sub(f32x4.add(f32x4.mul(b1, u), q2), f32x4.mul(a1, v));
    p2 = f32x4.sub(f32x4.mul(b2, x), f32x4.mul(a2, y));
    q2 = f32x4.sub(f32x4.mul(b2, u), f32x4.mul(a2, v));
    const z = f32x4.add(f32x4.mul(d0, y), r1), w = f32x4.add(f32x4.mul(d0, v), s1);
    r1 = f32x4.sub(f32x4.add(f32x4.mul(d1, y), r2), f32x4.mul(c1, z));
    s1 = f32x4.sub(f32x4.add(f32x4.mul(d1, v), s2), f32x4.mul(c1, w));
    r2 = f32x4.sub(f32x4.mul(d2, y), f32x4.mul(c2, z));
    s2 = f32x4.sub(f32x4.mul(d2, v), f32x4.mul(c2, w));
    v128.store(row, z);
    v128.store(row, w, 16);
    row += step;
  }
}

/** Four vectors of four lanes, transposed and scaled, to four rows at sample offset `at` (bytes). */
// @ts-ignore: decorator
@inline function spread4(a: v128, b: v128, c: v128, d: v128, targets: usize, scales: usize, at: usize): void {
  const ab = i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const cd = i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const AB = i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const CD = i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  v128.store(<usize>load<u32>(targets) + at, f32x4.mul(i64x2.shuffle(ab, cd, 0, 2), v128.load_splat<f32>(scales)));
  v128.store(<usize>load<u32>(targets, 4) + at, f32x4.mul(i64x2.shuffle(ab, cd, 1, 3), v128.load_splat<f32>(scales + 4)));
  v128.store(<usize>load<u32>(targets, 8) + at, f32x4.mul(i64x2.shuffle(AB, CD, 0, 2), v128.load_splat<f32>(scales + 8)));
  v128.store(<usize>load<u32>(targets, 12) + at, f32x4.mul(i64x2.shuffle(AB, CD, 1, 3), v128.load_splat<f32>(scales + 12)));
}

/** [sample][8] to eight planar rows whose addresses (u32) are at `targets`, times eight scales. `count` is a multiple of 4. */
export function spread8(rows: usize, count: i32, targets: usize, scales: usize): void {
  for (let t = 0; t < count; t += 4, rows += 128) {
    const at = <usize>t << 2;
    spread4(v128.load(rows), v128.load(rows, 32), v128.load(rows, 64), v128.load(rows, 96), targets, scales, at);
    spread4(v128.load(rows, 16), v128.load(rows, 48), v128.load(rows, 80), v128.load(rows, 112), targets + 16, scales + 16, at);
  }
}

/**
 * Subtracts from `rowCount` planar rows (addresses at `table`) the median over them, sample by sample, by bisection of
 * +-`limit` in `steps` halvings. `scratch` holds rowCount x 16 f32. `count` is a multiple of 16.
 */
export function subtractMedian(table: usize, rowCount: i32, count: i32, limit: f32, steps: i32, scratch: usize): void {
  const half = i32x4.splat(rowCount >> 1);
  for (let t = 0; t < count; t += 16) {
    const at = <usize>t << 2;
    for (let r = 0, to = scratch; r < rowCount; r++, to += 64) {
      const from = <usize>load<u32>(table + (<usize>r << 2)) + at;
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
    }
    let m0 = f32x4.splat(0), m1 = m0, m2 = m0, m3 = m0;
    let width = limit;
    for (let step = 0; step < steps; step++) {
      width *= 0.5;
      let n0 = i32x4.splat(0), n1 = n0, n2 = n0, n3 = n0;
      for (let r = 0, from = scratch; r < rowCount; r++, from += 64) {
        n0 = i32x4.sub(n0, f32x4.gt(v128.load(from), m0));
        n1 = i32x4.sub(n1, f32x4.gt(v128.load(from, 16), m1));
        n2 = i32x4.sub(n2, f32x4.gt(v128.load(from, 32), m2));
        n3 = i32x4.sub(n3, f32x4.gt(v128.load(from, 48), m3));
      }
      const up = f32x4.splat(width), down = f32x4.splat(-width);
      m0 = f32x4.add(m0, v128.bitselect(up, down, i32x4.gt_s(n0, half)));
      m1 = f32x4.add(m1, v128.bitselect(up, down, i32x4.gt_s(n1, half)));
      m2 = f32x4.add(m2, v128.bitselect(up, down, i32x4.gt_s(n2, half)));
      m3 = f32x4.add(m3, v128.bitselect(up, down, i32x4.gt_s(n3, half)));
    }
    for (let r = 0, from = scratch; r < rowCount; r++, from += 64) {
      const to = <usize>load<u32>(table + (<usize>r << 2)) + at;
      v128.store(to, f32x4.sub(v128.load(from), m0));
      v128.store(to, f32x4.sub(v128.load(from, 16), m1), 16);
      v128.store(to, f32x4.sub(v128.load(from, 32), m2), 32);
      v128.store(to, f32x4.sub(v128.load(from, 48), m3), 48);
    }
  }
}
