// Presets: the settings of a session without its runs and destination, as rules that other evenings can take.

import { isDeepStrictEqual } from 'node:util';
import type { ParameterInput } from '../../modules/index.ts';
import { catgtWords } from '../../notation/index.ts';
import type { ProbeRegion } from '../session/runSpecs.ts';
import { effectiveSession } from './effective.ts';
import { checkExtractor, type RunFacts } from './extractorCheck.ts';
import type { NotUsed } from './reading.ts';
import { leaves, settingsOf } from './settings.ts';
import { probesOf, regionsOf, specsOf, withRegions } from './specEntries.ts';

export interface PresetContent {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Regions by probe (`imec0`), or by its shanks; others keep theirs. Gates, triggers and probes stay as they are chosen. */
  readonly regions: Readonly<Record<string, ProbeRegion>>;
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
  const regions = new Map<string, ProbeRegion>();
  for (const spec of specsOf(session)) {
    const given = regionsOf(spec);
    for (const [index, probe] of probesOf(spec).entries()) if (given[index] !== 'default' && !regions.has(`imec${probe}`)) regions.set(`imec${probe}`, given[index]);
  }
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
    ...(specs.length > 0 && Object.keys(regions).length > 0 ? { run_specs: specs.map((spec) => withRegions(spec, (probe, region) => regions[`imec${probe}`] ?? region)) } : {}),
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
