// The order of the list of runs: by any column, undefined values last whatever the direction.

import type { Root, RunSummary } from '../../../core/service/contract/index.ts';
import type { Sort } from '../../components/DataTable.tsx';

const worst = ['ok', 'note', 'warn', 'stop'];

const values: Readonly<Record<string, (run: RunSummary) => string | number | null>> = {
  name: (run) => run.name,
  when: (run) => run.started_at,
  length: (run) => run.span_s,
  size: (run) => run.bytes_B,
  files: (run) => run.gates.reduce((sum, { triggers }) => sum + triggers.length, 0),
  streams: (run) => run.probes.length,
  health: (run) => (run.health ? worst.indexOf(run.health.worst) : null),
  before: (run) => run.processed.reduce<string | null>((latest, { at }) => (at !== null && (latest === null || at > latest) ? at : latest), null),
};

/** Equal ones by time, newest first, then by name. */
export function inOrder(runs: readonly RunSummary[], { key, descending }: Sort): RunSummary[] {
  const valueOf = values[key] ?? values['when'];
  const direction = descending ? -1 : 1;
  return [...runs].sort((a, b) => compare(valueOf(a), valueOf(b), direction) || compare(a.started_at, b.started_at, -1) || compare(a.name, b.name, 1));
}

export const groupings = ['none', 'day', 'folder'] as const;
export type Grouping = (typeof groupings)[number];

/** Heading of a run, by day or by the folder it was found under; undefined: no groups. */
export function groupOf(grouping: Grouping, roots: readonly Pick<Root, 'rootId' | 'path'>[]): ((run: RunSummary) => string) | undefined {
  if (grouping === 'day') return (run) => run.started_at?.slice(0, 10) ?? 'no date';
  if (grouping === 'folder') return (run) => roots.find(({ rootId }) => rootId === run.rootId)?.path ?? 'other folders';
  return undefined;
}

/** Members of a group after one another, groups in the order of their first run. */
export function inGroups(runs: readonly RunSummary[], group: ((run: RunSummary) => string) | undefined): readonly RunSummary[] {
  if (!group) return runs;
  const groups = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const name = group(run);
    const members = groups.get(name);
    if (members) members.push(run);
    else groups.set(name, [run]);
  }
  return [...groups.values()].flat();
}

function compare(a: string | number | null, b: string | number | null, direction: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === 'string' && typeof b === 'string') return direction * a.localeCompare(b, 'en', { numeric: true });
  return direction * (a < b ? -1 : 1);
}

/** `when-` = newest first. */
export function sortText({ key, descending }: Sort): string {
  return `${key}${descending ? '-' : ''}`;
}

export function readSort(text: string): Sort {
  const key = text.replace(/-$/, '');
  return Object.hasOwn(values, key) ? { key, descending: text.endsWith('-') } : { key: 'when', descending: true };
}
