// Where a JSON text goes wrong, in words for the person who edited it. JSON.parse itself names a position only
// sometimes, and differently from one Node to the next.

export interface JsonProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly next?: string;
}

/** The first thing in `text` that is not JSON; undefined when nothing is wrong. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  const state: Scan = { text, at: 0 };
  try {
    readValue(state);
    skipBlanks(state);
    if (state.at < text.length) fail(state, `unexpected ${shown(state)} after the end of the data`);
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return problemAt(text, error);
    throw error;
  }
}

interface Scan {
  readonly text: string;
  at: number;
}

class Stop extends Error {
  constructor(readonly at: number, what: string, readonly next?: string) {
    super(what);
  }
}

function readValue(state: Scan): void {
  skipBlanks(state);
  switch (state.text[state.at]) {
    case '{': return readMembers(state, '}', () => {
      if (state.text[state.at] !== '"') fail(state, `expected a name in double quotes, found ${shown(state)}`);
      readString(state);
      skipBlanks(state);
      if (state.text[state.at] !== ':') fail(state, `expected ':' after the name, found ${shown(state)}`);
      state.at++;
      readValue(state);
    });
    case '[': return readMembers(state, ']', () => readValue(state));
    case '"': return readString(state);
    default: return readWord(state);
  }
}

function readMembers(state: Scan, end: '}' | ']', readMember: () => void): void {
  state.at++;
  skipBlanks(state);
  if (state.text[state.at] === end) {
    state.at++;
    return;
  }
  for (;;) {
    readMember();
    skipBlanks(state);
    const next = state.text[state.at];
    if (next !== ',' && next !== end) fail(state, `expected ',' or '${end}', found ${shown(state)}`);
    const comma = state.at++;
    if (next === end) return;
    skipBlanks(state);
    if (state.text[state.at] === end) fail({ ...state, at: comma }, `a comma before '${end}'`, 'Remove the comma after the last entry.');
  }
}

function readString(state: Scan): void {
  const start = state.at++;
  for (; state.at < state.text.length; state.at++) {
    const char = state.text[state.at];
    if (char === '"') {
      state.at++;
      return;
    }
    if (char < ' ') fail(state, 'a text must end on the line it began on');
    if (char !== '\\') continue;
    if (!/^\\(["\\/bfnrt]|u[0-9a-f]{4})/i.test(state.text.slice(state.at, state.at + 6))) {
      fail(state, 'a single backslash in a text', 'Write paths with / or with two backslashes.');
    }
    state.at++;
  }
  fail({ ...state, at: start }, 'a text that never ends');
}

function readWord(state: Scan): void {
  const word = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?)(?![\w.+-])/i.exec(state.text.slice(state.at, state.at + 400))?.[0];
  const capitals = word !== undefined && /^[a-z]/i.test(word) && word !== word.toLowerCase();
  if (word === undefined || capitals) fail(state, `expected a value, found ${shown(state)}`);
  state.at += word!.length;
}

function skipBlanks(state: Scan): void {
  while (/[ \t\r\n]/.test(state.text[state.at] ?? '')) state.at++;
}

function shown({ text, at }: Scan): string {
  return at >= text.length ? 'the end of the file' : `'${/^[\w.+-]+|[^]/.exec(text.slice(at, at + 20))![0]}'`;
}

function fail({ at }: Scan, what: string, next?: string): never {
  throw new Stop(at, what, next);
}

function problemAt(text: string, { at, message, next }: Stop): JsonProblem {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines.at(-1)!.length + 1, what: message, next };
}
