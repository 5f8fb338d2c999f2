// CatGT options in the session's texts: reading one, setting one without touching the others.

/** Words; what stands in quotes or braces stays together. */
export function wordsOf(text: string): string[] {
  return text.match(/(?:"[^"]*"|\{[^}]*\}|[^\s"{])+/g) ?? [];
}

export function valueOf(text: string, name: string): string | undefined {
  const word = wordsOf(text).find((each) => each === `-${name}` || each.startsWith(`-${name}=`));
  return word?.slice(name.length + 2) ?? undefined;
}

/** `value` undefined takes the option out, '' writes a switch. */
export function withOption(text: string, name: string, value: string | undefined): string {
  const others = wordsOf(text).filter((each) => each !== `-${name}` && !each.startsWith(`-${name}=`));
  return [...others, ...(value === undefined ? [] : [value === '' ? `-${name}` : `-${name}=${value}`])].join(' ');
}
