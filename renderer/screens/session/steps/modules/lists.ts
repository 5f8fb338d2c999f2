// Which modules run on which probe: the session's `modules`, a list, or lists by probe, or nothing for the usual ones.
// The order is always that in which each finds what it reads.

import type { ModuleSpecs, SessionContent, SorterId } from '../../../../../core/service/contract/index.ts';

export type Rules = Pick<ModuleSpecs, 'sorterOf' | 'afterSorting'>;
type Lists = Readonly<Record<string, readonly string[]>>;

export const sorterOfSession = (session: SessionContent): SorterId => (typeof session.ks_ver === 'string' ? session.ks_ver : 'ag') as SorterId;

/** What may run on a probe with this sorter, in order. */
export function possible(rules: Rules, sorter: SorterId): readonly string[] {
  return [rules.sorterOf[sorter], ...rules.afterSorting, 'psth_events'];
}

function usual(rules: Rules, sorter: SorterId): readonly string[] {
  return [rules.sorterOf[sorter], ...rules.afterSorting];
}

/** Lists by probe; `default` is that of the others. */
export function listsOf(session: SessionContent, rules: Rules): Lists {
  const { modules } = session;
  const fallback = usual(rules, sorterOfSession(session));
  if (Array.isArray(modules)) return { default: modules as string[] };
  if (typeof modules === 'object' && modules !== null) return { default: fallback, ...(modules as Lists) };
  return { default: fallback };
}

/** `imec1` has a list of its own, or that of all. */
export function modulesOf(session: SessionContent, rules: Rules, probe: string): readonly string[] {
  const lists = listsOf(session, rules);
  return lists[probe] ?? lists.default;
}

/** What to patch so that a module runs or does not, on one probe or on all without a list of their own. */
export function patchModule(session: SessionContent, rules: Rules, probe: string, module: string, runs: boolean): Record<string, unknown> {
  const lists = listsOf(session, rules);
  const old = modulesOf(session, rules, probe).filter((name) => name !== module);
  return patchLists(rules, sorterOfSession(session), { ...lists, [probe]: runs ? [...old, module] : old });
}

/** The probe has the list of all others again. */
export function patchLikeOthers(session: SessionContent, rules: Rules, probe: string): Record<string, unknown> {
  const lists = Object.fromEntries(Object.entries(listsOf(session, rules)).filter(([key]) => key !== probe));
  return patchLists(rules, sorterOfSession(session), lists);
}

/** What to patch so that another sorter is used; `none`: only what follows sorting, on folders that are there. */
export function patchSorter(session: SessionContent, rules: Rules, to: SorterId | 'none'): Record<string, unknown> {
  const sorters = new Set(Object.values(rules.sorterOf));
  const sorter = to === 'none' ? sorterOfSession(session) : to;
  const changed = (list: readonly string[]) => [...(to === 'none' ? [] : [rules.sorterOf[to]]), ...list.filter((name) => !sorters.has(name))];
  const lists = Object.fromEntries(Object.entries(listsOf(session, rules)).map(([probe, list]) => [probe, changed(list)]));
  return { ks_ver: sorter, ...patchLists(rules, sorter, lists) };
}

/** The sorter, or `none` when no probe is sorted. */
export function chosenSorter(session: SessionContent, rules: Rules): SorterId | 'none' {
  const sorter = sorterOfSession(session);
  return Object.values(listsOf(session, rules)).some((list) => list.includes(rules.sorterOf[sorter])) ? sorter : 'none';
}

function patchLists(rules: Rules, sorter: SorterId, lists: Lists): Record<string, unknown> {
  const order = possible(rules, sorter);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const ordered = Object.entries(lists).map(([probe, list]): [string, readonly string[]] => [probe, [...list].sort((a, b) => place(a) - place(b))]);
  if (ordered.length > 1) return { modules: Object.fromEntries(ordered) };
  const [[, list]] = ordered;
  return { modules: list.join() === usual(rules, sorter).join() ? null : list };
}
