// What the probes step shows: every probe and OneBox of the session's runs, where it is used and in which region, and the
// changes it makes, for one run or for all that have the probe.

import { type RunProbe, type RunSummary, shankNumber } from '../../../../../core/service/contract/index.ts';
import { type ProbeRegion, readUse, runOf, type SpecEntry, specsOf, withObx, withProbe } from './specs.ts';
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
  readonly region: ProbeRegion | null;
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
    const regions = new Map(using.map(({ entry }) => readUse(entry).probes.find((each) => each.probe === probe)!.region).map((region) => [JSON.stringify(region), region]));
    return {
      probe,
      facts: having[0]?.run?.probes.find(({ index }) => index === probe),
      run: having[0]?.run,
      use: using.length === 0 ? 'none' : having.every((entry) => using.includes(entry)) ? 'all' : 'some',
      region: regions.size > 1 ? null : ([...regions.values()][0] ?? 'default'),
      missing: using.filter((entry) => entry.run && !having.includes(entry)).map(({ run }) => run!.name),
    };
  });
}

/** run_specs with a probe used or not in these entries; only where the run has it, or had it asked for. */
export function specsWithProbe(all: readonly SpecEntry[], entries: readonly Entry[], probe: number, isUsed: boolean, region: ProbeRegion): readonly SpecEntry[] {
  const fitting = entries.filter(({ entry, run }) => !isUsed || run?.probes.some(({ index }) => index === probe) || readUse(entry).probes.some((each) => each.probe === probe)).map(({ index }) => index);
  return all.map((entry, index) => (fitting.includes(index) ? withProbe(entry, probe, isUsed, region) : entry));
}

/** run_specs with a probe's region set where it is used. */
export function specsWithRegion(all: readonly SpecEntry[], entries: readonly Entry[], probe: number, region: ProbeRegion): readonly SpecEntry[] {
  const using = entries.filter(({ entry }) => readUse(entry).probes.some((each) => each.probe === probe)).map(({ index }) => index);
  return all.map((entry, index) => (using.includes(index) ? withProbe(entry, probe, true, region) : entry));
}

/** run_specs with the region of one row in all rows in use; shank by shank only where a probe has as many of them. */
export function specsWithRowCopied(all: readonly SpecEntry[], entries: readonly Entry[], rows: readonly ProbeRow[], { region, facts }: ProbeRow): readonly SpecEntry[] {
  if (region === null) return all;
  return rows.filter(({ use }) => use !== 'none').reduce((specs, row) => {
    const own = typeof region === 'string' || row.facts?.shanks === facts?.shanks ? region : region[0];
    return specsWithRegion(specs, entries.map((each) => ({ ...each, entry: specs[each.index] })), row.probe, own);
  }, all);
}

/** Which shanks of a probe have sites in use. */
export function shanksWithSites({ thumb, shanks }: Pick<RunProbe, 'thumb' | 'shanks'>): boolean[] {
  return Array.from({ length: shanks }, (_, shank) => thumb.length === 0 || /[1-9]/.test(thumb[shank] ?? ''));
}

/** `-sepShanks=1,1010,1011,1012,-1` of every probe of the entries whose shanks are sorted apart. */
export function splitOptions(entries: readonly Entry[], allApart: boolean): string[] {
  return probeRows(entries).flatMap(({ probe, facts, region, use }) => {
    const isApart = use !== 'none' && (allApart || typeof region === 'object') && region !== null;
    if (!isApart || !facts || facts.shanks < 2) return [];
    const used = shanksWithSites(facts);
    return [`-sepShanks=${[probe, ...Array.from({ length: 4 }, (_, shank) => (used[shank] ? shankNumber(probe, shank) : -1))].join(',')}`];
  });
}

export function specsWithObx(all: readonly SpecEntry[], entries: readonly Entry[], box: number, isUsed: boolean): readonly SpecEntry[] {
  const having = entries.filter(({ run }) => !isUsed || run?.obx.includes(box)).map(({ index }) => index);
  return all.map((entry, index) => (having.includes(index) ? withObx(entry, box, isUsed) : entry));
}
