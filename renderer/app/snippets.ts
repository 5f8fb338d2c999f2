// phy's snippets: `:f snr > 3`, `:tg 812.4`. What a screen shows stands in its address, so a snippet changes that.

import type { UnitTable } from '../../core/service/contract/index.ts';
import { completions } from '../screens/units/completions.ts';
import { closest } from '../screens/units/filter.ts';
import { parseTime } from '../screens/traces/view.ts';

/** View state by name, as after `?`. */
export type AddressState = Readonly<Record<string, string>>;

export interface SnippetContext {
  readonly state: AddressState;
  /** Of the result on show, where there is one. */
  readonly table?: UnitTable;
}

interface Snippet {
  readonly word: string;
  readonly takes: string;
  readonly does: string;
  readonly page: 'units' | 'traces';
  /** What changes in the address, or why it cannot. */
  readonly run: (argument: string, context: SnippetContext) => AddressState | string;
  /** What the argument may go on as. */
  readonly complete?: (argument: string, table: UnitTable) => readonly string[];
}

const columnsLike = (word: string, table: UnitTable) => ['id', ...table.columns.map(({ key }) => key)].filter((key) => key.startsWith(word.toLowerCase()));

export const snippets: readonly Snippet[] = [
  { word: 'f', takes: 'an expression', does: 'filter', page: 'units', run: (f) => ({ f }), complete: (argument, table) => completions(table, argument).map(({ text }) => text) },
  {
    word: 's', takes: 'a column, - before it for the largest first', does: 'sort', page: 'units',
    run(argument, { table }) {
      const key = argument.replace(/^-/, '');
      const known = ['id', 'label', ...(table?.columns ?? []).map((column) => column.key)];
      if (known.includes(key)) return { sort: argument };
      const near = closest(key, known);
      return `'${key}' is not a column.${near ? ` Nearest: ${near}` : ''}`;
    },
    complete: (argument, table) => columnsLike(argument.replace(/^-/, ''), table).map((key) => (argument.startsWith('-') ? `-${key}` : key)),
  },
  {
    word: 'c', takes: 'units, such as 47 49', does: 'select', page: 'units',
    run(argument, { table }) {
      const ids = argument.split(/[\s,]+/).filter(Boolean);
      const lost = ids.find((id) => !table?.ids.includes(Number(id)));
      if (ids.length === 0) return 'Name at least one unit, such as 47 49.';
      return lost === undefined ? { unit: ids[0], abc: ids.length > 1 ? ids.slice(0, 6).join(',') : '' } : `There is no unit ${lost}.`;
    },
  },
  {
    word: 'tg', takes: 'a time, such as 812.4 or 13:32.4', does: 'go to a time', page: 'traces',
    run(argument) {
      const t = parseTime(argument);
      return t === null ? 'A time is told as 812.4 or 13:32.4.' : { t: t.toFixed(6) };
    },
  },
  {
    word: 'ts', takes: 'seconds, such as 0.5 or -0.5', does: 'shift', page: 'traces',
    run(argument, { state }) {
      const seconds = Number(argument.replace(',', '.'));
      return argument === '' || !Number.isFinite(seconds) ? 'A shift is told in seconds, such as 0.5 or -0.5.' : { t: (Number(state.t ?? 0) + seconds).toFixed(6) };
    },
  },
];

export interface SnippetLine {
  /** The snippet as far as it is known: `:s snr`. */
  readonly text: string;
  readonly help: string;
  /** undefined: it only completes what is typed. */
  readonly change?: AddressState;
  /** Why it cannot be done. */
  readonly problem?: string;
}

/** What a line that begins with `:` can be on this page: first what it would do, then what it may go on as. */
export function readSnippet(line: string, page: string, context: SnippetContext): SnippetLine[] {
  const here = snippets.filter((snippet) => snippet.page === page);
  if (here.length === 0) return [{ text: ':', help: 'Snippets work on Units and Traces.', problem: 'This page has none.' }];
  const [, word, argument = ''] = /^:\s*(\S*)\s*(.*?)\s*$/.exec(line) ?? ['', '', ''];
  const found = here.find((snippet) => snippet.word === word);
  const helpOf = ({ does, takes }: Snippet) => `${does}: ${takes}`;
  if (!found) {
    const like = here.filter((snippet) => snippet.word.startsWith(word));
    const elsewhere = snippets.find((snippet) => snippet.word === word);
    const near = closest(word, here.map((snippet) => snippet.word)) ?? here[0].word;
    if (like.length === 0) return [{ text: `:${word}`, help: '', problem: elsewhere ? `:${word} works on ${elsewhere.page === 'units' ? 'Units' : 'Traces'}.` : `:${word} is not known here. Nearest: :${near}` }, ...here.map((snippet) => ({ text: `:${snippet.word} `, help: helpOf(snippet) }))];
    return like.map((snippet) => ({ text: `:${snippet.word} `, help: helpOf(snippet) }));
  }
  const change = found.run(argument, context);
  const done: SnippetLine = typeof change === 'string' ? { text: `:${word} ${argument}`, help: helpOf(found), problem: change } : { text: `:${word} ${argument}`, help: helpOf(found), change };
  const further = context.table && found.complete ? found.complete(argument, context.table).filter((text) => text !== argument) : [];
  return [done, ...further.slice(0, 12).map((text) => ({ text: `:${word} ${text}`, help: 'complete' }))];
}
