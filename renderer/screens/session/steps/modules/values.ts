// Values in a session by their dotted names: keys of its own (`ks_nblocks`), and overrides of modules in their sections
// (`quality_metrics_params.max_radius_um`).

import type { ParameterSpec, SessionContent } from '../../../../../core/service/contract/index.ts';

type Values = Readonly<Record<string, unknown>>;

const isSection = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueAt(content: unknown, name: string): unknown {
  return name.split('.').reduce<unknown>((at, key) => (isSection(at) && Object.hasOwn(at, key) ? at[key] : undefined), content);
}

/** What to patch so that `name` has this value; undefined takes it out, and sections that are left empty with it. */
export function patchFor(session: SessionContent, name: string, value: unknown): Record<string, unknown> {
  const [top, ...rest] = name.split('.');
  const set = rest.length === 0 ? value : changed(session[top], rest, value);
  return { [top]: set === undefined ? null : set };
}

function changed(section: unknown, [key, ...rest]: readonly string[], value: unknown): Values | undefined {
  const old = isSection(section) ? section : {};
  const inner = rest.length === 0 ? value : changed(old[key], rest, value);
  const others = Object.fromEntries(Object.entries(old).filter(([each]) => each !== key));
  const made = inner === undefined ? others : { ...others, [key]: inner };
  return Object.keys(made).length === 0 ? undefined : made;
}

/** Several sections at once, put over what is there: `{ks4_helper_params: {python: ...}}`. null leaves a key as it is. */
export function patchSections(session: SessionContent, sections: Readonly<Record<string, Values>>): Record<string, unknown> {
  const given = Object.entries(sections).map(([name, values]): [string, Values] => [name, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))]);
  return Object.fromEntries(given.filter(([, values]) => Object.keys(values).length > 0).map(([name, values]) => [name, { ...(isSection(session[name]) ? session[name] : {}), ...values }]));
}

/** Parameters the session gives a value of their own. */
export function changedParams(session: SessionContent, params: readonly ParameterSpec[]): ParameterSpec[] {
  return params.filter(({ name }) => valueAt(session, name) !== undefined);
}

/** Those whose name, help, unit or section holds all words of the search. */
export function searched(params: readonly ParameterSpec[], search: string): readonly ParameterSpec[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return params;
  return params.filter(({ name, help, unit = '', group }) => {
    const text = `${name} ${help} ${unit} ${group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
