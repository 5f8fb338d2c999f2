// The middle value of many, without sorting them.

/** The value that half of them lie below; reorders `values`. */
export function middleOf(values: Float64Array): number {
  const wanted = values.length >> 1;
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) [values[i], values[j], i, j] = [values[j], values[i], i + 1, j - 1];
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted];
}
