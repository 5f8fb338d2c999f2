/** Common references, one sample at a time, on counts. */
import { differenceCount, type Numerics } from './count.ts';
import { geomSites, shankSites, type StreamMeta } from './meta.ts';
import { muxRow, type Probe } from './probe.ts';

export interface CarOptions {
  readonly kind: 'gblcar' | 'gbldmx' | 'loccar_um' | 'loccar';
  /** um for loccar_um; rows and columns for loccar. */
  readonly inner?: number;
  readonly outer?: number;
}

/** Subtracts the reference in place; `samples` is time-major. */
export function subtractReference(
  samples: Int16Array, meta: StreamMeta, probe: Probe, used: readonly boolean[], car: CarOptions, numerics: Numerics,
): void {
  const reference = referenceOf(meta, probe, used, car);
  for (let at = 0; at < samples.length; at += meta.columns) {
    const sample = samples.slice(at, at + meta.columns);
    const level = reference(sample);
    for (let c = 0; c < meta.neural; c++) {
      if (used[c]) samples[at + c] = differenceCount(sample[c] - level[c], numerics);
    }
  }
}

/** Element number k // 2 of the k sorted values: the upper median. */
export function upperMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** From the values of one sample to the level to subtract in each column. */
type Reference = (sample: Int16Array) => number[];

function referenceOf(meta: StreamMeta, probe: Probe, used: readonly boolean[], car: CarOptions): Reference {
  const usedColumns = used.flatMap((flag, column) => (flag ? [column] : []));
  // Only on the quad base are the shanks referenced apart.
  const shanks = probe.type === 2020 ? geomSites(meta.values).map(({ shank }) => shank) : used.map(() => 0);
  const rows = used.map((_, column) => muxRow(probe, meta.channels[column]));
  if (car.kind === 'gblcar') {
    const groups = groupBy(usedColumns, (column) => shanks[column]);
    return (sample) => levelPerGroup(sample, groups, upperMedian);
  }
  if (car.kind === 'gbldmx') {
    const groups = groupBy(usedColumns, (column) => shanks[column] * probe.rows + rows[column]);
    return (sample) => levelPerGroup(sample, groups, (values) => (values.length > 1 ? Math.trunc(mean(values)) : 0));
  }
  const neighbours = neighboursOf(meta, used, car);
  return (sample) => neighbours.map((around) => (around.length > 0 ? Math.trunc(mean(around.map((c) => sample[c]))) : 0));
}

function neighboursOf(meta: StreamMeta, used: readonly boolean[], car: CarOptions): number[][] {
  const { inner = 0, outer = 0 } = car;
  const inMicrons = car.kind === 'loccar_um';
  const sites = (inMicrons ? geomSites : shankSites)(meta.values).slice(0, meta.neural);
  return sites.map((centre) =>
    sites.flatMap((site, column) => {
      const dx = Math.abs(site.x - centre.x);
      const dz = Math.abs(site.z - centre.z);
      const distance = inMicrons ? dx * dx + dz * dz : Math.max(dx, dz);
      const [from, to] = inMicrons ? [inner * inner, outer * outer] : [inner, outer];
      return used[column] && site.shank === centre.shank && distance > from && distance <= to ? [column] : [];
    }),
  );
}

function levelPerGroup(sample: Int16Array, groups: readonly number[][], level: (values: number[]) => number): number[] {
  const levels = Array.from(sample, () => 0);
  for (const group of groups) {
    const value = level(group.map((column) => sample[column]));
    for (const column of group) levels[column] = value;
  }
  return levels;
}

export function groupBy(columns: readonly number[], keyOf: (column: number) => number): number[][] {
  const groups = new Map<number, number[]>();
  for (const column of columns) groups.set(keyOf(column), [...(groups.get(keyOf(column)) ?? []), column]);
  return [...groups.values()];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
