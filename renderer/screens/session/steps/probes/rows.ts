// What the probes step shows: every probe and OneBox of the session's runs, where it is used and in which region, and the
// changes it makes, for one run or for all that have the probe.

import type { RunProbe, RunSummary } from '../../../../../core/service/contract/index.ts';
import { readUse, runOf, type SpecEntry, specsOf, withObx, withProbe } from './specs.ts';
import type { StepProps } from '../../Step.tsx';

/** An entry of run_specs with the run it speaks of. */
export interface Entry {
  readonly index: number;
  readonly entry: SpecEntry;
  readonly run: RunSummary | undefined;
}

/** A probe of one entry, or of all of them. */
export interface ProbeRow {
  readonly probe: number;
  /** Of the first run that has it; undefined: asked for, but in no run. */
  readonly facts: RunProbe | undefined;
  readonly run: RunSummary | undefined;
  readonly use: 'all' | 'some' | 'none';
  /** null: differs between runs. */
  readonly region: string | null;
  /** Runs that do not have it although the session asks for it there. */
  readonly missing: readonly string[];
}

export function entriesOf(session: StepProps['draft']['session'], runs: readonly RunSummary[]): Entry[] {
  return specsOf(session).map((entry, index) => ({ index, entry, run: runOf(entry, runs) }));
}

export function probeRows(entries: readonly Entry[]): ProbeRow[] {
  const numbers = new Set(entries.flatMap(({ entry, run }) => [...readUse(entry).probes.map(({ probe }) => probe), ...(run?.probes.map(({ index }) => index) ?? [])]));
  return [...numbers].sort((a, b) => a - b).map((probe) => {
    const having = entries.filter(({ run }) => run?.probes.some(({ index }) => index === probe));
    const using = entries.filter(({ entry }) => readUse(entry).probes.some((each) => each.probe === probe));
    const regions = new Set(using.map(({ entry }) => readUse(entry).probes.find((each) => each.probe === probe)!.region));
    return {
      probe,
      facts: having[0]?.run?.probes.find(({ index }) => index === probe),
      run: having[0]?.run,
      use: using.length === 0 ? 'none' : having.every((entry) => using.includes(entry)) ? 'all' : 'some',
      region: regions.size > 1 ? null : ([...regions][0] ?? 'default'),
      missing: using.filter((entry) => entry.run && !having.includes(entry)).map(({ run }) => run!.name),
    };
  });
}

/** run_specs with a probe used or not in these entries; only where the run has it, or had it asked for. */
export function specsWithProbe(all: readonly SpecEntry[], entries: readonly Entry[], probe: number, isUsed: boolean, region: string): readonly SpecEntry[] {
  const fitting = entries.filter(({ entry, run }) => !isUsed || run?.probes.some(({ index }) => index === probe) || readUse(entry).probes.some((each) => each.probe === probe)).map(({ index }) => index);
  return all.map((entry, index) => (fitting.includes(index) ? withProbe(entry, probe, isUsed, region) : entry));
}

/** run_specs with a probe's region set where it is used. */
export function specsWithRegion(all: readonly SpecEntry[], entries: readonly Entry[], probe: number, region: string): readonly SpecEntry[] {
  const using = entries.filter(({ entry }) => readUse(entry).probes.some((each) => each.probe === probe)).map(({ index }) => index);
  return all.map((entry, index) => (using.includes(index) ? withProbe(entry, probe, true, region) : entry));
}

export function specsWithObx(all: readonly SpecEntry[], entries: readonly Entry[], box: number, isUsed: boolean): readonly SpecEntry[] {
  const having = entries.filter(({ run }) => !isUsed || run?.obx.includes(box)).map(({ index }) => index);
  return all.map((entry, index) => (having.includes(index) ? withObx(entry, box, isUsed) : entry));
}
