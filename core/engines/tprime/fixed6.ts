// Times as C's `%.6f` prints them, straight into bytes: ten million events without a string each.

/** Longest line written: sign, 309 digits of the largest double, point, 6 decimals, line feed. */
const longestLine = 320;

/** Below this, whole microseconds and their fraction are exact enough in a double to decide the rounding; two triples of digits hold the seconds. */
const largestFast = 999_999;

/** Prints one `%.6f\n` line per value; exact ties go to the even digit, as in C. What it returns is valid until the next call. */
export function fixed6Printer(): (values: Float64Array) => Uint8Array {
  let kept = Buffer.alloc(0);
  return (values) => {
    if (kept.length < values.length * 15 + longestLine) kept = Buffer.allocUnsafe(values.length * 15 + longestLine);
    let bytes = kept;
    let at = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (at + longestLine > bytes.length) bytes = Buffer.concat([bytes], 2 * bytes.length + longestLine);
      const magnitude = Math.abs(value);
      if (value < 0 || (value === 0 && Object.is(value, -0))) bytes[at++] = 45;
      at = magnitude < largestFast ? writeMicroseconds(bytes, at, wholeMicroseconds(magnitude)) : at + bytes.write(magnitude.toFixed(6), at, 'latin1');
      bytes[at++] = 10;
    }
    kept = bytes;
    return bytes.subarray(0, at);
  };
}

function wholeMicroseconds(magnitude: number): number {
  const scaled = magnitude * 1e6;
  const floor = Math.floor(scaled);
  const fraction = scaled - floor;
  if (Math.abs(fraction - 0.5) > 1e-3) return fraction > 0.5 ? floor + 1 : floor;
  // Close to a tie. A true tie, odd/(2*10^6), is a double only if it is odd/2^7, and then `scaled` is exact.
  if ((magnitude * 128) % 2 === 1) return floor % 2 === 0 ? floor : floor + 1;
  return Math.round(Number(magnitude.toFixed(6)) * 1e6);
}

/** '000' to '999'. */
const triples = Buffer.from(Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0')).join(''), 'latin1');

function writeMicroseconds(bytes: Uint8Array, start: number, microseconds: number): number {
  const seconds = (microseconds / 1e6) | 0;
  const rest = (microseconds - seconds * 1e6) | 0;
  const thousands = (seconds / 1000) | 0;
  let at = start;
  if (thousands > 0) {
    at = writeShort(bytes, at, thousands);
    at = writeTriple(bytes, at, seconds - thousands * 1000);
  } else {
    at = writeShort(bytes, at, seconds);
  }
  bytes[at++] = 46;
  const milliseconds = (rest / 1000) | 0;
  at = writeTriple(bytes, at, milliseconds);
  return writeTriple(bytes, at, rest - milliseconds * 1000);
}

/** All three digits. */
function writeTriple(bytes: Uint8Array, at: number, number: number): number {
  const from = number * 3;
  bytes[at] = triples[from];
  bytes[at + 1] = triples[from + 1];
  bytes[at + 2] = triples[from + 2];
  return at + 3;
}

/** Without leading zeros. */
function writeShort(bytes: Uint8Array, start: number, number: number): number {
  let at = start;
  if (number >= 100) bytes[at++] = triples[number * 3];
  if (number >= 10) bytes[at++] = triples[number * 3 + 1];
  bytes[at++] = triples[number * 3 + 2];
  return at;
}
