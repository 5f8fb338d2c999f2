// A stream as blocks. The samples of block b are a function of the description and b alone, so blocks can be made in any
// order, by any worker, and overlapping files get the same samples.

export interface BlockSource {
  readonly columns: number;
  /** Writes samples b * blockSamples ... of the stream's ongoing clock into `into`, all columns of a sample together. */
  render(block: number, into: Int16Array): void;
}

export const blockSamples = 1024;

/** Rounds values to counts and puts them into one column of `into`. Converters saturate at -maxInt and maxInt - 1. */
export function digitize(values: Float32Array, countsPerUnit: number, maxInt: number, into: Int16Array, column: number, columns: number): void {
  const highest = maxInt - 1;
  for (let i = 0, target = column; i < blockSamples; i++, target += columns) {
    const count = roundCount(values[i]! * countsPerUnit);
    into[target] = count > highest ? highest : count < -maxInt ? -maxInt : count;
  }
}

/** To the nearest whole number; much faster than Math.round, for values within +-2^30. */
export function roundCount(value: number): number {
  return ((value + 1073741824.5) | 0) - 1073741824;
}

/** Copies a digital word into one column. */
export function putWord(words: Int16Array, offset: number, into: Int16Array, column: number, columns: number): void {
  for (let i = 0, target = column; i < blockSamples; i++, target += columns) into[target] = words[offset + i]!;
}
