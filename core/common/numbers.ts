// Numbers as the reference tools print them.

/** C's `%.<digits>g`: significant digits, trailing zeros dropped, exponent form below 1e-4 and from 10^digits on. */
export function formatG(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa, exponentText] = exponential(value, digits).split('e') as [string, string];
  const exponent = Number(exponentText);
  const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? '-' : '+';
    return `${trim(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return trim(Number(`${mantissa}e${exponent}`).toFixed(digits - 1 - exponent));
}

/** C's `%.<digits - 1>e` but for the form of the exponent: of two numbers equally near the one with the even last digit, where JavaScript takes the larger. */
function exponential(value: number, digits: number): string {
  const rounded = value.toExponential(digits - 1);
  if (!value.toExponential(digits).includes('5e')) return rounded;
  // All digits that a double of usual size has: is what follows exactly one half?
  const [mantissa, exponent] = value.toExponential(100).split('e') as [string, string];
  const digitsAfterPoint = mantissa.indexOf('.') + digits;
  if (!/^50*$/.test(mantissa.slice(digitsAfterPoint))) return rounded;
  const below = mantissa.slice(0, digitsAfterPoint).replace(/\.$/, '');
  return Number(below.at(-1)) % 2 === 0 ? `${below}e${exponent}` : rounded;
}

/**
 * C's `%.6f`: of two numbers equally near the one with the even last digit. Such ties are odd multiples of 1/128, as met by
 * times at 16 or 32 kHz. (From 1e21 on, where no time is, JavaScript writes exponents.)
 */
export function formatFixed6(value: number): string {
  if (Math.abs(value * 128) % 2 !== 1) return value.toFixed(6);
  const below = Math.trunc(value * 1e6);
  return ((below % 2 === 0 ? below : below + Math.sign(value)) / 1e6).toFixed(6);
}

/** Reads a number the way people write it: a comma is accepted as the decimal mark. Undefined when it is none. */
export function parseDecimal(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  return Number(plain);
}
