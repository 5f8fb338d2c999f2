// The few operations that differ between the two builds: the relaxed build fuses multiply and add (FMA) and converts
// with the processor's own instruction. `RELAXED` is given on the compiler's command line.

@inline export const FUSED: bool = RELAXED != 0;

/** a * b + c */
// @ts-ignore: decorator
@inline export function madd(a: v128, b: v128, c: v128): v128 {
  return FUSED ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** c - a * b */
// @ts-ignore: decorator
@inline export function nmadd(a: v128, b: v128, c: v128): v128 {
  return FUSED ? f32x4.relaxed_nmadd(a, b, c) : f32x4.sub(c, f32x4.mul(a, b));
}

/** Toward zero. The values of a filtered int16 signal never leave the range of int32. */
// @ts-ignore: decorator
@inline export function truncate(a: v128): v128 {
  return FUSED ? i32x4.relaxed_trunc_f32x4_s(a) : i32x4.trunc_sat_f32x4_s(a);
}

/** Two doubles in the range of int32, toward zero, to the low half. */
// @ts-ignore: decorator
@inline export function truncateWide(a: v128): v128 {
  return FUSED ? i32x4.relaxed_trunc_f64x2_s_zero(a) : i32x4.trunc_sat_f64x2_s_zero(a);
}
