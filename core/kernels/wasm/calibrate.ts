// A fixed piece of arithmetic by which machines can be compared: 16 independent multiply-add chains of f32x4.

import { madd } from './arith';

/** `rounds` times 16 multiply-adds of four lanes (128 floating point operations); returns something that depends on all. */
export function calibrate(rounds: i32): f32 {
  const factor = f32x4.splat(0.999), step = f32x4.splat(0.001);
  let a = f32x4.splat(1), b = f32x4.splat(2), c = f32x4.splat(3), d = f32x4.splat(4);
  let e = f32x4.splat(5), f = f32x4.splat(6), g = f32x4.splat(7), h = f32x4.splat(8);
  for (let i = 0; i < rounds; i++) {
    a = madd(a, factor, step); b = madd(b, factor, step); c = madd(c, factor, step); d = madd(d, factor, step);
    e = madd(e, factor, step); f = madd(f, factor, step); g = madd(g, factor, step); h = madd(h, factor, step);
    a = madd(a, factor, step); b = madd(b, factor, step); c = madd(c, factor, step); d = madd(d, factor, step);
    e = madd(e, factor, step); f = madd(f, factor, step); g = madd(g, factor, step); h = madd(h, factor, step);
  }
  const sum = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  return f32x4.extract_lane(sum, 0);
}
