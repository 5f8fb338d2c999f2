// The eight-point butterfly that all passes of the filter (fft.ts) are made of, with everything that can happen to its
// inputs and outputs. Sources and kinds are constants of the caller; what does not apply is gone after inlining.

import { madd, nmadd, truncate } from './arith';

// Where a butterfly's inputs are.
@inline export const ROWS: i32 = 0;     // int16 rows of the group
@inline export const WORK: i32 = 1;     // the work area
@inline export const SWAPPED: i32 = 2;  // the work area, re and im swapped

// What becomes of its outputs.
@inline export const FIRST: i32 = -1;    // less the offset, times conj twiddle, to the work area
@inline export const FORWARD: i32 = 0;   // times conj twiddle, to the work area
@inline export const SPECTRUM: i32 = 1;  // times gain, to the work area
@inline export const INVERSE: i32 = 2;   // to the work area (from here on re and im arrive swapped)
@inline export const TURNED: i32 = 3;    // times twiddle, to the work area
@inline export const NATIVE: i32 = 4;    // truncated, wrapped, to int16 rows
@inline export const SHIFTED: i32 = 5;   // plus offset, truncated, wrapped, to int16 rows
@inline export const EXACT: i32 = 6;     // plus offset, rounded, saturated, to int16 rows

/** (re, im) times (c - i s): real, imaginary part. */
// @ts-ignore: decorator
@inline function conjRe(re: v128, im: v128, c: v128, s: v128): v128 { return madd(im, s, f32x4.mul(re, c)); }
// @ts-ignore: decorator
@inline function conjIm(re: v128, im: v128, c: v128, s: v128): v128 { return nmadd(re, s, f32x4.mul(im, c)); }
/** (re, im) times (c + i s): real, imaginary part. */
// @ts-ignore: decorator
@inline function timesRe(re: v128, im: v128, c: v128, s: v128): v128 { return nmadd(im, s, f32x4.mul(re, c)); }
// @ts-ignore: decorator
@inline function timesIm(re: v128, im: v128, c: v128, s: v128): v128 { return madd(re, s, f32x4.mul(im, c)); }

// @ts-ignore: decorator
@inline function put(kind: i32, j: usize, re: v128, im: v128, out: usize, stride: usize, factors: usize, offsets: usize): void {
  if (kind == FIRST || kind == FORWARD) {
    if (j == 0) {
      v128.store(out, kind == FIRST ? f32x4.sub(re, v128.load(offsets)) : re);
      v128.store(out, kind == FIRST ? f32x4.sub(im, v128.load(offsets, 16)) : im, 16);
    } else {
      const c = v128.load_splat<f32>(factors + (j - 1) * 8);
      const s = v128.load_splat<f32>(factors + (j - 1) * 8 + 4);
      v128.store(out + j * stride, conjRe(re, im, c, s));
      v128.store(out + j * stride + 16, conjIm(re, im, c, s));
    }
  } else if (kind == SPECTRUM) {
    const c = v128.load_splat<f32>(factors + j * 8);
    const s = v128.load_splat<f32>(factors + j * 8 + 4);
    v128.store(out + j * stride, timesRe(re, im, c, s));
    v128.store(out + j * stride + 16, timesIm(re, im, c, s));
  } else if (kind == INVERSE) {
    v128.store(out + j * stride, im);
    v128.store(out + j * stride + 16, re);
  } else if (kind == TURNED) {
    const c = v128.load_splat<f32>(factors + j * 8);
    const s = v128.load_splat<f32>(factors + j * 8 + 4);
    v128.store(out + j * stride, timesRe(im, re, c, s));
    v128.store(out + j * stride + 16, timesIm(im, re, c, s));
  } else if (kind == NATIVE) {
    v128.store(out + j * stride, wrapped(im, re));
  } else if (kind == SHIFTED) {
    v128.store(out + j * stride, wrapped(f32x4.add(im, v128.load(offsets)), f32x4.add(re, v128.load(offsets, 16))));
  } else {
    const even = f32x4.nearest(f32x4.add(im, v128.load(offsets)));
    const odd = f32x4.nearest(f32x4.add(re, v128.load(offsets, 16)));
    const halves = i16x8.narrow_i32x4_s(truncate(even), truncate(odd));
    v128.store(out + j * stride, i8x16.shuffle(halves, halves, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15));
  }
}

/** Lower halves of the truncated values, side by side. */
// @ts-ignore: decorator
@inline function wrapped(even: v128, odd: v128): v128 {
  return i16x8.shuffle(truncate(even), i32x4.shl(truncate(odd), 16), 0, 9, 2, 11, 4, 13, 6, 15);
}

/** Element at `from` + `at`: real and imaginary part. */
// @ts-ignore: decorator
@inline function realAt(source: i32, at: usize): v128 {
  return source == ROWS ? evenOf(v128.load(at)) : source == WORK ? v128.load(at) : v128.load(at, 16);
}
// @ts-ignore: decorator
@inline function imagAt(source: i32, at: usize): v128 {
  return source == ROWS ? oddOf(v128.load(at)) : source == WORK ? v128.load(at, 16) : v128.load(at);
}

/**
 * Eight-point transform exp(-i...) of the elements `step` apart at `from`; output j goes to `put`. With re and im
 * swapped on both sides it is the inverse transform. The differences of the first step wait in `spare` (128 bytes):
 * sixteen registers do not hold all, and the engine, left alone, would keep the inputs as well.
 */
// @ts-ignore: decorator
@inline export function butterfly(source: i32, from: usize, step: usize, kind: i32, out: usize, stride: usize, factors: usize, offsets: usize, spare: usize): void {
  const x0r = realAt(source, from), x4r = realAt(source, from + 4 * step), a0r = f32x4.add(x0r, x4r);
  v128.store(spare, f32x4.sub(x0r, x4r));
  const x0i = imagAt(source, from), x4i = imagAt(source, from + 4 * step), a0i = f32x4.add(x0i, x4i);
  v128.store(spare, f32x4.sub(x0i, x4i), 16);
  const x2r = realAt(source, from + 2 * step), x6r = realAt(source, from + 6 * step), a2r = f32x4.add(x2r, x6r);
  v128.store(spare, f32x4.sub(x2r, x6r), 64);
  const x2i = imagAt(source, from + 2 * step), x6i = imagAt(source, from + 6 * step), a2i = f32x4.add(x2i, x6i);
  v128.store(spare, f32x4.sub(x2i, x6i), 80);
  const x1r = realAt(source, from + step), x5r = realAt(source, from + 5 * step), a1r = f32x4.add(x1r, x5r);
  v128.store(spare, f32x4.sub(x1r, x5r), 32);
  const x1i = imagAt(source, from + step), x5i = imagAt(source, from + 5 * step), a1i = f32x4.add(x1i, x5i);
  v128.store(spare, f32x4.sub(x1i, x5i), 48);
  const x3r = realAt(source, from + 3 * step), x7r = realAt(source, from + 7 * step), a3r = f32x4.add(x3r, x7r);
  v128.store(spare, f32x4.sub(x3r, x7r), 96);
  const x3i = imagAt(source, from + 3 * step), x7i = imagAt(source, from + 7 * step), a3i = f32x4.add(x3i, x7i);
  v128.store(spare, f32x4.sub(x3i, x7i), 112);

  const b0r = f32x4.add(a0r, a2r), b0i = f32x4.add(a0i, a2i), b2r = f32x4.sub(a0r, a2r), b2i = f32x4.sub(a0i, a2i);
  const b1r = f32x4.add(a1r, a3r), b1i = f32x4.add(a1i, a3i), b3r = f32x4.sub(a1r, a3r), b3i = f32x4.sub(a1i, a3i);
  put(kind, 0, f32x4.add(b0r, b1r), f32x4.add(b0i, b1i), out, stride, factors, offsets);
  put(kind, 4, f32x4.sub(b0r, b1r), f32x4.sub(b0i, b1i), out, stride, factors, offsets);
  put(kind, 2, f32x4.add(b2r, b3i), f32x4.sub(b2i, b3r), out, stride, factors, offsets);
  put(kind, 6, f32x4.sub(b2r, b3i), f32x4.add(b2i, b3r), out, stride, factors, offsets);

  // The odd outputs need a5 and a7 turned by 45 and 135 degrees: sums first, one factor sqrt(1/2) at the end.
  const a4r = v128.load(spare), a4i = v128.load(spare, 16), a5r = v128.load(spare, 32), a5i = v128.load(spare, 48);
  const a6r = v128.load(spare, 64), a6i = v128.load(spare, 80), a7r = v128.load(spare, 96), a7i = v128.load(spare, 112);
  const c0r = f32x4.add(a4r, a6i), c0i = f32x4.sub(a4i, a6r), c2r = f32x4.sub(a4r, a6i), c2i = f32x4.add(a4i, a6r);
  const sr = f32x4.sub(a5r, a7r), si = f32x4.sub(a5i, a7i), tr = f32x4.add(a5r, a7r), ti = f32x4.add(a5i, a7i);
  const pr = f32x4.add(sr, ti), pi = f32x4.sub(si, tr), qr = f32x4.add(tr, si), qi = f32x4.sub(ti, sr);
  const half = f32x4.splat(Mathf.SQRT1_2);
  put(kind, 1, madd(pr, half, c0r), madd(pi, half, c0i), out, stride, factors, offsets);
  put(kind, 5, nmadd(pr, half, c0r), nmadd(pi, half, c0i), out, stride, factors, offsets);
  put(kind, 3, madd(qi, half, c2r), nmadd(qr, half, c2i), out, stride, factors, offsets);
  put(kind, 7, nmadd(qi, half, c2r), madd(qr, half, c2i), out, stride, factors, offsets);
}

/** The even (odd) columns of a row of a group, times 65536. */
// @ts-ignore: decorator
@inline function evenOf(row: v128): v128 { return f32x4.convert_i32x4_s(i32x4.shl(row, 16)); }
// @ts-ignore: decorator
@inline function oddOf(row: v128): v128 { return f32x4.convert_i32x4_s(v128.and(row, i32x4.splat(0xffff0000))); }
