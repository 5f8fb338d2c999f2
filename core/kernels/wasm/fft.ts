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

import { butterfly, EXACT, FIRST, FORWARD, INVERSE, NATIVE, ROWS, SHIFTED, SPECTRUM, SWAPPED, TURNED, WORK } from './butterfly';

@inline const ELEMENT: usize = 32;
/** Bytes of factors for one butterfly. */
@inline const TWIDDLES: usize = 56;
@inline const TURNS: usize = 64;
/** Byte distance of the inputs of one butterfly, outermost pass first. */
@inline const STRIDE_4096: usize = 8 * (512 * 32 + 64);
@inline const STRIDE_512: usize = 512 * 32 + 64;
@inline const STRIDE_64: usize = 64 * 32;
@inline const STRIDE_8: usize = 8 * 32;
/** Byte distance of rows r and r + 4096 of a group. */
@inline const ROWS_4096: usize = 4096 * 16;

/**
 * Outermost forward pass: int16 rows to the work area. Offsets of the columns would cancel in all outputs of a
 * butterfly but the first, of which the caller gives eight times the offset (and times 65536) to take away; until
 * there sums are exact.
 */
function forwardFirst(rows: usize, work: usize, twiddles: usize, offsets: usize, spare: usize): void {
  let row = rows, out = work, factors = twiddles;
  for (let part = 0; part < 8; part++) {
    for (let k = 0; k < 512; k++) {
      butterfly(ROWS, row, ROWS_4096, FIRST, out, STRIDE_4096, factors, offsets, spare);
      row += 16;
      out += ELEMENT;
      factors += TWIDDLES;
    }
    out += 64;
  }
}

// @ts-ignore: decorator
@inline function forwardPass(block: usize, count: i32, stride: usize, twiddles: usize, spare: usize): void {
  let x = block, factors = twiddles;
  for (let k = 0; k < count; k++) {
    butterfly(WORK, x, stride, FORWARD, x, stride, factors, 0, spare);
    x += ELEMENT;
    factors += TWIDDLES;
  }
}

/** Innermost passes of both directions with the gain between them, over 64 elements. */
// @ts-ignore: decorator
@inline function middle(block: usize, gain: usize, turns: usize, spare: usize): void {
  let x = block, g = gain, factors = turns;
  for (let k = 0; k < 8; k++) {
    butterfly(WORK, x, ELEMENT, SPECTRUM, x, ELEMENT, g, 0, spare);
    butterfly(SWAPPED, x, ELEMENT, TURNED, x, ELEMENT, factors, 0, spare);
    x += 8 * ELEMENT;
    g += 64;
    factors += TURNS;
  }
}

/** `turns`: the twiddles of this block's eighth of the next transform; 0 for the first eighth, which has none. */
// @ts-ignore: decorator
@inline function inversePass(block: usize, count: i32, stride: usize, turns: usize, spare: usize): void {
  let x = block, factors = turns;
  if (turns) {
    for (let k = 0; k < count; k++) {
      butterfly(SWAPPED, x, stride, TURNED, x, stride, factors, 0, spare);
      x += ELEMENT;
      factors += TURNS;
    }
  } else {
    for (let k = 0; k < count; k++) {
      butterfly(SWAPPED, x, stride, INVERSE, x, stride, 0, 0, spare);
      x += ELEMENT;
    }
  }
}

/** Outermost inverse pass: the work area to int16 rows. */
// @ts-ignore: decorator
@inline function inverseLast(kind: i32, work: usize, rows: usize, offsets: usize, spare: usize): void {
  let x = work, row = rows;
  for (let part = 0; part < 8; part++) {
    for (let k = 0; k < 512; k++) {
      butterfly(SWAPPED, x, STRIDE_4096, kind, row, ROWS_4096, 0, offsets, spare);
      x += ELEMENT;
      row += 16;
    }
    x += 64;
  }
}

// Each a function of its own: what is inlined into one grows too large for the engines' optimizers.
function inverseNative(work: usize, rows: usize, spare: usize): void { inverseLast(NATIVE, work, rows, 0, spare); }
function inverseShifted(work: usize, rows: usize, offsets: usize, spare: usize): void { inverseLast(SHIFTED, work, rows, offsets, spare); }
function inverseExact(work: usize, rows: usize, offsets: usize, spare: usize): void { inverseLast(EXACT, work, rows, offsets, spare); }
function forward512(block: usize, twiddles: usize, spare: usize): void { forwardPass(block, 512, STRIDE_512, twiddles, spare); }
function inverse512(block: usize, turns: usize, spare: usize): void { inversePass(block, 512, STRIDE_512, turns, spare); }
function forward64(block: usize, twiddles: usize, spare: usize): void { forwardPass(block, 64, STRIDE_64, twiddles, spare); }
function inverse64(block: usize, turns: usize, spare: usize): void { inversePass(block, 64, STRIDE_64, turns, spare); }
function inner(block: usize, twiddles: usize, gain: usize, middleTurns: usize, turns: usize, spare: usize): void {
  forwardPass(block, 8, STRIDE_8, twiddles, spare);
  middle(block, gain, middleTurns, spare);
  inversePass(block, 8, STRIDE_8, turns, spare);
}

/** Modes: add the offset again; round and saturate instead of truncate and wrap. */
@inline const ADD_OFFSET: i32 = 1;
@inline const ROUND: i32 = 2;

/**
 * Filters a group in place.
 * rows: [32768][8] int16. work: 32768*32 + 64*64 bytes. twiddles: the forward, then the inverse table. offsets: 16 f32:
 * what to take away from eight rows' sum on the way in, times 65536 (even columns, odd columns), what to add to a value
 * on the way out; behind them 128 bytes to use. mode: ADD_OFFSET, ROUND or both; 0 truncates and wraps. Rounding
 * always adds the offset.
 */
export function filterGroup(rows: usize, work: usize, twiddles: usize, gain: usize, offsets: usize, mode: i32): void {
  const twiddles512 = twiddles + 4096 * TWIDDLES;
  const twiddles64 = twiddles512 + 512 * TWIDDLES;
  const twiddles8 = twiddles64 + 64 * TWIDDLES;
  const turns1 = twiddles8 + 8 * TWIDDLES;
  const turns8 = turns1 + 8 * TURNS;
  const turns64 = turns8 + 64 * TURNS;
  const turns512 = turns64 + 512 * TURNS;
  const spare = offsets + 64;
  forwardFirst(rows, work, twiddles, offsets, spare);
  let g = gain;
  for (let a: usize = 0; a < 8; a++) {
    const block = work + a * STRIDE_4096;
    forward512(block, twiddles512, spare);
    for (let b: usize = 0; b < 8; b++) {
      const part = block + b * STRIDE_512;
      forward64(part, twiddles64, spare);
      for (let c: usize = 0; c < 8; c++) {
        inner(part + c * STRIDE_64, twiddles8, g, turns1, c ? turns8 + c * (8 * TURNS) : 0, spare);
        g += 512;
      }
      inverse64(part, b ? turns64 + b * (64 * TURNS) : 0, spare);
    }
    inverse512(block, a ? turns512 + a * (512 * TURNS) : 0, spare);
  }
  if (mode & ROUND) inverseExact(work, rows, offsets + 32, spare);
  else if (mode & ADD_OFFSET) inverseShifted(work, rows, offsets + 32, spare);
  else inverseNative(work, rows, spare);
}
