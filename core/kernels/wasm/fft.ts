// Circular filter of one column group by forward FFT, gain and inverse FFT: 32768 points, single precision.
//
// A group is [row][8] int16. Columns 2p and 2p+1 of a group are one complex signal (re = even, im = odd), so a group is
// four complex signals: the four lanes of every f32x4 here. One transform serves both columns of a pair for any gain
// with G[N-k] = conj G[k].
//
// 32768 = 8^5. Forward: five radix-8 passes, decimation in frequency; inverse: the same five backwards, decimation in
// time. The spectrum stays in the order in which the forward passes leave it (base-8 digits reversed) and the gain
// table is stored in that order. Passes run depth first, so that only the outermost two of each direction leave the
// first-level cache.
//
// Work area: element e (re f32x4, im f32x4 = 32 bytes) lies at byte e*32 + (e>>9)*64. The 64 bytes after each 512
// elements keep the eight streams of a pass in different cache sets.
// Twiddles multiply the outputs of a pass, forward and inverse (as inputs they would have to stay in registers with
// all the data). Both tables are (cos, sin) pairs of f32 of the angle 2 pi j k / n.
//   forward: n = 32768, 4096, 512, 64; k < n/8; j = 1..7.
//   inverse: n = 64, 512, 4096, 32768; j < 8 (which eighth of the next transform this block is); k0 < n/64; i < 8,
//   with k = k0 + i n/64, the place of output i in the block.
// Gain: 32768 pairs (re, im) f32, digit-reversed, with the factor 1/N and another 2^-16, because int16 values are read
// into the upper halves of int32.
// All pointers are byte addresses.

import { madd, nmadd, truncate } from './arith';

@inline const ELEMENT: usize = 32;
/** Bytes of factors for one butterfly. */
@inline const TWIDDLES: usize = 56;
@inline const TURNS: usize = 64;

@inline const STRIDE_512: usize = 512 * 32 + 64;
@inline const STRIDE_4096: usize = 8 * STRIDE_512;

// Addresses cost as much as arithmetic here unless they are a pointer plus an immediate, and AssemblyScript takes
// nothing for an immediate that was a function's argument. So constants are passed as types: the distance between the
// inputs or outputs of a butterfly, in elements of the work area or rows of a group, and the numbers of its outputs.
type Elements4096 = u8;
type Elements512 = u16;
type Elements64 = u32;
type Elements8 = u64;
type Elements1 = v128;
type Rows4096 = f32;

// @ts-ignore: decorator
@inline function bytes<Distance>(): usize {
  return isFloat<Distance>() ? 4096 * 16
    : sizeof<Distance>() == 1 ? STRIDE_4096
    : sizeof<Distance>() == 2 ? STRIDE_512
    : sizeof<Distance>() == 4 ? 64 * ELEMENT
    : sizeof<Distance>() == 8 ? 8 * ELEMENT : ELEMENT;
}

type N0 = u8;
type N1 = u16;
type N2 = u32;
type N3 = u64;
type N4 = i8;
type N5 = i16;
type N6 = i32;
type N7 = i64;

// @ts-ignore: decorator
@inline function n<Number>(): usize {
  return (isSigned<Number>() ? 4 : 0) + (sizeof<Number>() == 1 ? 0 : sizeof<Number>() == 2 ? 1 : sizeof<Number>() == 4 ? 2 : 3);
}

// What becomes of a butterfly's outputs.
@inline const FIRST: i32 = -1;    // less the offset, times conj twiddle, to the work area
@inline const FORWARD: i32 = 0;   // times conj twiddle, to the work area
@inline const SPECTRUM: i32 = 1;  // times gain, to the work area
@inline const INVERSE: i32 = 2;   // to the work area (from here on re and im arrive swapped)
@inline const TURNED: i32 = 3;    // times twiddle, to the work area
@inline const NATIVE: i32 = 4;    // truncated, wrapped, to int16 rows
@inline const SHIFTED: i32 = 5;   // plus offset, truncated, wrapped, to int16 rows
@inline const EXACT: i32 = 6;     // plus offset, rounded, saturated, to int16 rows

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
@inline function put<Number, Distance>(kind: i32, re: v128, im: v128, out: usize, factors: usize, offsets: usize): void {
  if (kind == FIRST || kind == FORWARD) {
    if (n<Number>() == 0) {
      v128.store(out, kind == FIRST ? f32x4.sub(re, v128.load(offsets)) : re);
      v128.store(out, kind == FIRST ? f32x4.sub(im, v128.load(offsets, 16)) : im, 16);
    } else {
      const c = v128.load_splat<f32>(factors, n<Number>() * 8 - 8);
      const s = v128.load_splat<f32>(factors, n<Number>() * 8 - 4);
      v128.store(out, conjRe(re, im, c, s), n<Number>() * bytes<Distance>());
      v128.store(out, conjIm(re, im, c, s), n<Number>() * bytes<Distance>() + 16);
    }
  } else if (kind == SPECTRUM) {
    const c = v128.load_splat<f32>(factors, n<Number>() * 8);
    const s = v128.load_splat<f32>(factors, n<Number>() * 8 + 4);
    v128.store(out, timesRe(re, im, c, s), n<Number>() * bytes<Distance>());
    v128.store(out, timesIm(re, im, c, s), n<Number>() * bytes<Distance>() + 16);
  } else if (kind == INVERSE) {
    v128.store(out, im, n<Number>() * bytes<Distance>());
    v128.store(out, re, n<Number>() * bytes<Distance>() + 16);
  } else if (kind == TURNED) {
    const c = v128.load_splat<f32>(factors, n<Number>() * 8);
    const s = v128.load_splat<f32>(factors, n<Number>() * 8 + 4);
    v128.store(out, timesRe(im, re, c, s), n<Number>() * bytes<Distance>());
    v128.store(out, timesIm(im, re, c, s), n<Number>() * bytes<Distance>() + 16);
  } else if (kind == NATIVE) {
    v128.store(out, wrapped(im, re), n<Number>() * bytes<Distance>());
  } else if (kind == SHIFTED) {
    v128.store(out, wrapped(f32x4.add(im, v128.load(offsets)), f32x4.add(re, v128.load(offsets, 16))), n<Number>() * bytes<Distance>());
  } else {
    const even = f32x4.nearest(f32x4.add(im, v128.load(offsets)));
    const odd = f32x4.nearest(f32x4.add(re, v128.load(offsets, 16)));
    const halves = i16x8.narrow_i32x4_s(truncate(even), truncate(odd));
    v128.store(out, i8x16.shuffle(halves, halves, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15), n<Number>() * bytes<Distance>());
  }
}

/** Lower halves of the truncated values, side by side. */
// @ts-ignore: decorator
@inline function wrapped(even: v128, odd: v128): v128 {
  return i16x8.shuffle(truncate(even), i32x4.shl(truncate(odd), 16), 0, 9, 2, 11, 4, 13, 6, 15);
}

/**
 * Eight-point transform exp(-i...) of x0..x7; output j goes to `put`. With re and im swapped on both sides it is the
 * inverse transform.
 */
// @ts-ignore: decorator
@inline function butterfly<Distance>(
  kind: i32, out: usize, factors: usize, offsets: usize,
  x0r: v128, x0i: v128, x1r: v128, x1i: v128, x2r: v128, x2i: v128, x3r: v128, x3i: v128,
  x4r: v128, x4i: v128, x5r: v128, x5i: v128, x6r: v128, x6i: v128, x7r: v128, x7i: v128,
): void {
  const a0r = f32x4.add(x0r, x4r), a0i = f32x4.add(x0i, x4i), a4r = f32x4.sub(x0r, x4r), a4i = f32x4.sub(x0i, x4i);
  const a2r = f32x4.add(x2r, x6r), a2i = f32x4.add(x2i, x6i), a6r = f32x4.sub(x2r, x6r), a6i = f32x4.sub(x2i, x6i);
  const a1r = f32x4.add(x1r, x5r), a1i = f32x4.add(x1i, x5i), a5r = f32x4.sub(x1r, x5r), a5i = f32x4.sub(x1i, x5i);
  const a3r = f32x4.add(x3r, x7r), a3i = f32x4.add(x3i, x7i), a7r = f32x4.sub(x3r, x7r), a7i = f32x4.sub(x3i, x7i);

  const b0r = f32x4.add(a0r, a2r), b0i = f32x4.add(a0i, a2i), b2r = f32x4.sub(a0r, a2r), b2i = f32x4.sub(a0i, a2i);
  const b1r = f32x4.add(a1r, a3r), b1i = f32x4.add(a1i, a3i), b3r = f32x4.sub(a1r, a3r), b3i = f32x4.sub(a1i, a3i);
  put<N0, Distance>(kind, f32x4.add(b0r, b1r), f32x4.add(b0i, b1i), out, factors, offsets);
  put<N4, Distance>(kind, f32x4.sub(b0r, b1r), f32x4.sub(b0i, b1i), out, factors, offsets);
  put<N2, Distance>(kind, f32x4.add(b2r, b3i), f32x4.sub(b2i, b3r), out, factors, offsets);
  put<N6, Distance>(kind, f32x4.sub(b2r, b3i), f32x4.add(b2i, b3r), out, factors, offsets);

  // The odd outputs need a5 and a7 turned by 45 and 135 degrees: sums first, one factor sqrt(1/2) at the end.
  const c0r = f32x4.add(a4r, a6i), c0i = f32x4.sub(a4i, a6r), c2r = f32x4.sub(a4r, a6i), c2i = f32x4.add(a4i, a6r);
  const sr = f32x4.sub(a5r, a7r), si = f32x4.sub(a5i, a7i), tr = f32x4.add(a5r, a7r), ti = f32x4.add(a5i, a7i);
  const pr = f32x4.add(sr, ti), pi = f32x4.sub(si, tr), qr = f32x4.add(tr, si), qi = f32x4.sub(ti, sr);
  const half = f32x4.splat(Mathf.SQRT1_2);
  put<N1, Distance>(kind, madd(pr, half, c0r), madd(pi, half, c0i), out, factors, offsets);
  put<N5, Distance>(kind, nmadd(pr, half, c0r), nmadd(pi, half, c0i), out, factors, offsets);
  put<N3, Distance>(kind, madd(qi, half, c2r), nmadd(qr, half, c2i), out, factors, offsets);
  put<N7, Distance>(kind, nmadd(qi, half, c2r), madd(qr, half, c2i), out, factors, offsets);
}

/** The even (odd) columns of a row of a group, times 65536. */
// @ts-ignore: decorator
@inline function evenOf(row: v128): v128 { return f32x4.convert_i32x4_s(i32x4.shl(row, 16)); }
// @ts-ignore: decorator
@inline function oddOf(row: v128): v128 { return f32x4.convert_i32x4_s(v128.and(row, i32x4.splat(0xffff0000))); }

/**
 * Outermost forward pass: int16 rows to the work area. Offsets of the columns would cancel in all outputs of a
 * butterfly but the first, of which the caller gives eight times the offset (and times 65536) to take away; until
 * there sums are exact.
 */
function forwardFirst(rows: usize, work: usize, twiddles: usize, offsets: usize): void {
  let row = rows, out = work, factors = twiddles;
  for (let part = 0; part < 8; part++) {
    for (let k = 0; k < 512; k++) {
      const v0 = v128.load(row), v1 = v128.load(row, bytes<Rows4096>()), v2 = v128.load(row, 2 * bytes<Rows4096>()), v3 = v128.load(row, 3 * bytes<Rows4096>());
      const v4 = v128.load(row, 4 * bytes<Rows4096>()), v5 = v128.load(row, 5 * bytes<Rows4096>()), v6 = v128.load(row, 6 * bytes<Rows4096>()), v7 = v128.load(row, 7 * bytes<Rows4096>());
      butterfly<Elements4096>(FIRST, out, factors, offsets,
        evenOf(v0), oddOf(v0), evenOf(v1), oddOf(v1), evenOf(v2), oddOf(v2), evenOf(v3), oddOf(v3),
        evenOf(v4), oddOf(v4), evenOf(v5), oddOf(v5), evenOf(v6), oddOf(v6), evenOf(v7), oddOf(v7));
      row += 16;
      out += ELEMENT;
      factors += TWIDDLES;
    }
    out += 64;
  }
}

// @ts-ignore: decorator
@inline function forwardPass<Distance>(block: usize, count: i32, twiddles: usize): void {
  let x = block, factors = twiddles;
  for (let k = 0; k < count; k++) {
    butterfly<Distance>(FORWARD, x, factors, 0,
      v128.load(x), v128.load(x, 16), v128.load(x, bytes<Distance>()), v128.load(x, bytes<Distance>() + 16),
      v128.load(x, 2 * bytes<Distance>()), v128.load(x, 2 * bytes<Distance>() + 16), v128.load(x, 3 * bytes<Distance>()), v128.load(x, 3 * bytes<Distance>() + 16),
      v128.load(x, 4 * bytes<Distance>()), v128.load(x, 4 * bytes<Distance>() + 16), v128.load(x, 5 * bytes<Distance>()), v128.load(x, 5 * bytes<Distance>() + 16),
      v128.load(x, 6 * bytes<Distance>()), v128.load(x, 6 * bytes<Distance>() + 16), v128.load(x, 7 * bytes<Distance>()), v128.load(x, 7 * bytes<Distance>() + 16));
    x += ELEMENT;
    factors += TWIDDLES;
  }
}

/** Innermost passes of both directions with the gain between them, over 64 elements. */
// @ts-ignore: decorator
@inline function middle(block: usize, gain: usize, turns: usize): void {
  let x = block, g = gain, factors = turns;
  for (let k = 0; k < 8; k++) {
    butterfly<Elements1>(SPECTRUM, x, g, 0,
      v128.load(x), v128.load(x, 16), v128.load(x, 32), v128.load(x, 48), v128.load(x, 64), v128.load(x, 80), v128.load(x, 96), v128.load(x, 112),
      v128.load(x, 128), v128.load(x, 144), v128.load(x, 160), v128.load(x, 176), v128.load(x, 192), v128.load(x, 208), v128.load(x, 224), v128.load(x, 240));
    inverseButterfly<Elements1, Elements1>(TURNED, x, factors, x, 0);
    x += 8 * ELEMENT;
    g += 64;
    factors += TURNS;
  }
}

// @ts-ignore: decorator
@inline function inverseButterfly<From, To>(kind: i32, x: usize, factors: usize, out: usize, offsets: usize): void {
  butterfly<To>(kind, out, factors, offsets,
    v128.load(x, 16), v128.load(x), v128.load(x, bytes<From>() + 16), v128.load(x, bytes<From>()),
    v128.load(x, 2 * bytes<From>() + 16), v128.load(x, 2 * bytes<From>()), v128.load(x, 3 * bytes<From>() + 16), v128.load(x, 3 * bytes<From>()),
    v128.load(x, 4 * bytes<From>() + 16), v128.load(x, 4 * bytes<From>()), v128.load(x, 5 * bytes<From>() + 16), v128.load(x, 5 * bytes<From>()),
    v128.load(x, 6 * bytes<From>() + 16), v128.load(x, 6 * bytes<From>()), v128.load(x, 7 * bytes<From>() + 16), v128.load(x, 7 * bytes<From>()));
}

/** `turns`: the twiddles of this block's eighth of the next transform; 0 for the first eighth, which has none. */
// @ts-ignore: decorator
@inline function inversePass<Distance>(block: usize, count: i32, turns: usize): void {
  let x = block, factors = turns;
  if (turns) {
    for (let k = 0; k < count; k++) {
      inverseButterfly<Distance, Distance>(TURNED, x, factors, x, 0);
      x += ELEMENT;
      factors += TURNS;
    }
  } else {
    for (let k = 0; k < count; k++) {
      inverseButterfly<Distance, Distance>(INVERSE, x, 0, x, 0);
      x += ELEMENT;
    }
  }
}

/** Outermost inverse pass: the work area to int16 rows. */
// @ts-ignore: decorator
@inline function inverseLast(kind: i32, work: usize, rows: usize, offsets: usize): void {
  let x = work, row = rows;
  for (let part = 0; part < 8; part++) {
    for (let k = 0; k < 512; k++) {
      inverseButterfly<Elements4096, Rows4096>(kind, x, 0, row, offsets);
      x += ELEMENT;
      row += 16;
    }
    x += 64;
  }
}

// Each a function of its own: what is inlined into one grows too large for the engines' optimizers.
function inverseNative(work: usize, rows: usize): void { inverseLast(NATIVE, work, rows, 0); }
function inverseShifted(work: usize, rows: usize, offsets: usize): void { inverseLast(SHIFTED, work, rows, offsets); }
function inverseExact(work: usize, rows: usize, offsets: usize): void { inverseLast(EXACT, work, rows, offsets); }
function forward512(block: usize, twiddles: usize): void { forwardPass<Elements512>(block, 512, twiddles); }
function inverse512(block: usize, turns: usize): void { inversePass<Elements512>(block, 512, turns); }
function forward64(block: usize, twiddles: usize): void { forwardPass<Elements64>(block, 64, twiddles); }
function inverse64(block: usize, turns: usize): void { inversePass<Elements64>(block, 64, turns); }
function inner(block: usize, twiddles: usize, gain: usize, middleTurns: usize, turns: usize): void {
  forwardPass<Elements8>(block, 8, twiddles);
  middle(block, gain, middleTurns);
  inversePass<Elements8>(block, 8, turns);
}

/** What to do with the filtered values. */
@inline const ADD_OFFSET: i32 = 1;
@inline const ROUND: i32 = 2;

/**
 * Filters a group in place.
 * rows: [32768][8] int16. work: 32768*32 + 64*64 bytes. twiddles: the forward, then the inverse table. offsets: 16 f32:
 * what to take away from eight rows' sum on the way in, times 65536 (even columns, odd columns), what to add to a value
 * on the way out. mode: 0 truncate and wrap; 1 the same with the offset added; 3 add the offset, round and saturate.
 */
export function filterGroup(rows: usize, work: usize, twiddles: usize, gain: usize, offsets: usize, mode: i32): void {
  const twiddles512 = twiddles + 4096 * TWIDDLES;
  const twiddles64 = twiddles512 + 512 * TWIDDLES;
  const twiddles8 = twiddles64 + 64 * TWIDDLES;
  const turns1 = twiddles8 + 8 * TWIDDLES;
  const turns8 = turns1 + 8 * TURNS;
  const turns64 = turns8 + 64 * TURNS;
  const turns512 = turns64 + 512 * TURNS;
  forwardFirst(rows, work, twiddles, offsets);
  let g = gain;
  for (let a: usize = 0; a < 8; a++) {
    const block = work + a * STRIDE_4096;
    forward512(block, twiddles512);
    for (let b: usize = 0; b < 8; b++) {
      const part = block + b * STRIDE_512;
      forward64(part, twiddles64);
      for (let c: usize = 0; c < 8; c++) {
        inner(part + c * (64 * ELEMENT), twiddles8, g, turns1, c ? turns8 + c * (8 * TURNS) : 0);
        g += 512;
      }
      inverse64(part, b ? turns64 + b * (64 * TURNS) : 0);
    }
    inverse512(block, a ? turns512 + a * (512 * TURNS) : 0);
  }
  if (mode & ROUND) inverseExact(work, rows, offsets + 32);
  else if (mode & ADD_OFFSET) inverseShifted(work, rows, offsets + 32);
  else inverseNative(work, rows);
}
