// Values out of a window's data: of one channel at a time, in uV, about its mean where the stream is not filtered.

import type { TraceSourceInfo, TraceWindowInfo } from '../../../core/service/contract/index.ts';

export interface Signals {
  readonly window: TraceWindowInfo;
  /** Place in the data of a file column; undefined when it was not read. */
  readonly place: ReadonlyMap<number, number>;
  /** Counts to take off each read column. */
  readonly base: Float64Array;
}

/** Raw channels of probes stand at different offsets: each is drawn about its mean in the window. */
export function signalsOf(window: TraceWindowInfo, source: TraceSourceInfo): Signals {
  const { columns, count } = window;
  const base = new Float64Array(columns.length);
  if (source.state === 'raw' && isNeural(source)) columns.forEach((column, place) => { if (column < source.channels.analog) base[place] = middle(window, place * count); });
  return { window, place: new Map(Array.from(columns, (column, index) => [column, index])), base };
}

export const isNeural = ({ stream }: Pick<TraceSourceInfo, 'stream'>) => /\.(ap|lf)$/.test(stream);

function middle({ low, high, mode, present }: TraceWindowInfo, at: number): number {
  let sum = 0;
  let values = 0;
  for (let range = 0; range < present.length; range += 2) {
    for (let column = present[range]; column < present[range + 1]; column++) sum += mode === 'samples' ? low[at + column] : (low[at + column] + high[at + column]) / 2;
    values += present[range + 1] - present[range];
  }
  return values > 0 ? sum / values : 0;
}

export interface Extent {
  readonly min_uV: number;
  readonly max_uV: number;
  /** Only where single samples were read. */
  readonly rms_uV: number | null;
}

/** Of one channel between two times; null where nothing was read. */
export function extentOf(signals: Signals, source: TraceSourceInfo, column: number, from_s: number, to_s: number): Extent | null {
  const { window, place, base } = signals;
  const index = place.get(column);
  if (index === undefined || column >= source.channels.analog) return null;
  const first = Math.max(0, Math.floor((from_s - window.from_s) / window.step_s));
  const end = Math.min(window.count, Math.ceil((to_s - window.from_s) / window.step_s));
  let [least, most, sum, values] = [Infinity, -Infinity, 0, 0];
  for (let range = 0; range < window.present.length; range += 2) {
    for (let at = Math.max(first, window.present[range]); at < Math.min(end, window.present[range + 1]); at++) {
      const low = window.low[index * window.count + at] - base[index];
      const high = window.mode === 'samples' ? low : window.high[index * window.count + at] - base[index];
      least = Math.min(least, low);
      most = Math.max(most, high);
      sum += low * low;
      values++;
    }
  }
  if (values === 0) return null;
  const scale = source.channels.uVperBit[column];
  const [a, b] = [least * scale, most * scale];
  return { min_uV: Math.min(a, b), max_uV: Math.max(a, b), rms_uV: window.mode === 'samples' ? Math.sqrt(sum / values) * Math.abs(scale) : null };
}
