// Answers the requests of the trace page: sources, windows of samples, marks, clocks.

import { UsageError } from '../../common/index.ts';
import { createPyramids, fromReference, liveLimit_s, type OverviewTask, toReference, type TraceOverview, type TraceSource, type TraceWindow, type TraceWindowTask } from '../../review/index.ts';
import type { Handlers, TraceOverviewInfo, traceRequests, TraceWindowInfo } from '../contract/index.ts';
import { type AreaContext, pruneFolder } from '../house/index.ts';
import { describeTarget } from './describe.ts';
import { openLane } from './lane.ts';
import { marksOf } from './marks.ts';
import { snippetHandlers } from './snippets.ts';
import { type OpenTarget, openTargets } from './targets.ts';

export interface TracesArea {
  readonly handlers: Handlers<typeof traceRequests>;
  close(): Promise<void>;
}

/** Pyramids of raw files that are kept. */
const cacheLimit_B = 20e9;

export function tracesArea(context: AreaContext): TracesArea {
  const cache = () => context.profile.room('cache');
  void cache().then((folder) => pruneFolder(folder, cacheLimit_B, '.pyramid')).catch(() => undefined);
  const targets = openTargets(context);
  const pyramids = createPyramids(context.screenPool, cache, context.now);
  const lane = openLane(2);
  const marks = marksOf(context.screenPool);

  const sourceOf = ({ target }: OpenTarget, key: string): TraceSource => {
    const source = target.sources.find((each) => each.key === key);
    if (!source) throw new UsageError(`there is no stream '${key}' here (any more)`, { next: 'Reload the page.' });
    return source;
  };

  async function windowTask(open: OpenTarget, source: TraceSource, from_s: number, to_s: number, width: number, columns: Int32Array): Promise<TraceWindowTask> {
    const own = (ref: number) => fromReference(open.clocks, source.device, ref) * source.rate_Hz;
    const [first, last] = [source.files[0], source.files.at(-1)!];
    const asked = Math.max(1, own(to_s) - own(from_s));
    const from_smp = Math.max(first.first_smp, Math.floor(own(from_s)));
    const to_smp = Math.max(from_smp, Math.min(last.first_smp + last.samples_smp, Math.ceil(own(to_s)) + 1));
    return {
      key: `${source.key} ${first.path}`, files: await pyramids.files(source), columns: source.columns, analog: source.channels.analog,
      from_smp, to_smp, wanted: columns, width: Math.max(1, Math.ceil((width * (to_smp - from_smp)) / asked)), live: source.live,
    };
  }

  const place = (open: OpenTarget, { device, rate_Hz }: TraceSource, first_smp: number, per_smp: number, count: number) => {
    const from_s = toReference(open.clocks, device, first_smp / rate_Hz);
    const to_s = toReference(open.clocks, device, (first_smp + per_smp * count) / rate_Hz);
    return { from_s, step_s: count > 0 ? (to_s - from_s) / count : 0 };
  };

  async function readWindow(open: OpenTarget, source: TraceSource, from_s: number, to_s: number, width: number, wanted: readonly number[] | undefined, signal: AbortSignal): Promise<TraceWindowInfo> {
    const columns = Int32Array.from(wanted?.filter((column) => column < source.columns) ?? Array.from({ length: source.columns }, (_, column) => column)).sort();
    const task = await windowTask(open, source, from_s, to_s, width, columns);
    const empty = { first_smp: task.from_smp, per_smp: 1, count: 0, columns, low: new Int16Array(0), high: new Int16Array(0), present: new Int32Array(0), ...place(open, source, task.from_smp, 1, 0) };
    if (source.live && to_s - from_s > liveLimit_s) return { mode: 'off', ...empty, text: `Live ${source.state === 'car' ? 'CAR' : 'filter'} is off beyond ${liveLimit_s} s, the shown span is ${shortSpan(to_s - from_s)}.` };
    if (task.to_smp <= task.from_smp) return { mode: 'samples', ...empty, text: null };
    const window = await lane(signal, () => context.screenPool().run<TraceWindow>('traces.window', task));
    const { isSlow, missing, ...read } = window;
    if (isSlow) pyramids.wish(source, (task.from_smp + task.to_smp) / 2);
    return { ...read, ...place(open, source, window.first_smp, window.per_smp, window.count), columns, text: missing > 0 ? buildingText(source) : null };
  }

  const buildingText = (source: TraceSource): string => {
    const { done, problem } = pyramids.state(source);
    return problem ?? `building overview ${Math.floor(done * 100)} %`;
  };

  async function readOverview(open: OpenTarget, source: TraceSource, width: number, signal: AbortSignal): Promise<TraceOverviewInfo> {
    const { analog, uVperBit } = source.channels;
    const columns = Int32Array.from({ length: analog }, (_, column) => column);
    const window = await windowTask(open, source, open.from_s, open.to_s, width, columns);
    const overview = await lane(signal, () => context.screenPool().run<TraceOverview>('traces.overview', { window, uVperBit } satisfies OverviewTask));
    if (overview.isSlow) pyramids.wish(source, window.from_smp);
    const { done, problem } = pyramids.state(source);
    return { ...place(open, source, overview.first_smp, overview.per_smp, overview.reach_uV.length), reach_uV: overview.reach_uV, done: overview.missing > 0 ? done : 1, problem: overview.missing > 0 ? problem : null };
  }

  return {
    handlers: {
      ...snippetHandlers(context, async (target, key) => {
        const open = await targets.get(target);
        return { open, source: sourceOf(open, key) };
      }),
      'trace.sources': async ({ target }) => describeTarget(await targets.read(target)),
      async 'trace.window'({ target, source, from_s, to_s, width, columns }, { signal }) {
        const open = await targets.get(target);
        return readWindow(open, sourceOf(open, source), from_s, Math.max(to_s, from_s), width, columns, signal);
      },
      async 'trace.overview'({ target, source, width }, { signal }) {
        const open = await targets.get(target);
        return readOverview(open, sourceOf(open, source), width, signal);
      },
      'trace.marks': async ({ target, ...asked }) => marks.inWindow(await targets.get(target), asked),
      'trace.spans': async ({ target, ...asked }) => (await targets.get(target)).spans.inWindow(asked),
      'trace.units': async ({ target, sorter }) => ({ units: (await marks.spikes(await targets.get(target), sorter)).units }),
      'trace.next': async ({ target, ...asked }) => marks.next(await targets.get(target), asked),
      async 'trace.map'({ target, t_s, device }) {
        const { clocks, devices } = await targets.get(target);
        const ref = device === undefined ? t_s : toReference(clocks, device, t_s);
        return { t_s: ref, devices: devices.map((each) => ({ device: each, own_s: fromReference(clocks, each, ref), aligned: each === clocks.reference || clocks.maps.has(each) })) };
      },
    },
    close: () => pyramids.close(),
  };
}

const shortSpan = (seconds: number) => (seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`);
