// Where to look for bad channels: short pieces spread evenly over what was recorded, none across a gap.

import { segmentsBetween } from '../joining/blocks.ts';
import type { Segment, Stretch } from '../joining/plan.ts';

/** Length of a snippet, s, and how many there are in a recording long enough. */
export const SNIPPET_S = 0.35;
export const SNIPPETS = 25;
/** Stretches shorter than this, s, say too little. */
const LEAST_S = 0.1;

export interface SnippetPlace {
  readonly segments: readonly Segment[];
  readonly rows: number;
}

/** @param most at least 1; fewer where the recording is too short for so many apart from each other */
export function snippetPlaces(stretches: readonly Stretch[], rate: number, most = SNIPPETS): SnippetPlace[] {
  const length = Math.round(SNIPPET_S * rate);
  const total = stretches.reduce((sum, { count }) => sum + count, 0);
  const wanted = Math.max(1, Math.min(most, Math.floor(total / length)));
  const places = Array.from({ length: wanted }, (_, index) => placeAt(stretches, Math.floor(((index + 0.5) * total) / wanted), length));
  return places.filter(({ rows }) => rows >= LEAST_S * rate);
}

/** Around recorded sample `centre`, gaps not counted, within one stretch. */
function placeAt(stretches: readonly Stretch[], centre: number, length: number): SnippetPlace {
  let before = 0;
  for (const stretch of stretches) {
    if (centre < before + stretch.count) {
      const rows = Math.min(length, stretch.count);
      const first = Math.max(0, Math.min(centre - before - (rows >> 1), stretch.count - rows));
      return { segments: segmentsBetween(stretch, first, first + rows), rows };
    }
    before += stretch.count;
  }
  return { segments: [], rows: 0 };
}
