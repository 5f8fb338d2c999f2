// The session that a choice of runs begins with: all their gates, triggers, probes and OneBoxes, and settings that work.

import { afterSorting } from '../../pipelines/index.ts';
import { multiRunSchema, refractoryMs } from '../../pipelines/index.ts';
import type { ProbeRegion } from '../../pipelines/exchange/index.ts';
import type { RunDetails, SessionContent } from '../contract/index.ts';

export interface Beginning {
  /** Settings to take instead of the usual ones. */
  readonly settings: SessionContent;
  readonly destination: string | undefined;
  /** The region a probe was in last, if that is known. */
  readonly lastRegion?: (runId: string, probe: number) => ProbeRegion | undefined;
}

export function sessionOfRuns(kind: string, runs: readonly RunDetails[], { settings, destination, lastRegion }: Beginning): SessionContent {
  const specs = runs.flatMap((run) => specsOf(run, (runId, probe) => regionFor(kind, lastRegion?.(runId, probe), settings)));
  const streams = new Set(runs.flatMap(({ summary }) => clocksOf(summary)));
  const reference = typeof settings.toStream_sync_params === 'string' && streams.has(settings.toStream_sync_params) ? settings.toStream_sync_params : ([...streams][0] ?? 'imec0');
  const periods = runs.map(({ sync }) => sync.period_s).filter((period) => period !== null);
  const oneClock = runs.length > 0 && runs.every(({ summary }) => clocksOf(summary).length < 2);
  return {
    version: 1,
    kind,
    npx_directory: [...new Set(runs.flatMap(({ summary }) => summary.folders))],
    run_specs: specs,
    ...(destination === undefined ? {} : { catGT_dest: destination }),
    catGT_cmd_string: multiRunSchema.shape.catGT_cmd_string.parse(undefined),
    ks_ver: 'ag',
    modules: ['spike_sorter', ...afterSorting],
    ...(oneClock ? { runTPrime: false } : {}),
    ...settings,
    sync_period: periods[0] ?? settings.sync_period ?? 1,
    toStream_sync_params: reference,
  };
}

/** A region that is in the table no more is forgotten; super-runs sort their probes whole. */
function regionFor(kind: string, region: ProbeRegion | undefined, { refPerMS_dict: table = {} }: SessionContent): ProbeRegion | undefined {
  const isKnown = (name: string) => Object.hasOwn(refractoryMs, name) || Object.hasOwn(table as object, name);
  if (region === undefined || ![region].flat().every(isKnown)) return undefined;
  return kind === 'super-run' ? [region].flat()[0] : region;
}

/** What TPrime can align, probes first. */
function clocksOf({ probes, ni, obx }: RunDetails['summary']): string[] {
  return [...probes.map(({ index }) => `imec${index}`), ...(ni ? ['ni'] : []), ...obx.map((index) => `obx${index}`)];
}

/** One entry for the gates that recorded the same probes and OneBoxes: joined to one output when they follow one another, as the list of runs and the run page show them. */
function specsOf({ summary, files }: RunDetails, lastRegion: Beginning['lastRegion']): unknown[][] {
  const groups = new Map<string, { readonly probes: readonly number[]; readonly obx: readonly number[]; readonly gates: number[] }>();
  for (const { gate } of summary.gates) {
    const streams = files.filter((file) => file.gate === gate).map((file) => file.stream);
    const indexes = (pattern: RegExp) => [...new Set(streams.flatMap((stream) => pattern.exec(stream)?.slice(1).map(Number) ?? []))].sort((a, b) => a - b);
    const [probes, obx] = [indexes(/^imec(\d+)\./), indexes(/^obx(\d+)$/)];
    const key = `${probes.join()}|${obx.join()}`;
    const group = groups.get(key) ?? { probes, obx, gates: [] };
    group.gates.push(gate);
    groups.set(key, group);
  }
  // A gate without a probe has nothing to sort.
  return [...groups.values()].filter(({ probes }) => probes.length > 0).map(({ probes, obx, gates }) => (
    [summary.name, gatesText(gates), 'start,end', probes.join(','), obx.join(','), probes.map((probe) => lastRegion?.(summary.runId, probe) ?? 'default')]));
}

/** `0`, `0,3` for a row of gates, else one by one: a range would ask for gates that are not there. */
function gatesText(gates: readonly number[]): string | string[] {
  const [first, last] = [gates[0], gates.at(-1)!];
  if (gates.length === 1) return String(first);
  return last - first === gates.length - 1 ? `${first},${last}` : gates.map(String);
}
