// Numbers as the reference tools print them.

/** C's `%.<digits>g`: significant digits, trailing zeros dropped, exponent form below 1e-4 and from 10^digits on. */
export function formatG(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa, exponentText] = value.toExponential(digits - 1).split('e') as [string, string];
  const exponent = Number(exponentText);
  const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? '-' : '+';
    return `${trim(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return trim(value.toFixed(digits - 1 - exponent));
}

/**
 * C's `%.6f`. JavaScript's toFixed also rounds the exact binary value, but ties go up instead of to even, and it
 * switches to exponents from 1e21 on: neither can matter for times in seconds.
 */
export function formatFixed6(value: number): string {
  return value.toFixed(6);
}

/** Reads a number the way people write it: a comma is accepted as the decimal mark. Undefined when it is none. */
export function parseDecimal(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  return Number(plain);
}
