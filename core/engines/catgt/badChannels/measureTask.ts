// The figures of one snippet, in a pool worker: raw samples in, a few numbers per channel out.

import { measureSnippet, type SnippetFigures } from '../../../signal/index.ts';
import { readSegments } from '../samples/inputRows.ts';
import type { SnippetPlace } from './snippets.ts';

export interface SnippetTask extends SnippetPlace {
  readonly columns: number;
  readonly scale: Float64Array;
  readonly used: readonly boolean[];
  readonly rate: number;
}

export function measureSnippetTask({ segments, rows, columns, scale, used, rate }: SnippetTask): SnippetFigures {
  const samples = new Int16Array(rows * columns);
  readSegments(segments, columns, samples, 0);
  return measureSnippet({ samples, columns, scale, used, rate });
}
