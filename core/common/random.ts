// A small generator of random numbers with a long period, for choices that must come out the same every time.

/** Rounds that mix the start before the first number is taken. */
const WARM_UP = 12;

/** 32-bit integers, signed. Generator: sfc32 (C. Doty-Humphrey, PractRand), from a start of 64 bits. */
export function sfc32(high: number, low: number): () => number {
  let [a, b, c, counter] = [high | 0, low | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  for (let round = 0; round < WARM_UP; round++) next();
  return next;
}
