// What lies over traces, on the reference clock: events, spikes, and the way to the next one.

import path from 'node:path';
import { InputFileError, type TaskPool } from '../../common/index.ts';
import { lowerBound } from '../../common/index.ts';
import { deviceTime, gridSample, type SorterSpikes, toReference } from '../../review/index.ts';
import type { TraceMarks, TraceSpanKind } from '../contract/index.ts';
import { streamOfSorter } from './describe.ts';
import type { OpenTarget } from './targets.ts';

interface Chosen {
  readonly lines: readonly string[];
  readonly sorter: string | null;
  readonly units: readonly number[] | 'all';
}

interface PlacedSpikes extends SorterSpikes {
  readonly stream: string;
  /** Reference seconds of each spike, ascending. */
  readonly times_s: Float64Array;
}

export interface Marks {
  inWindow(open: OpenTarget, asked: Chosen & { readonly from_s: number; readonly to_s: number }): Promise<TraceMarks>;
  next(open: OpenTarget, asked: Chosen & { readonly kind: 'event' | 'spike' | 'problem'; readonly spans: readonly TraceSpanKind[]; readonly sources: readonly string[] | null; readonly from_s: number; readonly direction: 1 | -1 }): Promise<{ t_s: number | null; text: string }>;
  spikes(open: OpenTarget, sorter: string): Promise<PlacedSpikes>;
}

/** More marks than this in a window are counted, not drawn. */
const mostDrawn = 20_000;
/** Two events closer than this are one step of "next": half a sample at 30 kHz. */
const apart_s = 1.7e-5;

export function marksOf(pool: () => TaskPool): Marks {
  // Kept as long as the target is: a target that is read again is another object.
  const events = new WeakMap<OpenTarget, Map<string, Promise<Float64Array>>>();
  const sorted = new WeakMap<OpenTarget, Map<string, Promise<PlacedSpikes>>>();

  const eventsOf = (open: OpenTarget, key: string): Promise<Float64Array> => kept(events, open, key, async () => {
    const line = open.events.find((each) => each.key === key);
    if (!line) return new Float64Array(0);
    const lists = await pool().run<Float64Array[]>('traces.times', line.files.map((file) => file.path));
    const times = lists.flatMap((list, index) => {
      const axis = open.target.times.get(line.files[index].folder)?.get(line.device) ?? { start_s: 0, cuts: [] };
      return Array.from(list, (time) => toReference(open.clocks, line.device, deviceTime(axis, time)));
    });
    return Float64Array.from(times).sort();
  });

  const spikes = (open: OpenTarget, sorter: string): Promise<PlacedSpikes> => kept(sorted, open, sorter, async () => {
    if (!open.outputs.some((output) => output.sorters.includes(sorter))) throw new InputFileError(sorter, 'is not one of the sorted folders of this recording');
    const found = await pool().run<SorterSpikes>('traces.spikes', sorter);
    const stream = streamOfSorter(sorter);
    const source = sourceOfSpikes(open, found, stream);
    if (!source) throw new InputFileError(sorter, `the recording it was made from (${found.dataFile ?? 'not named in params.py'}) is not shown here, so its spikes have no place on the time axis`);
    const times_s = found.times_smp.map((row) => toReference(open.clocks, source.device, gridSample(source.pieces, row) / source.rate_Hz));
    return { ...found, stream: source.stream, times_s };
  });

  const eventTimes = async (open: OpenTarget, lines: readonly string[]) => Promise.all(lines.map(async (key) => ({ key, times: await eventsOf(open, key) })));

  return {
    spikes,
    async inWindow(open, { lines, sorter, units, from_s, to_s }) {
      const lists = await eventTimes(open, lines);
      return {
        events: lists.map(({ key, times }) => {
          const inside = times.subarray(lowerBound(times, from_s), lowerBound(times, to_s));
          return { key, count: inside.length, times_s: inside.length > mostDrawn ? new Float64Array(0) : inside.slice() };
        }),
        spikes: sorter === null ? null : inside(await spikes(open, sorter), units, from_s, to_s),
      };
    },
    async next(open, { kind, lines, sorter, units, spans, sources, from_s, direction }) {
      const candidates: { t: number; text: string }[] = [];
      const offer = (times: Float64Array, text: (index: number) => string, isWanted?: (index: number) => boolean) => {
        let index = direction > 0 ? lowerBound(times, from_s + apart_s) : lowerBound(times, from_s - apart_s) - 1;
        while (isWanted && times[index] !== undefined && !isWanted(index)) index += direction;
        if (times[index] !== undefined) candidates.push({ t: times[index], text: text(index) });
      };
      if (kind === 'event') for (const { key, times } of await eventTimes(open, lines)) offer(times, () => open.events.find((line) => line.key === key)!.label);
      if (kind === 'spike' && sorter !== null) {
        const { times_s, clusters } = await spikes(open, sorter);
        const wanted = units === 'all' ? null : new Set(units);
        offer(times_s, (index) => `unit ${clusters[index]}`, wanted ? (index) => wanted.has(clusters[index]) : undefined);
      }
      if (kind === 'problem') return open.spans.next({ kinds: spans, sources, from_s, direction, apart_s }) ?? { t_s: null, text: `No ${direction > 0 ? 'later' : 'earlier'} problem.` };
      const best = candidates.sort((a, b) => direction * (a.t - b.t))[0];
      return best ? { t_s: best.t, text: best.text } : { t_s: null, text: `No ${direction > 0 ? 'later' : 'earlier'} ${kind}.` };
    },
  };
}

function kept<Value>(store: WeakMap<OpenTarget, Map<string, Promise<Value>>>, open: OpenTarget, key: string, make: () => Promise<Value>): Promise<Value> {
  const known = store.get(open) ?? new Map<string, Promise<Value>>();
  store.set(open, known);
  if (!known.has(key)) {
    const making = make();
    known.set(key, making);
    making.catch(() => known.delete(key));
  }
  return known.get(key)!;
}

/** The file that params.py names, by path or, when it was moved, by name; else the processed files of the probe. */
function sourceOfSpikes(open: OpenTarget, { dataFile, folder }: SorterSpikes, stream: string) {
  const files = open.target.sources.filter(({ live }) => live === null).flatMap((source) => source.files.map((file) => ({ ...source, ...file, pieces: source.files.filter(({ path: same }) => same === file.path) })));
  return files.find((file) => file.path === dataFile)
    ?? files.find((file) => dataFile !== null && path.basename(file.path) === path.basename(dataFile))
    ?? files.find((file) => file.stream === stream && file.state === 'catgt' && path.dirname(file.path) === path.dirname(folder));
}

function inside({ stream, times_s, clusters, column }: PlacedSpikes, units: readonly number[] | 'all', from_s: number, to_s: number): NonNullable<TraceMarks['spikes']> {
  const wanted = units === 'all' ? null : new Set(units);
  const chosen: number[] = [];
  let count = 0;
  for (let index = lowerBound(times_s, from_s), end = lowerBound(times_s, to_s); index < end; index++) {
    if (wanted && !wanted.has(clusters[index])) continue;
    if (++count <= mostDrawn) chosen.push(index);
  }
  const shown = count > mostDrawn ? [] : chosen;
  return { stream, count, times_s: Float64Array.from(shown, (index) => times_s[index]), units: Int32Array.from(shown, (index) => clusters[index]), columns: Int32Array.from(shown, (index) => column[clusters[index]]) };
}
