// Opens the lines of a run's gate for the requests of this area, and has files condensed once however many ask for it.

import path from 'node:path';
import { makeFolder, UsageError } from '../../common/index.ts';
import { condenseSource, type LineSource, openLines, type OpenedLines } from '../../review/index.ts';
import type { StreamId } from '../../spikeglx/index.ts';
import type { CallContext, LineSpan, RunDetails } from '../contract/index.ts';
import { type AreaContext, pruneFolder } from '../house/index.ts';

export interface SourceInput {
  readonly runId: string;
  readonly gate: number;
  readonly stream: string;
  readonly trigger?: number;
  readonly whole: boolean;
}

export interface Sources {
  open(input: SourceInput): Promise<OpenedLines>;
  /** Ends when every file of the source is condensed. Stops when nobody waits any longer. */
  condense(source: LineSource, call: CallContext): Promise<void>;
  close(): void;
}

interface Job {
  readonly done: Promise<void>;
  readonly stop: AbortController;
  readonly waiting: Set<CallContext>;
}

/** What condensed lines may come to; an hour of NI makes some MB. */
const mostCached_B = 2e9;

async function cacheOf({ profile }: AreaContext): Promise<string> {
  return path.join(await profile.room('cache'), 'lines');
}

/** Once, before anything is opened: no file goes that somebody is about to read. */
export async function pruneLines(context: AreaContext): Promise<void> {
  await pruneFolder(await cacheOf(context), mostCached_B);
}

export function openSources(context: AreaContext): Sources {
  const jobs = new Map<string, Job>();

  const start = (key: string, source: LineSource): Job => {
    const stop = new AbortController();
    const waiting = new Set<CallContext>();
    const tell = (done: number, total: number) => waiting.forEach(({ progress }) => progress(Math.round((100 * done) / total), 100, `% of ${source.label}`));
    const done = condenseSource(source, context.screenPool(), stop.signal, tell).finally(() => jobs.delete(key));
    done.catch(() => undefined); // those who wait are told
    const job = { done, stop, waiting };
    jobs.set(key, job);
    return job;
  };

  return {
    async open(input) {
      const stream = streamId(input.stream);
      const cache = await cacheOf(context);
      await makeFolder(cache);
      return openLines(stream, inputsOf(context.runs.get(input.runId), input), cache, input.whole);
    },
    async condense(source, call) {
      const key = source.files.map(({ condensed }) => condensed).join('|');
      // One that was given up a moment ago ends first: it would fail those who join it.
      while (jobs.get(key)?.stop.signal.aborted) await jobs.get(key)!.done.catch(() => undefined);
      const job = jobs.get(key) ?? start(key, source);
      job.waiting.add(call);
      try {
        await Promise.race([job.done, aborted(call.signal)]);
      } finally {
        job.waiting.delete(call);
        if (job.waiting.size === 0) job.stop.abort();
      }
    },
    close() {
      for (const job of jobs.values()) job.stop.abort();
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}

/** Throws UsageError for LF and unknown names. */
export function streamId(key: string): StreamId {
  const [, probe, band, box] = /^(?:imec(\d+)\.(ap|lf)|obx(\d+)|nidq)$/.exec(key) ?? [];
  if (band === 'lf') throw new UsageError('Events cannot be taken from LF files.', { next: `The same lines are in the AP file, at 12 times the precision: look at imec${probe}.ap.` });
  if (probe !== undefined) return { kind: 'ap', index: Number(probe) };
  if (box !== undefined) return { kind: 'obx', index: Number(box) };
  if (key !== 'nidq') throw new UsageError(`there is no stream '${key}'`);
  return { kind: 'nidq', index: 0 };
}

function inputsOf(run: RunDetails, { gate, stream, trigger }: SourceInput) {
  const inGate = run.files.filter((file) => file.gate === gate && !file.stream.endsWith('.lf') && (trigger === undefined || file.trigger === trigger));
  const own = inGate.filter((file) => file.stream === stream).sort((a, b) => a.trigger - b.trigger);
  if (own.length === 0) throw new UsageError(`${run.summary.name} has no ${stream} in gate ${gate}${trigger === undefined ? '' : `, trigger ${trigger}`}.`, { next: 'Choose another stream or gate.' });
  return own.map((file) => ({
    bin: file.path,
    gate,
    trigger: file.trigger,
    companions: inGate.filter((other) => other !== file && other.trigger === file.trigger).map((other) => ({ samples: other.samples_smp, rate: other.rate_Hz, columns: 1 })),
  }));
}

export function spanOf(source: LineSource): LineSpan {
  const seconds = (samples: number) => samples / source.rate;
  return {
    rate_Hz: source.rate,
    length_s: seconds(source.total),
    covered_s: seconds(source.covered),
    gaps: source.gaps.map(({ out, length }) => ({ from_s: seconds(out), to_s: seconds(out + length) })),
    files: source.segments.map(({ file, out }) => ({ trigger: source.files[file].trigger, from_s: seconds(out) })),
  };
}
