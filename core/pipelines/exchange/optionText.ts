// CatGT options as a text, as sessions hold them: reading and setting one without touching the others.

export interface OptionWord {
  /** Without the dash; empty for what is no option. */
  readonly name: string;
  readonly value: string | null;
  readonly text: string;
}

export function optionWords(text: string): OptionWord[] {
  return (text.match(/[^\s"]*"[^"]*"\S*|\S+/g) ?? []).map((word) => {
    const [, name = '', value] = /^--?(\w+)(?:=(.*))?$/s.exec(word) ?? [];
    return { name, value: value?.replace(/^"(.*)"$/s, '$1') ?? null, text: word };
  });
}

/** null takes the option out; '' and 'on' write it without a value. It keeps its place. */
export function withOption(text: string, name: string, value: string | null): string {
  const words = optionWords(text);
  const made = value === null ? [] : [value === '' || value === 'on' ? `-${name}` : `-${name}=${/\s/.test(value) ? `"${value}"` : value}`];
  const at = words.findIndex((word) => word.name === name);
  if (at < 0) return [...words.map((word) => word.text), ...made].join(' ');
  return words.flatMap((word, index) => (index === at ? made : word.name === name ? [] : [word.text])).join(' ');
}

export function optionText(words: readonly string[]): string {
  return words.join(' ');
}
