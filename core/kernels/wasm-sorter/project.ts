// Mixtures of rows (registration and whitening, spatial parts of templates) and their temporal parts.

/**
 * Four mixtures of rows: out_i[t] = sum over k of weights[k][i] * rows_k[t], i = 0..3. Row addresses (u32) at `table`,
 * output addresses at `targets`, `offset` and `count` in samples; `count` is a multiple of 8.
 */
export function mix4(table: usize, rowCount: i32, weights: usize, targets: usize, offset: i32, count: i32): void {
  const begin = <usize>offset << 2, end = begin + (<usize>count << 2);
  const o0 = <usize>load<u32>(targets), o1 = <usize>load<u32>(targets, 4), o2 = <usize>load<u32>(targets, 8), o3 = <usize>load<u32>(targets, 12);
  const tableEnd = table + (<usize>rowCount << 2);
  for (let at = begin; at < end; at += 32) {
    let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    let weight = weights;
    for (let entry = table; entry < tableEnd; entry += 4, weight += 16) {
      const row = <usize>load<u32>(entry) + at;
      const x = v128.load(row), y = v128.load(row, 16);
      const a = v128.load_splat<f32>(weight), b = v128.load_splat<f32>(weight + 4), c = v128.load_splat<f32>(weight + 8), d = v128.load_splat<f32>(weight + 12);
      a0 = f32x4.add(a0, f32x4.mul(a, x));
      a1 = f32x4.add(a1, f32x4.mul(a, y));
      b0 = f32x4.add(b0, f32x4.mul(b, x));
      b1 = f32x4.add(b1, f32x4.mul(b, y));
      c0 = f32x4.add(c0, f32x4.mul(c, x));
      c1 = f32x4.add(c1, f32x4.mul(c, y));
      d0 = f32x4.add(d0, f32x4.mul(d, x));
      d1 = f32x4.add(d1, f32x4.mul(d, y));
    }
    v128.store(o0 + at, a0);
    v128.store(o0 + at, a1, 16);
    v128.store(o1 + at, b0);
    v128.store(o1 + at, b1, 16);
    v128.store(o2 + at, c0);
    v128.store(o2 + at, c1, 16);
    v128.store(o3 + at, d0);
    v128.store(o3 + at, d1, 16);
  }
}

/** Three mixtures to out, out + stride, out + 2 stride (bytes), counted from `offset`; `count` is a multiple of 8. */
export function mix3(table: usize, rowCount: i32, weights: usize, offset: i32, count: i32, out: usize, stride: usize): void {
  const begin = <usize>offset << 2, end = begin + (<usize>count << 2);
  const tableEnd = table + (<usize>rowCount << 2);
  for (let at = begin; at < end; at += 32, out += 32) {
    let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0;
    let weight = weights;
    for (let entry = table; entry < tableEnd; entry += 4, weight += 12) {
      const row = <usize>load<u32>(entry) + at;
      const x = v128.load(row), y = v128.load(row, 16);
      const a = v128.load_splat<f32>(weight), b = v128.load_splat<f32>(weight + 4), c = v128.load_splat<f32>(weight + 8);
      a0 = f32x4.add(a0, f32x4.mul(a, x));
      a1 = f32x4.add(a1, f32x4.mul(a, y));
      b0 = f32x4.add(b0, f32x4.mul(b, x));
      b1 = f32x4.add(b1, f32x4.mul(b, y));
      c0 = f32x4.add(c0, f32x4.mul(c, x));
      c1 = f32x4.add(c1, f32x4.mul(c, y));
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out + stride, b0);
    v128.store(out + stride, b1, 16);
    v128.store(out + 2 * stride, c0);
    v128.store(out + 2 * stride, c1, 16);
  }
}

/** out[t] = sum over r < 3, j < taps of kernel[r][j] * signal_r[t + j]; rows `stride` bytes apart; `count` a multiple of 16. */
export function convolve3(signal: usize, stride: usize, kernel: usize, taps: i32, out: usize, count: i32): void {
  for (let t = 0; t < count; t += 16, signal += 64, out += 64) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let tap = kernel;
    for (let r = 0, row = signal; r < 3; r++, row += stride) {
      const rowEnd = row + (<usize>taps << 2);
      for (let x = row; x < rowEnd; x += 4, tap += 4) {
        const w = v128.load_splat<f32>(tap);
        a = f32x4.add(a, f32x4.mul(w, v128.load(x)));
        b = f32x4.add(b, f32x4.mul(w, v128.load(x, 16)));
        c = f32x4.add(c, f32x4.mul(w, v128.load(x, 32)));
        d = f32x4.add(d, f32x4.mul(w, v128.load(x, 48)));
      }
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
  }
}
