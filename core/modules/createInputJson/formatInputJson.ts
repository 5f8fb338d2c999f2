// The text of an input JSON: keys sorted, four spaces, UTF-8, as the Python pipeline leaves it.

import type { ParameterInput } from '../record/index.ts';

export function formatInputJson(content: ParameterInput): string {
  return `${JSON.stringify(sorted(content), undefined, 4)}\n`;
}

/** A copy with the keys of every object in order of their code points. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
