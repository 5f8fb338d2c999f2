// The order that NumPy's default argsort (an introsort, up to version 1.24) gives, also to equal values, which it does not
// keep in place. Published spreads and velocities depend on it: sites left and right of the peak are equally far away.

/** Stretches of no more values are sorted by insertion. */
const short = 16;

/** Indices that sort `values` ascending. Introsort (Musser 1997): quicksort with the median of three as pivot, heapsort where that goes too deep. */
export function numpyOrder(values: ArrayLike<number>): number[] {
  const order = Array.from({ length: values.length }, (_, index) => index);
  sortStretch(values, order, 0, values.length, 2 * Math.floor(Math.log2(Math.max(1, values.length))));
  return order;
}

/** Sorts order[low..end). */
function sortStretch(values: ArrayLike<number>, order: number[], low: number, end: number, depth: number): void {
  if (end - low <= short) return insertionSort(values, order, low, end);
  const pivot = partition(values, order, low, end);
  const [smaller, larger] = pivot - low < end - 1 - pivot ? [[low, pivot], [pivot + 1, end]] : [[pivot + 1, end], [low, pivot]];
  sortStretch(values, order, smaller[0], smaller[1], depth - 1);
  // Only what is put aside for later is checked for depth.
  if (depth - 1 < 0) heapSort(values, order, larger[0], larger[1]);
  else sortStretch(values, order, larger[0], larger[1], depth - 1);
}

/** Returns where the pivot ends up: what is before it is not larger, what is behind it not smaller. */
function partition(values: ArrayLike<number>, order: number[], low: number, end: number): number {
  const high = end - 1;
  const middle = low + ((high - low) >> 1);
  for (const [a, b] of [[low, middle], [middle, high], [low, middle]]) if (values[order[b]] < values[order[a]]) swap(order, a, b);
  const pivot = values[order[middle]];
  swap(order, middle, high - 1);
  let left = low;
  let right = high - 1;
  for (;;) {
    do left++; while (values[order[left]] < pivot);
    do right--; while (values[order[right]] > pivot);
    if (left >= right) break;
    swap(order, left, right);
  }
  swap(order, left, high - 1);
  return left;
}

function insertionSort(values: ArrayLike<number>, order: number[], low: number, end: number): void {
  for (let at = low + 1; at < end; at++) {
    const index = order[at];
    let place = at;
    for (; place > low && values[index] < values[order[place - 1]]; place--) order[place] = order[place - 1];
    order[place] = index;
  }
}

function heapSort(values: ArrayLike<number>, order: number[], low: number, end: number): void {
  const heap = order.slice(low, end);
  for (let root = heap.length >> 1; root > 0; root--) sink(values, heap, root, heap.length, heap[root - 1]);
  for (let size = heap.length; size > 1; ) {
    const last = heap[size - 1];
    heap[size - 1] = heap[0];
    size--;
    sink(values, heap, 1, size, last);
  }
  heap.forEach((index, at) => { order[low + at] = index; });
}

/** Lets `index` find its place below `root`; positions count from 1. */
function sink(values: ArrayLike<number>, heap: number[], root: number, size: number, index: number): void {
  let place = root;
  for (let child = 2 * root; child <= size; child = 2 * place) {
    if (child < size && values[heap[child - 1]] < values[heap[child]]) child++;
    if (!(values[index] < values[heap[child - 1]])) break;
    heap[place - 1] = heap[child - 1];
    place = child;
  }
  heap[place - 1] = index;
}

function swap(order: number[], a: number, b: number): void {
  [order[a], order[b]] = [order[b], order[a]];
}
