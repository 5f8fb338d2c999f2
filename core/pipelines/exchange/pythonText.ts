// Assignments of plain values in a Python script: numbers, texts, lists, tuples, dictionaries. Nothing is executed;
// whatever is not a plain value is reported as such.

export interface Assignment {
  readonly name: string;
  /** As it stands in the script. */
  readonly text: string;
  /** undefined: not a plain value. */
  readonly value: unknown;
  readonly isPlain: boolean;
  /** It stands inside an if, a loop or a call, so that it need not hold. */
  readonly indented: boolean;
}

export interface PythonText {
  readonly assignments: readonly Assignment[];
  /** Other lines that are neither empty nor comments. */
  readonly otherLines: readonly string[];
}

const beginning = /^([ \t]*)([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)[ \t]*/;

export function parsePython(text: string): PythonText {
  const source = text.replace(/\r\n?/g, '\n').replace(/\\[ \t]*\n/g, ' ');
  const assignments: Assignment[] = [];
  const otherLines: string[] = [];
  let at = 0;
  while (at < source.length) {
    const lineEnd = endOfLine(source, at);
    const match = beginning.exec(source.slice(at));
    if (!match) {
      const line = source.slice(at, lineEnd).replace(/#.*$/, '').trim();
      if (line !== '' && line !== ';') otherLines.push(line);
      at = lineEnd + 1;
      continue;
    }
    const from = at + match[0].length;
    const reader = new Literals(source, from);
    const indented = match[1] !== '';
    const read = reader.whole(indented);
    const end = read ? reader.at : lineEnd;
    assignments.push({ name: match[2], text: source.slice(at, end).trim(), value: read?.value, isPlain: read !== undefined, indented });
    at = read && source[end] === ';' ? end + 1 + /^[ \t]*/.exec(source.slice(end + 1))![0].length : endOfLine(source, end) + 1;
  }
  return { assignments, otherLines };
}

function endOfLine(source: string, from: number): number {
  const at = source.indexOf('\n', from);
  return at < 0 ? source.length : at;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

class NotPlain extends Error {}

/** Reads one literal at a place of the source. */
class Literals {
  constructor(private readonly source: string, public at: number) {}

  /** A literal that ends its statement; undefined for anything else. @param mayBeArgument of a call: a comma ends it too */
  whole(mayBeArgument: boolean): { readonly value: unknown } | undefined {
    try {
      const value = this.value();
      this.skip(false);
      const next = this.source[this.at];
      return next === undefined || next === '\n' || next === ';' || next === '#' || (mayBeArgument && next === ',') ? { value } : undefined;
    } catch (error) {
      if (error instanceof NotPlain) return undefined;
      throw error;
    }
  }

  /** Texts that follow one another, or are added, are one. */
  private value(): unknown {
    const first = this.one();
    if (typeof first !== 'string') return first;
    let text = first;
    for (;;) {
      const before = this.at;
      this.skip(false);
      if (this.source[this.at] === '+') {
        this.at++;
        this.skip(false);
      }
      if (!/^[rRbBuU]{0,2}["']/.test(this.source.slice(this.at, this.at + 3))) {
        this.at = before;
        return text;
      }
      text += this.text();
    }
  }

  private one(): unknown {
    const rest = this.source.slice(this.at, this.at + 60);
    if (/^[rRbBuU]{0,2}["']/.test(rest)) return this.text();
    const word = /^(?:True|False|None)\b/.exec(rest)?.[0];
    if (word) {
      this.at += word.length;
      return word === 'True' ? true : word === 'False' ? false : null;
    }
    const number = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w)/.exec(rest)?.[0];
    if (number) {
      this.at += number.length;
      return Number(number.replaceAll('_', ''));
    }
    switch (rest[0]) {
      case '[': return this.items(']');
      case '(': return this.parenthesis();
      case '{': return this.dictionary();
      default: throw new NotPlain();
    }
  }

  private parenthesis(): unknown {
    const from = this.at;
    const items = this.items(')');
    // One value in parentheses is that value, unless a comma makes it a tuple.
    return items.length === 1 && !/,\s*\)$/.test(this.source.slice(from, this.at)) ? items[0] : items;
  }

  private items(close: string): unknown[] {
    const items: unknown[] = [];
    this.at++;
    for (;;) {
      this.skip(true);
      if (this.source[this.at] === close) break;
      items.push(this.value());
      this.comma(close);
    }
    this.at++;
    return items;
  }

  private dictionary(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.at++;
    for (;;) {
      this.skip(true);
      if (this.source[this.at] === '}') break;
      const key = this.value();
      this.skip(true);
      if (this.source[this.at] !== ':') throw new NotPlain();
      this.at++;
      this.skip(true);
      entries.push([String(key), this.value()]);
      this.comma('}');
    }
    this.at++;
    return Object.fromEntries(entries);
  }

  private comma(close: string): void {
    this.skip(true);
    if (this.source[this.at] === ',') this.at++;
    else if (this.source[this.at] !== close) throw new NotPlain();
  }

  private text(): string {
    const [, prefix, quote] = /^([rRbBuU]{0,2})("""|'''|"|')/.exec(this.source.slice(this.at, this.at + 5)) ?? [];
    if (quote === undefined) throw new NotPlain();
    this.at += prefix.length + quote.length;
    const raw = /r/i.test(prefix);
    let text = '';
    while (!this.source.startsWith(quote, this.at)) {
      const char = this.source[this.at];
      if (char === undefined || (char === '\n' && quote.length === 1)) throw new NotPlain();
      const next = this.source[this.at + 1];
      if (char !== '\\' || next === undefined) {
        text += char;
        this.at++;
        continue;
      }
      text += raw ? char + next : (escapes[next] ?? char + next);
      this.at += 2;
    }
    this.at += quote.length;
    return text;
  }

  /** Blanks and, in brackets, line ends and comments. */
  private skip(inBrackets: boolean): void {
    for (;;) {
      const char = this.source[this.at];
      if (char === ' ' || char === '\t' || (inBrackets && char === '\n')) this.at++;
      else if (inBrackets && char === '#') this.at = endOfLine(this.source, this.at);
      else return;
    }
  }
}
