// A small run in one call, for tests and checks: one probe of 16 channels, NI, two seconds, unless said otherwise.

import type { RunInput } from './description.ts';
import type { ProbeInput } from './probeDescription.ts';
import { simulateRun } from './simulateRun.ts';
import type { SimulateContext, SimulatedRun } from './simulateRun.ts';

export interface QuickOverrides extends Omit<RunInput, 'ni' | 'artefacts'> {
  /** Length of the one file of each stream, s; `spans` overrides it. */
  readonly seconds?: number;
  /** Of the one probe; `probes` overrides all of them. */
  readonly partNumber?: string;
  readonly savedChannels?: string;
  readonly probe?: ProbeInput;
  /** null: no NI. */
  readonly ni?: RunInput['ni'] | null;
  /** True times in s, or everything about artefacts. */
  readonly artefacts?: readonly number[] | RunInput['artefacts'];
}

/** The first file starts here, s: just before the second sync pulse. */
const startS = 1.1;

export function quickDescription(overrides: QuickOverrides = {}): RunInput {
  const { seconds = 2, partNumber = 'NP1010', savedChannels = '0:15', probe, ni, artefacts, ...rest } = overrides;
  const { units, ...otherOfProbe } = probe ?? {};
  const isList = (value: unknown): value is readonly number[] => Array.isArray(value);
  return {
    name: 'quick',
    spans: [{ gate: 0, trigger: 0, fromS: startS, toS: startS + seconds }],
    probes: [{ partNumber, savedChannels, ...otherOfProbe, units: { count: 6, ...units } }],
    ...(ni === null ? {} : { ni: ni ?? {} }),
    artefacts: isList(artefacts) ? { atS: [...artefacts] } : artefacts,
    ...rest,
  };
}

/** Simulates quickDescription(overrides) into `dest`. */
export function quickRun(dest: string, overrides: QuickOverrides = {}, context: SimulateContext = {}): Promise<SimulatedRun> {
  return simulateRun(dest, quickDescription(overrides), context);
}
