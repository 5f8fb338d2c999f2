// A typed array that grows by doubling.

type Numbers = Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

export class GrowingArray<Values extends Numbers> {
  length = 0;
  private values: Values;
  private readonly make: new (length: number) => Values;

  constructor(make: new (length: number) => Values) {
    this.make = make;
    this.values = new make(4096);
  }

  append(more: ArrayLike<number>): void {
    const needed = this.length + more.length;
    if (needed > this.values.length) {
      const larger = new this.make(Math.max(needed, 2 * this.values.length));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    this.values.set(more, this.length);
    this.length = needed;
  }

  take(): Values {
    return this.values.subarray(0, this.length) as Values;
  }
}
