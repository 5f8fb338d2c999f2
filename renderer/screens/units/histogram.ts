// Counts of a metric's values in equal steps of its axis, of all units and of those shown.

export interface Bin {
  readonly from: number;
  readonly to: number;
  /** On the drawn axis, which is the logarithm for metrics that want it. */
  readonly middle: number;
  readonly width: number;
  readonly all: number;
  readonly shown: number;
}

export interface Histogram {
  readonly bins: readonly Bin[];
  readonly isLog: boolean;
}

const steps = 30;

/** A logarithmic axis would hide zeros and negative values: then it is linear. */
export function histogram(values: Float64Array, rows: readonly number[], wantsLog: boolean): Histogram {
  const defined = values.filter((value) => Number.isFinite(value));
  const isLog = wantsLog && defined.length > 0 && defined.every((value) => value > 0);
  const place = (value: number) => (isLog ? Math.log10(value) : value);
  const places = defined.map(place);
  if (defined.length === 0) return { bins: [], isLog };
  const [low, high] = [places.reduce((a, b) => Math.min(a, b)), places.reduce((a, b) => Math.max(a, b))];
  const width = high > low ? (high - low) / steps : 1;
  const at = (value: number) => Math.min(steps - 1, Math.floor((place(value) - low) / width));
  const [all, shown] = [new Array<number>(steps).fill(0), new Array<number>(steps).fill(0)];
  for (const value of defined) all[at(value)]++;
  for (const row of rows) if (Number.isFinite(values[row])) shown[at(values[row])]++;
  const back = (value: number) => (isLog ? 10 ** value : value);
  return { isLog, bins: all.map((number, index) => ({ from: back(low + index * width), to: back(low + (index + 1) * width), middle: low + (index + 0.5) * width, width, all: number, shown: shown[index] })) };
}

/** Where a value stands, in bins from the first edge on. */
export function placeOf({ bins, isLog }: Histogram, value: number): number {
  const [first] = bins;
  const drawn = !isLog ? value : value > 0 ? Math.log10(value) : -Infinity;
  return Math.max(0, Math.min(bins.length, (drawn - first.middle) / first.width + 0.5));
}

/** The value at such a place, with as many digits as the axis can tell apart. */
export function valueAt({ bins, isLog }: Histogram, place: number): number {
  const [first] = bins;
  const drawn = first.middle + (place - 0.5) * first.width;
  return Number((isLog ? 10 ** drawn : drawn).toPrecision(3));
}
