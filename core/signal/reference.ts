// The common average reference as programs of the kernels (wasm/median.ts, wasm/means.ts). A column is named there by
// its byte offset in a tile.

export type Reference =
  /** Upper median over each set of columns. */
  | { readonly kind: 'gblcar'; readonly sets: readonly (readonly number[])[] }
  /** Truncated mean over each set of columns; sets of one stay as they are. */
  | { readonly kind: 'gbldmx'; readonly sets: readonly (readonly number[])[] }
  /** Truncated mean of each column's neighbours; columns without any stay as they are. */
  | { readonly kind: 'loccar'; readonly neighbours: readonly (readonly number[])[] };

export interface ReferenceProgram {
  /** 0 none, 1 medians of sets, 2 means of sets, 3 means of neighbours. */
  readonly kind: number;
  readonly words: Int32Array;
  /** Bytes of scratch memory it needs. */
  readonly scratch: number;
}

const TILE_COLUMN = 16;
/** A column's eight values as int32. */
const WIDE_COLUMN = 32;

export function compileReference(reference: Reference | null): ReferenceProgram {
  if (!reference) return { kind: 0, words: new Int32Array(0), scratch: 0 };
  if (reference.kind === 'gblcar') return medianProgram(reference.sets.filter((set) => set.length > 0));
  if (reference.kind === 'gbldmx') return setMeanProgram(reference.sets.filter((set) => set.length > 1));
  return neighbourMeanProgram(reference.neighbours);
}

function medianProgram(sets: readonly (readonly number[])[]): ReferenceProgram {
  const words = [sets.length];
  // The first expectation of where the median lies; each tile leaves the next one.
  for (const set of sets) words.push(-8, 8, set.length, ...set.map((column) => column * TILE_COLUMN));
  const largest = Math.max(0, ...sets.map((set) => set.length));
  return { kind: 1, words: Int32Array.from(words), scratch: (largest + 3) * TILE_COLUMN };
}

function setMeanProgram(sets: readonly (readonly number[])[]): ReferenceProgram {
  const words = [sets.length, ...sets.flatMap((set) => [set.length, ...set.map((column) => column * TILE_COLUMN)])];
  return { kind: 2, words: Int32Array.from(words), scratch: 0 };
}

function neighbourMeanProgram(neighbours: readonly (readonly number[])[]): ReferenceProgram {
  const tileColumns = neighbours.length;
  const columns = [...neighbours.keys()].filter((column) => neighbours[column].length > 0);
  const sets = columns.map((column) => new Set(neighbours[column]));
  const added = (column: number) => (1 + column) * WIDE_COLUMN;
  const removed = (column: number) => (1 + tileColumns + column) * WIDE_COLUMN;
  const sum = (index: number) => (1 + 2 * tileColumns + index) * WIDE_COLUMN;
  const words = [tileColumns, sum(0), columns.length];
  columns.forEach((column, index) => {
    const start = cheapestStart(sets, index);
    const terms = [...start.add.map(added), ...start.remove.map(removed)];
    if (terms.length % 2) terms.push(0);
    words.push(column * TILE_COLUMN, start.base < 0 ? 0 : sum(start.base), sets[index].size, terms.length, ...terms);
  });
  return { kind: 3, words: Int32Array.from(words), scratch: sum(columns.length) };
}

interface SumStart {
  /** Index of the earlier sum to start from; -1 for none. */
  readonly base: number;
  readonly add: readonly number[];
  readonly remove: readonly number[];
}

/** How many earlier columns are looked at for a sum to start from: some rows of sites. */
const LOOK_BACK = 48;

/** The earlier sum that needs the fewest additions and removals. */
function cheapestStart(sets: readonly ReadonlySet<number>[], index: number): SumStart {
  const wanted = sets[index];
  let base = -1;
  let cost = wanted.size;
  for (let earlier = index - 1; earlier >= Math.max(0, index - LOOK_BACK) && cost > 0; earlier--) {
    const changes = wanted.size + sets[earlier].size - 2 * commonSize(wanted, sets[earlier]);
    if (changes < cost) [base, cost] = [earlier, changes];
  }
  const from = base < 0 ? new Set<number>() : sets[base];
  return { base, add: [...wanted].filter((column) => !from.has(column)), remove: [...from].filter((column) => !wanted.has(column)) };
}

function commonSize(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let common = 0;
  for (const column of a) if (b.has(column)) common++;
  return common;
}
