// The part of a session that another evening can use again: everything but which runs, where they are and where results go.

import type { ParameterInput } from '../../modules/index.ts';
import { isObject } from '../../modules/record/index.ts';
import { schemaOf } from './effective.ts';

/** Keys that belong to one evening. */
const ofTheEvening = new Set(['version', 'kind', 'npx_directory', 'run_specs', 'file_list', 'catGT_dest', 'json_directory', 'kilosort_output_parent', 'path_map', 'ni_present', 'obx_present']);

export function settingsOf(session: ParameterInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(session).filter(([key, value]) => !ofTheEvening.has(key) && value !== null && value !== undefined));
}

/** Keys of a session in the order of its file: those of the schema first, then the sections of modules by name. */
export function inFileOrder(session: ParameterInput): Record<string, unknown> {
  const order = ['version', 'kind', ...Object.keys(schemaOf(session.kind).shape).filter((key) => key !== 'version' && key !== 'kind')];
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.fromEntries(Object.entries(session).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)));
}

/** The text of a session file. */
export function formatSession(session: ParameterInput): string {
  return `${JSON.stringify(inFileOrder(session), undefined, 2)}\n`;
}

/** `{a: {b: 1}}` as `{'a.b': 1}`; lists stay whole. */
export function leaves(value: ParameterInput, prefix = ''): Record<string, unknown> {
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => (isObject(inner) ? leaves(inner, `${prefix}${key}.`) : { [`${prefix}${key}`]: inner }))) as Record<string, unknown>;
}
