// A look at the sync lines themselves: some seconds of each stream, one sample every few milliseconds, tell whether there
// are edges and how far apart. (Counting all of them is the work of extraction.)

import fs from 'node:fs/promises';
import { planExtractions, type CatGTOptions, type Extraction } from '../../engines/catgt/index.ts';
import { type PreflightFinding, stop, warn } from './finding.ts';
import type { RunOnDisk } from './recorded.ts';
import type { StreamPlan } from './streamPlans.ts';
import { threeDigits } from './words.ts';

/** Periods that are looked at. */
const periods = 12;
/** Samples per period. */
const perPeriod = 400;

/** @param period of the sync pulses, s */
export async function checkEdges(run: RunOnDisk, plans: readonly StreamPlan[], options: CatGTOptions, period: number, signal?: AbortSignal): Promise<PreflightFinding[]> {
  const found: PreflightFinding[] = [];
  for (const plan of plans) {
    if (plan.stream.kind === 'lf') continue;
    const sync = planExtractions(options, plan.meta, plan.facts, 0).extractions.find(({ automatic }) => automatic);
    if (!sync) continue;
    const edges = await risingEdges(plan, sync, period, signal);
    const finding = edges && judge(edges, plan, run, period);
    // One clock gives the pulses to all: a wrong period is said once.
    if (finding && !(finding.id === 'sync-period' && found.some(({ id }) => id === 'sync-period'))) found.push(finding);
  }
  return found;
}

interface Edges {
  /** s from the beginning. */
  readonly times: readonly number[];
  /** Length that was read, s. */
  readonly seconds: number;
}

async function risingEdges({ files, facts }: StreamPlan, sync: Extraction, period: number, signal: AbortSignal | undefined): Promise<Edges | undefined> {
  if (sync.kind === 'bf') return undefined;
  const isHigh = 'bit' in sync.signal ? ((bit: number) => (value: number) => ((value >> bit) & 1) === 1)(sync.signal.bit) : ((level: number) => (value: number) => value >= level)(sync.signal.threshold);
  const stride = Math.max(1, Math.round((period / perPeriod) * facts.rate));
  const count = Math.min(periods * perPeriod, Math.floor(files[0].samples / stride));
  const handle = await fs.open(files[0].bin, 'r').catch(() => undefined);
  if (!handle) return undefined;
  try {
    const word = Buffer.alloc(2);
    const times: number[] = [];
    let before = true;
    for (let index = 0; index < count; index++) {
      signal?.throwIfAborted();
      await handle.read(word, 0, 2, 2 * (index * stride * facts.columns + sync.column));
      const high = isHigh(word.readInt16LE());
      if (high && !before) times.push((index * stride) / facts.rate);
      before = high;
    }
    return { times, seconds: (count * stride) / facts.rate };
  } finally {
    await handle.close();
  }
}

function judge({ times, seconds }: Edges, { label }: StreamPlan, run: RunOnDisk, period: number): PreflightFinding | undefined {
  const where = { run: run.spec.run, gate: run.spec.gates[0], stream: label, probe: label.startsWith('imec') ? Number.parseInt(label.slice(4), 10) : undefined, step: 'sync' as const };
  if (seconds < 2.5 * period) return undefined; // too short to tell
  const next = [{ label: 'Go to Sync', step: 'sync' as const }];
  if (times.length === 0) return stop('sync-missing', `${label.replace(/\.ap$/, '')} has no sync edges in the first ${threeDigits(seconds)} s of ${run.spec.run}. Times of it cannot be aligned. Check the SMA cable, or take it out of sync.`, where, { next: [{ label: 'Do not align', patch: { runTPrime: false } }, ...next] });
  const spans = times.slice(1).map((time, index) => time - times[index]).sort((a, b) => a - b);
  const median = spans[Math.floor(spans.length / 2)];
  if (median === undefined) return warn('sync-odd', `${label} has one sync edge only in its first ${threeDigits(seconds)} s.`, where, { next });
  if (Math.abs(median / period - 1) > 0.02) return warn('sync-period', `Edges of ${label} come every ${threeDigits(median)} s but ${threeDigits(period)} s is set.`, where, { next: [{ label: `Use ${threeDigits(median)} s`, patch: { sync_period: Number(median.toFixed(2)) } }] });
  const odd = spans.filter((span) => Math.abs(span / period - 1) > 0.02).length;
  return odd === 0 ? undefined : warn('sync-odd', `${odd} of the first ${spans.length} intervals between sync edges of ${label} are not ${threeDigits(period)} s long: a pulse was missed, or something else is on the line.`, where, { next });
}
