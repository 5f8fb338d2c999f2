// Bounds of single metrics within a filter expression: what the sliders show and write. `snr > 3 && isi_viol < 0.1`.

export interface Bounds {
  readonly least: number | null;
  readonly most: number | null;
}

type Side = keyof Bounds;

const decimal = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?';
const signs: Readonly<Record<Side, string>> = { least: '>=?', most: '<=?' };

/** `key > 3`, not as a part of a sum or of another name. */
const comparison = (key: string, side: Side) => new RegExp(`(^|[(&|!]|\\b(?:and|or)\\b)(\\s*)${key}\\s*(${signs[side]})\\s*(${decimal})(?=\\s*(?:$|[)&|]|\\b(?:and|or)\\b))`, 'i');

export function boundsOf(text: string, key: string): Bounds {
  const value = (side: Side) => {
    const match = comparison(key, side).exec(text);
    return match ? Number(match[4]) : null;
  };
  return { least: value('least'), most: value('most') };
}

/** The expression with one bound changed, added behind, or (null) taken away. */
export function withBound(text: string, key: string, side: Side, value: number | null): string {
  const there = comparison(key, side);
  if (value !== null && there.test(text)) return text.replace(there, (_, before: string, space: string, sign: string) => `${before}${space}${key} ${sign} ${value}`);
  if (value !== null) return joined(text, `${key} ${side === 'least' ? '>' : '<'} ${value}`);
  const match = there.exec(text);
  return match ? without(text, match.index + match[1].length, match.index + match[0].length) : text;
}

/** Alternatives are bracketed before something is asked of all of them. */
export function joined(text: string, condition: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return condition;
  return `${/\|\||\bor\b/.test(trimmed) ? `(${trimmed})` : trimmed} && ${condition}`;
}

/** Takes a comparison out with the word that joins it; what stood alone in brackets or beside an alternative becomes true. */
function without(text: string, from: number, to: number): string {
  const [before, behind] = [text.slice(0, from), text.slice(to)];
  const and = '(?:&&|\\band\\b)';
  if (new RegExp(`^\\s*${and}`).test(behind)) return (before + behind.replace(new RegExp(`^\\s*${and}\\s*`), before.trim() === '' ? '' : ' ')).trim();
  if (new RegExp(`${and}\\s*$`).test(before)) return (before.replace(new RegExp(`\\s*${and}\\s*$`), '') + behind).trim();
  return before.trim() === '' && behind.trim() === '' ? '' : `${before}1${behind}`;
}
