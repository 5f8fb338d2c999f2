// Putting spikes in order of time.

/** Indices that sort `values` ascending, equal ones in their present order. Fast where they are nearly sorted. */
export function stableOrder(values: Float64Array): Uint32Array {
  let order = Uint32Array.from(values, (_, index) => index);
  let other = new Uint32Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let low = 0; low < values.length; low += 2 * width) merge(values, order, other, low, Math.min(low + width, values.length), Math.min(low + 2 * width, values.length));
    [order, other] = [other, order];
  }
  return order;
}

export function isAscending(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] < values[i - 1]) return false;
  return true;
}

/** Merges from[low..middle) and from[middle..high) into `to`. */
function merge(values: Float64Array, from: Uint32Array, to: Uint32Array, low: number, middle: number, high: number): void {
  if (middle >= high || values[from[middle - 1]] <= values[from[middle]]) {
    to.set(from.subarray(low, high), low);
    return;
  }
  let left = low;
  let right = middle;
  for (let at = low; at < high; at++) {
    const takeLeft = right >= high || (left < middle && values[from[left]] <= values[from[right]]);
    to[at] = takeLeft ? from[left++] : from[right++];
  }
}
