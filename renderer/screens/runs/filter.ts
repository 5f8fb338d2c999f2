// The filter of the list of runs: words that match name, probe and part number, and a few named conditions.

import type { RunSummary } from '../../../core/service/contract/index.ts';
import { when } from '../../components/format.ts';

export interface RunFilter {
  readonly test: (run: RunSummary) => boolean;
  /** What could not be understood, a sentence each. */
  readonly problems: readonly string[];
}

type Condition = (run: RunSummary) => boolean;

const sizes: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };
const lengths: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };

const named: Readonly<Record<string, (value: string) => Condition | string>> = {
  health(value) {
    const severity = { stop: 'stop', warn: 'warn', warning: 'warn', note: 'note', ok: 'ok', good: 'ok' }[value];
    return severity === undefined ? `health: knows stop, warn, note and ok, not ${value}.` : (run) => run.health?.worst === severity;
  },
  done: (value) => (run) => (['no', 'none', '-'].includes(value) ? run.processed.length === 0 : run.processed.some(({ tag }) => value === 'yes' || tag.toLowerCase().includes(value))),
  day: (value) => (run) => when(run.started_at).slice(0, 10).includes(value),
  probe: (value) => (run) => run.probes.some((probe) => `imec${probe.index}` === value || String(probe.index) === value || matchesProbe(probe, value)),
};

/** Words are separated by blanks; all of them must match. Case does not matter. */
export function readFilter(text: string): RunFilter {
  const problems: string[] = [];
  const conditions = text.toLowerCase().split(/\s+/).filter((word) => word !== '').flatMap((word): Condition[] => {
    const condition = readWord(word);
    if (typeof condition !== 'string') return [condition];
    problems.push(condition);
    return [];
  });
  return { test: (run) => conditions.every((condition) => condition(run)), problems };
}

function readWord(word: string): Condition | string {
  const [, name, value] = /^([a-z]+):(.*)$/.exec(word) ?? [];
  if (name !== undefined && Object.hasOwn(named, name)) return value === '' ? () => true : named[name](value);
  const amount = /^(size|length)(<=|>=|<|>)([\d.,]+)([a-z]*)$/.exec(word);
  if (amount) return readAmount(amount);
  return (run) => run.name.toLowerCase().includes(word) || run.path.toLowerCase().includes(word) || run.probes.some((probe) => matchesProbe(probe, word) || word === 'imec' || word === `imec${probe.index}`);
}

function readAmount([, what, sign, digits, unit]: RegExpExecArray): Condition | string {
  const units = what === 'size' ? sizes : lengths;
  const scale = units[unit || (what === 'size' ? 'gb' : 's')];
  const limit = Number(digits.replace(',', '.')) * scale;
  if (!Number.isFinite(limit)) return `${what} is told in ${Object.keys(units).join(', ')}, such as ${what === 'size' ? 'size>100GB' : 'length>10min'}.`;
  return (run) => {
    const value = what === 'size' ? run.bytes_B : run.span_s;
    return sign === '<' ? value < limit : sign === '>' ? value > limit : sign === '<=' ? value <= limit : value >= limit;
  };
}

function matchesProbe({ partNumber, name }: RunSummary['probes'][number], word: string): boolean {
  return (partNumber ?? '').toLowerCase().includes(word) || name.toLowerCase().includes(word);
}
