// A moment of a stream for the screen: smallest and largest value per channel and pixel column of every stage, in depth
// order, with the spans that gfix replaces and figures. One task: everything but the answer stays in the thread.

import { type Figures, figuresOf } from './figures.ts';
import { openSource, type Source, type SourceRequest } from './source.ts';
import { chainWindow, type ChainWindow, type Stage } from './window.ts';

/** `difference` is raw minus the latest stage that is asked for. */
export type PlaneName = Stage | 'difference';

export interface PreviewRequest extends SourceRequest {
  /** Seconds on the gate's joined time axis. */
  readonly from_s: number;
  readonly len_s: number;
  /** Pixel columns at most. */
  readonly columns: number;
  /** File columns to draw, first and last; the chain always runs on all. */
  readonly channels?: readonly [number, number];
  readonly stages: readonly PlaneName[];
}

/** uV, [channel][column]; where every sample has its own column both are the same. */
export interface Plane {
  readonly min: Float32Array;
  readonly max: Float32Array;
}

export interface GfixEvent {
  readonly from_s: number;
  readonly to_s: number;
  /** Acquisition channel with the largest value, that value and its change from the sample before; null where it was found outside what was computed. */
  readonly peak: { readonly acq: number; readonly mV: number; readonly slope_mV: number } | null;
}

export interface Preview {
  readonly from_s: number;
  readonly to_s: number;
  readonly rate_Hz: number;
  readonly columns: number;
  /** Per drawn channel, deepest first, shank after shank. */
  readonly channels: { readonly acq: Uint16Array; readonly shank: Uint8Array; readonly z_um: Float32Array; readonly used: Uint8Array };
  readonly planes: Readonly<Partial<Record<PlaneName, Plane>>>;
  readonly gfix: readonly GfixEvent[];
  readonly figures: Figures;
}

export function preview(request: PreviewRequest): Preview {
  const source = openSource(request);
  const { rate, processing, scale, input, sites, used } = source;
  const { neural } = processing.chain;
  const window = chainWindow(source, Math.round(request.from_s * rate), Math.max(2, Math.round(request.len_s * rate)));
  const drawn = depthOrder(source, request.channels ?? [0, neural - 1]);
  const columns = Math.min(request.columns, window.count);
  return {
    from_s: window.first / rate,
    to_s: (window.first + window.count) / rate,
    rate_Hz: rate,
    columns,
    channels: {
      acq: Uint16Array.from(drawn, (column) => input.facts.channels[column]),
      shank: Uint8Array.from(drawn, (column) => sites?.[column].shank ?? 0),
      z_um: Float32Array.from(drawn, (column) => sites?.[column].y ?? Number.NaN),
      used: Uint8Array.from(drawn, (column) => (used[column] ? 1 : 0)),
    },
    planes: Object.fromEntries(request.stages.map((name) => [name, binned(planeOf(window, name, request.stages), drawn, neural, window.count, columns, scale)])),
    gfix: window.edits.map(({ left, length, peak }) => ({
      from_s: left / rate,
      to_s: (left + length) / rate,
      peak: peak ? { acq: input.facts.channels[peak.column], mV: peak.mV, slope_mV: peak.slope_mV } : null,
    })),
    figures: figuresOf(window, { neural, used, scale, rate }),
  };
}

/** Tip first; files without positions keep their order. */
function depthOrder({ input, sites }: Source, [first, last]: readonly [number, number]): number[] {
  const columns = Array.from({ length: input.facts.neural }, (_, column) => column).filter((column) => column >= first && column <= last);
  if (sites) columns.sort((a, b) => sites[a].shank - sites[b].shank || sites[a].y - sites[b].y || sites[a].x - sites[b].x);
  return columns;
}

function planeOf({ planes }: ChainWindow, name: PlaneName, asked: readonly PlaneName[]): Int16Array {
  if (name !== 'difference') return planes[name];
  const latest = planes[(['final', 'car', 'filtered'] as const).find((stage) => asked.includes(stage)) ?? 'final'];
  const difference = new Int16Array(latest.length);
  for (let i = 0; i < difference.length; i++) difference[i] = Math.max(-32768, Math.min(32767, planes.raw[i] - latest[i]));
  return difference;
}

function binned(plane: Int16Array, channels: readonly number[], neural: number, count: number, columns: number, scale: Float64Array): Plane {
  const min = new Float32Array(channels.length * columns);
  const max = new Float32Array(channels.length * columns);
  const low = new Int16Array(neural);
  const high = new Int16Array(neural);
  for (let bin = 0; bin < columns; bin++) {
    const from = Math.floor((bin * count) / columns);
    const to = Math.max(from + 1, Math.floor(((bin + 1) * count) / columns));
    low.fill(32767);
    high.fill(-32768);
    for (let row = from; row < to; row++) extend(low, high, plane.subarray(row * neural, (row + 1) * neural));
    channels.forEach((column, index) => {
      min[index * columns + bin] = low[column] * scale[column];
      max[index * columns + bin] = high[column] * scale[column];
    });
  }
  return { min, max };
}

/** A function of its own with arrays of one kind: this is where a preview spends its time. */
function extend(low: Int16Array, high: Int16Array, row: Int16Array): void {
  for (let column = 0; column < row.length; column++) {
    const value = row[column];
    if (value < low[column]) low[column] = value;
    if (value > high[column]) high[column] = value;
  }
}
