// The incomplete gamma function, and through it the chi-square and Poisson distributions.

/**
 * Regularised upper incomplete gamma function Q(a, x), a > 0, x >= 0: the probability that a Poisson count of mean x is
 * below a (whole a), or that chi-square of 2 a degrees of freedom exceeds 2 x. Series below x = a + 1, continued fraction
 * above (Abramowitz, Stegun 6.5.29, 6.5.31); relative error about 1e-13.
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/** Probability that chi-square exceeds `value`. */
export function chiSquareTail(value: number, degrees: number): number {
  return upperGamma(degrees / 2, value / 2);
}

const epsilon = 1e-16;
const mostTerms = 100_000;

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = 1; n < mostTerms && term > total * epsilon; n++) {
    term *= x / (a + n);
    total += term;
  }
  return total * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** Lentz's method. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let product = d;
  for (let n = 1; n < mostTerms; n++) {
    const an = -n * (n - a);
    b += 2;
    d = an * d + b;
    c = b + an / c;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    if (Math.abs(c) < tiny) c = tiny;
    product *= d * c;
    if (Math.abs(d * c - 1) < epsilon) break;
  }
  return Math.exp(a * Math.log(x) - x - logGamma(a)) * product;
}

/** Stirling's series, after stepping up to where it is exact. */
export function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 12; y++) shift += Math.log(y);
  const inverse = 1 / y;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188)))));
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
