// CatGT options as text ("-prb_fld -gfix=0.4,0.10,0.02"), the form in which sessions hold them: taking it apart as a shell
// would, reading one option, setting one without touching the others. Knows no option by name; what they mean is the
// engine's matter.

export interface CatGTWord {
  /** Without the dash: `gfix`; empty for what is no option. */
  readonly name: string;
  /** What follows `=`, without quotes; null for a switch. */
  readonly value: string | null;
  /** As CatGT gets it: without quotes. */
  readonly argument: string;
  /** As it stands in the text. */
  readonly text: string;
}

/** Split at blanks, tabs and line ends; what stands in quotes (single or double) or in braces stays together. */
export function catgtWords(text: string): CatGTWord[] {
  const words: CatGTWord[] = [];
  let argument: string | undefined;
  let start = 0;
  let quote = '';
  let braces = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text.charAt(at);
    if (char === '' || (quote === '' && braces === 0 && /\s/.test(char))) {
      if (argument !== undefined) words.push(wordOf(argument, text.slice(start, at)));
      argument = undefined;
      continue;
    }
    if (argument === undefined) [argument, start] = ['', at];
    if (quote !== '' ? char === quote : char === '"' || char === "'") {
      quote = quote === '' ? char : '';
      continue;
    }
    if (quote === '') braces = Math.max(0, braces + (char === '{' ? 1 : char === '}' ? -1 : 0));
    argument += char;
  }
  return words;
}

function wordOf(argument: string, text: string): CatGTWord {
  const [, name = '', value = null] = /^--?([A-Za-z0-9_]+)(?:=([^]*))?$/.exec(argument) ?? [];
  return { name, value, argument, text };
}

/** What CatGT is given: words without quotes. */
export function splitOptions(text: string): string[] {
  return catgtWords(text).map(({ argument }) => argument);
}

/** Values of every occurrence; an option without `=` gives ''. */
export function catgtValues(text: string, name: string): string[] {
  return catgtWords(text).filter((word) => word.name === name).map((word) => word.value ?? '');
}

export function hasCatgtOption(text: string, name: string): boolean {
  return catgtValues(text, name).length > 0;
}

/** `value` null removes the option, '' writes the switch; it keeps its place, new ones go to the end. Of several, the first is set and the others go. */
export function withCatgtOption(text: string, name: string, value: string | null): string {
  return withCatgtOptions(text, name, value === null ? [] : [value]);
}

/** Every occurrence of an option that may be given many times (`-xa=`). */
export function withCatgtOptions(text: string, name: string, values: readonly string[]): string {
  const words = catgtWords(text);
  const made = values.map((value) => (value === '' ? `-${name}` : `-${name}=${quoted(value)}`));
  const at = words.findIndex((word) => word.name === name);
  const others = words.filter((word) => word.name !== name).map((word) => word.text);
  const place = at < 0 ? others.length : words.slice(0, at).filter((word) => word.name !== name).length;
  return [...others.slice(0, place), ...made, ...others.slice(place)].join(' ');
}

/** In quotes where it would not come back as it is. */
function quoted(value: string): string {
  const [first, ...more] = splitOptions(value);
  if (first === value && more.length === 0) return value;
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}
