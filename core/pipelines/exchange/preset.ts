// Presets: the settings of a session without its runs and destination, as rules that other evenings can take.

import { isDeepStrictEqual } from 'node:util';
import type { ParameterInput } from '../../modules/index.ts';
import { catgtWords } from '../../notation/index.ts';
import { parseChannelList } from '../../spikeglx/index.ts';
import { effectiveSession } from './effective.ts';
import { checkExtractor, type RunFacts } from './extractorCheck.ts';
import type { NotUsed } from './reading.ts';
import { leaves, settingsOf } from './settings.ts';

export interface PresetContent {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Regions by probe (`imec0`); others keep theirs. Gates, triggers and probes stay as they are chosen. */
  readonly regions: Readonly<Record<string, string>>;
}

export interface Fitted {
  /** Keys of the session to set; null removes one. */
  readonly patch: Readonly<Record<string, unknown>>;
  readonly settings: number;
  readonly unfit: readonly NotUsed[];
  /** What becomes different. */
  readonly changes: readonly { readonly key: string; readonly from: unknown; readonly to: unknown }[];
}

export function presetOf(session: ParameterInput): PresetContent {
  const regions = new Map<string, string>();
  for (const [probe, region] of specsOf(session).flatMap(probeRegions)) if (region !== 'default' && !regions.has(probe)) regions.set(probe, region);
  return { settings: settingsOf(session), regions: Object.fromEntries(regions) };
}

/** A preset on a session, with what its runs do not have left out. */
export function fitPreset({ settings, regions }: PresetContent, session: ParameterInput, runs: readonly RunFacts[]): Fitted {
  const unfit: NotUsed[] = [];
  const words = catgtWords(typeof settings.ni_obx_extract_string === 'string' ? settings.ni_obx_extract_string : '').map((word) => word.text);
  const fitting = words.filter((text) => {
    const wrong = checkExtractor(text, runs);
    if (wrong) unfit.push(wrong);
    return !wrong;
  });
  const reference = settings.toStream_sync_params;
  const isThere = typeof reference !== 'string' || runs.length === 0 || runs.some((run) => hasClock(run, reference));
  if (!isThere) unfit.push({ token: `toStream_sync_params = ${reference}`, id: 'stream-missing', reason: `${reference} is not in these runs.` });
  const specs = specsOf(session);
  const wanted: Record<string, unknown> = {
    ...Object.fromEntries(Object.keys(settingsOf(session)).filter((key) => key !== 'toStream_sync_params' && key !== 'sync_period').map((key) => [key, null])),
    ...settings,
    ...(words.length > 0 ? { ni_obx_extract_string: fitting.join(' ') } : {}),
    ...(isThere ? {} : { toStream_sync_params: session.toStream_sync_params }),
    ...(specs.length > 0 && Object.keys(regions).length > 0 ? { run_specs: specs.map((spec) => withRegions(spec, regions)) } : {}),
  };
  const patch = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => !isDeepStrictEqual(value ?? undefined, session[key] ?? undefined)));
  const before = effectiveSession(session);
  const after = effectiveSession({ ...session, ...patch });
  const changes = Object.keys({ ...before, ...after }).filter((key) => !isDeepStrictEqual(before[key], after[key])).map((key) => ({ key, from: before[key] ?? null, to: after[key] ?? null }));
  const options = catgtWords(typeof settings.catGT_cmd_string === 'string' ? settings.catGT_cmd_string : '').length;
  return { patch, unfit, changes, settings: Object.keys(leaves(settings)).length + options + fitting.length + Object.keys(regions).length };
}

function hasClock(run: RunFacts, stream: string): boolean {
  const number = Number(/\d+$/.exec(stream)?.[0] ?? 0);
  if (stream.startsWith('imec')) return run.probes.includes(number);
  return stream.startsWith('obx') ? run.obx.includes(number) : run.streams.some((each) => each.stream === 'nidq');
}

function specsOf(session: ParameterInput): unknown[][] {
  return Array.isArray(session.run_specs) ? session.run_specs.filter((spec): spec is unknown[] => Array.isArray(spec)) : [];
}

function probeRegions([, , , probes, , regions = []]: unknown[]): [string, string][] {
  const list = probesIn(probes);
  return Array.isArray(regions) ? list.map((probe, index) => [`imec${probe}`, String((regions as unknown[])[index] ?? 'default')]) : [];
}

function withRegions(spec: unknown[], byProbe: Readonly<Record<string, string>>): unknown[] {
  const [run, gates, triggers, probes, obx = ''] = spec;
  return [run, gates, triggers, probes, obx, probeRegions(spec).map(([probe, region]) => byProbe[probe] ?? region)];
}

function probesIn(text: unknown): number[] {
  try {
    const list = parseChannelList(String(text));
    return list === 'all' ? [] : list;
  } catch {
    return [];
  }
}
