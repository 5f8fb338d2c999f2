/** The discrete Fourier transform, radix 2, in double precision. */

/** In place: X[k] = sum over t of x[t] exp(-2 pi i k t / N). The length must be a power of two. */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  reverseBits(re, im);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const { cosines, sines } = twiddles(half);
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const oddRe = re[b] * cosines[k] + im[b] * sines[k];
        const oddIm = im[b] * cosines[k] - re[b] * sines[k];
        re[b] = re[a] - oddRe;
        im[b] = im[a] - oddIm;
        re[a] += oddRe;
        im[a] += oddIm;
      }
    }
  }
}

/** In place, the inverse of transform, with the division by N. */
export function inverseTransform(re: Float64Array, im: Float64Array): void {
  transform(im, re);
  for (let i = 0; i < re.length; i++) {
    re[i] /= re.length;
    im[i] /= re.length;
  }
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 0, j = 0; i < n; i++) {
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
    let bit = n / 2;
    while (bit >= 1 && j >= bit) {
      j -= bit;
      bit /= 2;
    }
    j += bit;
  }
}

const twiddleCache = new Map<number, { cosines: Float64Array; sines: Float64Array }>();

/** cos and sin of pi k / half, for k below half. */
function twiddles(half: number): { cosines: Float64Array; sines: Float64Array } {
  let table = twiddleCache.get(half);
  if (!table) {
    table = {
      cosines: Float64Array.from({ length: half }, (_, k) => Math.cos((Math.PI * k) / half)),
      sines: Float64Array.from({ length: half }, (_, k) => Math.sin((Math.PI * k) / half)),
    };
    twiddleCache.set(half, table);
  }
  return table;
}
