// Numbers of an unknown count, eight bytes each: a noisy channel can have a hundred million edges.

export interface GrowingList {
  push(value: number): void;
  toArray(): Float64Array;
}

export function growingList(): GrowingList {
  let items = new Float64Array(64);
  let count = 0;
  return {
    push(value) {
      if (count === items.length) {
        const larger = new Float64Array(2 * count);
        larger.set(items);
        items = larger;
      }
      items[count++] = value;
    },
    toArray: () => items.slice(0, count),
  };
}
