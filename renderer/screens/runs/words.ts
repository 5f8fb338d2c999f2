// A run in short texts: gates and triggers, streams, the CatGT options that take all of it.

import { allTriggers, catgtGates, type GateGroup, rangesOf, type RunSummary } from '../../../core/service/contract/index.ts';

/** `0:3 1:1`: gate, and how many triggers it has. */
export function filesText({ gates }: Pick<RunSummary, 'gates'>): string {
  return gates.map(({ gate, triggers }) => `${gate}:${triggers.length}`).join(' ');
}

/** `NI OBX0 OBX1` */
export function devicesText({ ni, obx }: Pick<RunSummary, 'ni' | 'obx'>): string {
  return [...(ni ? ['NI'] : []), ...obx.map((index) => `OBX${index}`)].join(' ');
}

/** All gates joined, all triggers. */
export function everything({ gates }: Pick<RunSummary, 'gates'>): GateGroup[] {
  return gates.length === 0 ? [] : [{ first: gates[0].gate, last: gates.at(-1)!.gate, triggers: [allTriggers] }];
}

/**
 * `-run=m41_d3 -gtlist={0,0,2}{1,0,0} -prb=0:1 -ni`
 * @param gates what is taken of it, in CatGT's options; all by default
 */
export function runNotation(run: Pick<RunSummary, 'name' | 'gates' | 'probes' | 'ni' | 'obx'>, gates = catgtGates(rangesOf(everything(run), run).flat())): string {
  return [
    `-run=${/\s/.test(run.name) ? `"${run.name}"` : run.name}`,
    gates,
    ...(run.probes.length > 0 ? ['-ap', `-prb=${listText(run.probes.map(({ index }) => index))}`] : []),
    ...(run.ni ? ['-ni'] : []),
    ...(run.obx.length > 0 ? ['-ob', `-obx=${listText(run.obx)}`] : []),
  ].filter((word) => word !== '').join(' ');
}

/** 0,1,2,5 -> 0:2,5 */
export function listText(numbers: readonly number[]): string {
  const parts: { first: number; last: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const part = parts.at(-1);
    if (part && number === part.last + 1) part.last = number;
    else parts.push({ first: number, last: number });
  }
  return parts.map(({ first, last }) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
}

/** Different sets of probes among the runs: "3 runs have imec0 and imec1, 1 has imec0 only." */
export function layoutText(runs: readonly RunSummary[]): string {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const names = run.probes.map(({ index }) => `imec${index}`);
    const key = names.length === 0 ? 'no probe' : names.length === 1 ? `${names[0]} only` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (counts.size < 2) return '';
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([key, count], index) => `${count}${index === 0 ? (count === 1 ? ' run' : ' runs') : ''} ${count === 1 ? 'has' : 'have'} ${key}`);
  return `${parts.join(', ')}. Probes are chosen per run in the next steps.`;
}

/** Whether a sorter has made something of it. */
export const isSorted = ({ processed }: Pick<RunSummary, 'processed'>): boolean => processed.some(({ tag }) => tag !== 'catgt');

/** The results of this run alone. */
export const resultsRoute = ({ name }: Pick<RunSummary, 'name'>): string => `/review?${new URLSearchParams({ f: name }).toString()}`;
