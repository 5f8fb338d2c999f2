// Times as C's `%.6f` prints them, straight into bytes: ten million events without a string each.

/** Longest line written: sign, 309 digits of the largest double, point, 6 decimals, line feed. */
const longestLine = 320;

/** Up to here whole microseconds and their fraction are exact enough in a double to decide the rounding. */
const largestFast = 1e6;

/** One `%.6f\n` line per value. Exact ties go to the even digit, as in C. */
export function fixed6Lines(values: Float64Array): Uint8Array {
  let bytes = Buffer.allocUnsafe(values.length * 15 + longestLine);
  let at = 0;
  for (const value of values) {
    if (at + longestLine > bytes.length) bytes = Buffer.concat([bytes], 2 * bytes.length + longestLine);
    const magnitude = Math.abs(value);
    if (value < 0 || Object.is(value, -0)) bytes[at++] = 45;
    at = magnitude < largestFast ? writeMicroseconds(bytes, at, wholeMicroseconds(magnitude)) : at + bytes.write(magnitude.toFixed(6), at, 'latin1');
    bytes[at++] = 10;
  }
  return bytes.subarray(0, at);
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

function writeMicroseconds(bytes: Buffer, start: number, microseconds: number): number {
  let seconds = Math.floor(microseconds / 1e6);
  let rest = microseconds - seconds * 1e6;
  let width = 1;
  for (let limit = 10; seconds >= limit; limit *= 10) width++;
  for (let at = start + width - 1; at >= start; at--) {
    const tenth = (seconds / 10) | 0;
    bytes[at] = 48 + seconds - tenth * 10;
    seconds = tenth;
  }
  const end = start + width + 7;
  bytes[start + width] = 46;
  for (let at = end - 1; at > start + width; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}
