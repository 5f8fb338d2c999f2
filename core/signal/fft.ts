// A plain complex Fourier transform, for spectra that are shown or judged; the blocks of a run have kernels of their own.

/** In-place complex FFT; the length is a power of two. */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j], im[i], im[j]] = [re[j], re[i], im[j], im[i]];
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const [stepRe, stepIm] = [Math.cos((-2 * Math.PI) / size), Math.sin((-2 * Math.PI) / size)];
    for (let start = 0; start < n; start += size) {
      let [wRe, wIm] = [1, 0];
      for (let k = start; k < start + half; k++) {
        const [xRe, xIm] = [re[k + half] * wRe - im[k + half] * wIm, re[k + half] * wIm + im[k + half] * wRe];
        re[k + half] = re[k] - xRe;
        im[k + half] = im[k] - xIm;
        re[k] += xRe;
        im[k] += xIm;
        [wRe, wIm] = [wRe * stepRe - wIm * stepIm, wRe * stepIm + wIm * stepRe];
      }
    }
  }
}
