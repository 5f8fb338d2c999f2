// Candidates by gain, largest first; ties by time, then unit. Old entries are recognised by their projection, which has
// changed since.

export interface Candidate {
  readonly gain: number;
  readonly at: number;
  readonly unit: number;
  /** The projection when it was entered. */
  readonly projection: number;
}

export class CandidateHeap {
  private readonly items: Candidate[] = [];

  push(item: Candidate): void {
    const { items } = this;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!precedes(item, items[parent])) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = item;
  }

  pop(): Candidate | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && precedes(items[child + 1], items[child])) child++;
      if (!precedes(items[child], last)) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = last;
    return top;
  }
}

function precedes(a: Candidate, b: Candidate): boolean {
  return a.gain > b.gain || (a.gain === b.gain && (a.at < b.at || (a.at === b.at && a.unit < b.unit)));
}
