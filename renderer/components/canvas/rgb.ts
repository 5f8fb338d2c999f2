// Colours as numbers, for pictures that are painted pixel by pixel.

export type Rgb = readonly [red: number, green: number, blue: number];

/** `#D98A1F`, or `#FFF` as the built style sheet shortens it. */
export function rgbOf(hex: string): Rgb {
  const digits = hex.replace('#', '');
  const value = Number.parseInt(digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
