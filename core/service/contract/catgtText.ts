// CatGT options as text ("-prb_fld -gfix=0.4,0.10,0.02"), the form in which sessions hold them: reading one and setting one
// without touching the others. Knows no option by name; what they mean is the engine's matter.

export interface CatGTWord {
  /** Without the dash: `gfix`. */
  readonly name: string;
  /** What follows `=`, or null for a switch. */
  readonly value: string | null;
  /** As it stands in the text. */
  readonly text: string;
}

/** Words that do not begin with a dash have an empty name. A value may be quoted, with spaces in it. */
export function catgtWords(text: string): CatGTWord[] {
  return (text.match(/[^\s"]*"[^"]*"\S*|\S+/g) ?? []).map((word) => {
    const match = /^--?([A-Za-z0-9_]+)(?:=(.*))?$/s.exec(word);
    return match ? { name: match[1], value: match[2] === undefined ? null : match[2].replace(/^"(.*)"$/s, '$1'), text: word } : { name: '', value: null, text: word };
  });
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
  const made = values.map((value) => (value === '' ? `-${name}` : `-${name}=${value}`));
  const at = words.findIndex((word) => word.name === name);
  const others = words.filter((word) => word.name !== name).map((word) => word.text);
  const place = at < 0 ? others.length : words.slice(0, at).filter((word) => word.name !== name).length;
  return [...others.slice(0, place), ...made, ...others.slice(place)].join(' ');
}
