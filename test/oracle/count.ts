/** From a real number to an int16 count, the native way or the right way. */
export type Numerics = 'native' | 'exact';

/** native: cut toward zero, wrap modulo 2^16. exact: to the nearest count, held at the limits of int16. */
export function toCount(value: number, numerics: Numerics): number {
  return numerics === 'native' ? wrap16(Math.trunc(value)) : clamp(Math.round(value), -32768, 32767);
}

/** A difference of two counts: wraps in native, saturates in exact. */
export function differenceCount(value: number, numerics: Numerics): number {
  return numerics === 'native' ? wrap16(value) : clamp(value, -32768, 32767);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function wrap16(value: number): number {
  return (value << 16) >> 16;
}
