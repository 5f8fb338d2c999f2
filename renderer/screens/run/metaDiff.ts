// What differs between the metas of two files: keys with another value, keys that only one of them has.

export type MetaEntry = readonly [key: string, value: string];

export interface MetaDifference {
  readonly key: string;
  readonly change: 'changed' | 'added' | 'removed';
  /** null: the file has no such key. */
  readonly from: string | null;
  readonly to: string | null;
}

/** In the order of the first file; what the second adds follows. */
export function metaDifferences(first: readonly MetaEntry[], second: readonly MetaEntry[]): MetaDifference[] {
  const [before, after] = [new Map(first), new Map(second)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): MetaDifference[] => {
    const [from, to] = [before.get(key) ?? null, after.get(key) ?? null];
    if (from === to) return [];
    return [{ key, change: from === null ? 'added' : to === null ? 'removed' : 'changed', from, to }];
  });
}

/** For a spreadsheet or a message: tabs between, a line each. */
export function differenceText(differences: readonly MetaDifference[], firstName: string, secondName: string): string {
  return [['key', 'change', firstName, secondName], ...differences.map(({ key, change, from, to }) => [key, change, from ?? '', to ?? ''])].map((cells) => cells.join('\t')).join('\n');
}
