// The runs that are known, by name and by id. Runs that say the same as before stay the same objects, so that nobody is
// told of nothing.

import { InputFileError } from '../../common/index.ts';
import type { RunFacts } from '../../spikeglx/index.ts';
import type { Root, RunDetails, RunSummary } from '../contract/index.ts';
import { describe, idOf } from './describe.ts';

/** What the index asks about a run it is given. */
export interface Surroundings {
  /** The listed folder a path lies in. */
  rootOf(path: string): Root | undefined;
  isGrowing(fact: RunFacts): boolean;
  /** What was made of a gate before. */
  processed(run: string, gate: number): RunSummary['processed'];
  /** Told whenever a run came, went or changed. */
  changed(): void;
}

export interface RunIndex {
  /** All runs of one name: runs of one name are told apart together. None when the last is gone. */
  take(name: string, facts: readonly RunFacts[]): void;
  /** Describes them anew, because what surrounds them has changed; all names by default. */
  retake(names?: Iterable<string>): void;
  all(): readonly RunDetails[];
  countIn(rootId: string): number;
  find(runId: string): RunDetails | undefined;
  /** Throws InputFileError when it is not known (any more). */
  get(runId: string): RunDetails;
}

export function openRunIndex({ rootOf, isGrowing, processed, changed }: Surroundings): RunIndex {
  const byName = new Map<string, { readonly facts: readonly RunFacts[]; readonly runs: readonly RunDetails[] }>();
  const byId = new Map<string, RunDetails>();

  function detailsOf(name: string, fact: RunFacts, all: readonly RunFacts[]): RunDetails[] {
    const root = rootOf(fact.run.path) ?? rootOf(fact.files[0].folder);
    if (!root) return [];
    const past = fact.run.gates.flatMap(({ gate }) => processed(name, gate));
    return [describe(fact, { rootId: root.rootId, runId: uniqueId(fact, all), isGrowing: isGrowing(fact), processed: past })];
  }

  function take(name: string, facts: readonly RunFacts[]): void {
    const before = byName.get(name);
    // Names alone would take away what is known.
    if (before?.facts.every((fact) => fact.known) && facts.some((fact) => !fact.known)) return;
    const runs = facts.flatMap((fact) => detailsOf(name, fact, facts));
    if (before && sameRuns(before.runs, runs)) return void byName.set(name, { facts, runs: before.runs });
    if (runs.length === 0) byName.delete(name);
    else byName.set(name, { facts, runs });
    for (const run of before?.runs ?? []) byId.delete(run.summary.runId);
    for (const run of runs) byId.set(run.summary.runId, run);
    changed();
  }

  return {
    take,
    retake(names = [...byName.keys()]) {
      for (const name of names) {
        const known = byName.get(name);
        if (known) take(name, known.facts);
      }
    },
    all: () => [...byId.values()],
    countIn: (rootId) => [...byId.values()].filter(({ summary }) => summary.rootId === rootId).length,
    find: (runId) => byId.get(runId),
    get(runId) {
      const run = byId.get(runId);
      if (!run) throw new InputFileError(runId, 'this run is not known (any more)', { next: 'Go back to Runs and look whether its folder is still there.' });
      return run;
    },
  };
}

/** Of the run's name and folder; two of one name in one folder are told apart by their first file. */
function uniqueId(fact: RunFacts, all: readonly RunFacts[]): string {
  const { path: folder, name } = fact.run;
  const twin = all.find((other) => other.run.path === folder);
  return idOf(twin === fact ? `${folder}|${name}` : `${folder}|${name}|${fact.files[0].path}`);
}

function sameRuns(before: readonly RunDetails[], now: readonly RunDetails[]): boolean {
  return before.length === now.length && JSON.stringify(before.map(comparable)) === JSON.stringify(now.map(comparable));
}

function comparable({ summary, ...rest }: RunDetails): unknown {
  return { ...rest, summary: { ...summary, probes: summary.probes.map(({ picture: _picture, ...probe }) => probe) } };
}
