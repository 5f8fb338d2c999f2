// What the overstruck samples become.

/** Sets columns of `rows` samples to zero. `block`: time-major, in place. */
export function zeroFill(block: Int16Array, columns: number, rows: number, targets: readonly number[]): void {
  for (let row = 0; row < rows; row++) {
    for (const column of targets) block[row * columns + column] = 0;
  }
}

export interface Line {
  /** Values of all columns at both ends. */
  readonly left: Int16Array;
  readonly right: Int16Array;
  /** Samples from one to the other. */
  readonly span: number;
}

/**
 * Line from the sample before the range [first, end) to the one behind it, as in CatGT's fills: sample first + i becomes
 * trunc(left + i / span * (right - left)), so that the first one repeats the left value. At the file's ends the range's
 * own first or last sample takes the place of the missing neighbour.
 */
export function lineOver(first: number, end: number, samples: number): { leftSample: number; rightSample: number; span: number } {
  const atStart = first === 0;
  const atEnd = end === samples;
  return {
    leftSample: atStart ? 0 : first - 1,
    rightSample: atEnd ? end - 1 : end,
    span: end - first + 1 - (atStart ? 1 : 0) - (atEnd ? 1 : 0),
  };
}

/** @param offset sample of the range that the block starts with */
export function lineFill(block: Int16Array, columns: number, rows: number, targets: readonly number[], { left, right, span }: Line, offset: number): void {
  for (let row = 0; row < rows; row++) {
    const part = span > 0 ? (offset + row) / span : 0; // a file of one sample has no line
    for (const column of targets) block[row * columns + column] = Math.trunc(left[column] + part * (right[column] - left[column]));
  }
}
