// Isotonic regression by pooling adjacent violators, and the unimodal fits made of it. Unit weights.

/** The non-decreasing sequence closest to `values`; with `errors`, the squared error of fitting every prefix. */
export function risingFit(values: Float64Array): { fit: Float64Array; prefixErrors: Float64Array } {
  const n = values.length;
  const count = new Float64Array(n);
  const sum = new Float64Array(n);
  const square = new Float64Array(n);
  const prefixErrors = new Float64Array(n);
  let top = -1;
  let settled = 0; // error of all pools
  const errorOf = (k: number) => square[k] - (sum[k] * sum[k]) / count[k];
  for (let i = 0; i < n; i++) {
    top++;
    count[top] = 1;
    sum[top] = values[i];
    square[top] = values[i] * values[i];
    while (top > 0 && sum[top - 1] / count[top - 1] >= sum[top] / count[top]) {
      settled -= errorOf(top - 1) + (count[top] > 1 ? errorOf(top) : 0);
      count[top - 1] += count[top];
      sum[top - 1] += sum[top];
      square[top - 1] += square[top];
      top--;
      settled += errorOf(top);
    }
    prefixErrors[i] = Math.max(0, settled);
  }
  const fit = new Float64Array(n);
  for (let k = 0, at = 0; k <= top; k++) for (let j = 0; j < count[k]; j++) fit[at++] = sum[k] / count[k];
  return { fit, prefixErrors };
}

const reversed = (values: Float64Array): Float64Array => values.slice().reverse();

/** The sequence that rises, then falls, closest to `values`, and where it turns. */
export function upDownFit(values: Float64Array): { fit: Float64Array; peak: number } {
  const n = values.length;
  const rising = risingFit(values).prefixErrors;
  const falling = reversed(risingFit(reversed(values)).prefixErrors);
  let best = 0;
  let least = Infinity;
  for (let k = 0; k < n; k++) {
    const error = rising[k] + (k + 1 < n ? falling[k + 1] : 0);
    if (error < least) {
      least = error;
      best = k;
    }
  }
  const fit = new Float64Array(n);
  fit.set(risingFit(values.slice(0, best + 1)).fit);
  fit.set(reversed(risingFit(reversed(values.slice(best + 1))).fit), best + 1);
  let peak = 0;
  for (let k = 1; k < n; k++) if (fit[k] > fit[peak]) peak = k;
  return { fit, peak };
}

/** The sequence that falls, then rises, closest to `values`. */
export function downUpFit(values: Float64Array): Float64Array {
  return upDownFit(values.map((value) => -value)).fit.map((value) => -value);
}
