// A stream as blocks. The samples of block b are a function of the description and b alone, so blocks can be made in any
// order, by any worker, and overlapping files get the same samples.

export interface BlockSource {
  readonly columns: number;
  /** Writes samples b * blockSamples ... of the stream's ongoing clock into `into`, all columns of a sample together. */
  render(block: number, into: Int16Array): void;
}

export const blockSamples = 1024;

export interface Scale {
  readonly countsPerUnit: number;
  readonly maxInt: number;
}

/** Rounds values to counts and puts them into one column of `into`. Converters saturate at -maxInt and maxInt - 1. */
export function digitize(values: Float32Array, scale: Scale, into: Int16Array, column: number, columns: number): void {
  const { countsPerUnit, maxInt } = scale;
  const highest = maxInt - 1;
  for (let i = 0, target = column; i < blockSamples; i++, target += columns) {
    const count = roundCount(values[i]! * countsPerUnit);
    into[target] = count > highest ? highest : count < -maxInt ? -maxInt : count;
  }
}

/** What a channel hears of its surroundings: near * below + far * above. */
export interface BackgroundShare {
  readonly below: Float32Array;
  readonly above: Float32Array;
  readonly near: number;
  readonly far: number;
}

/** Adds the background and what is common, and digitizes: one pass, because this loop is most of the work. */
export function mixAndDigitize(
  plane: Float32Array, background: BackgroundShare, level: number, common: Float32Array, commonGain: number,
  scale: Scale, into: Int16Array, column: number, columns: number,
): void {
  const { below, above } = background;
  const near = level * background.near;
  const far = level * background.far;
  const { countsPerUnit, maxInt } = scale;
  const highest = maxInt - 1;
  for (let i = 0, target = column; i < blockSamples; i++, target += columns) {
    const count = roundCount((plane[i]! + near * below[i]! + far * above[i]! + commonGain * common[i]!) * countsPerUnit);
    into[target] = count > highest ? highest : count < -maxInt ? -maxInt : count;
  }
}

/** To the nearest whole number; much faster than Math.round, for values within +-2^30. */
function roundCount(value: number): number {
  return ((value + 1073741824.5) | 0) - 1073741824;
}

/** Copies a digital word into one column. */
export function putWord(words: Int16Array, offset: number, into: Int16Array, column: number, columns: number): void {
  for (let i = 0, target = column; i < blockSamples; i++, target += columns) into[target] = words[offset + i]!;
}
