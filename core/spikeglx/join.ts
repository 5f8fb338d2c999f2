// The arithmetic of joining the files of a series (gates outer, triggers inner), without touching a file.

/**
 * Trims the streams of one (gate, trigger) to the one with the shortest span, as all tools must before they join files:
 * the samples each stream keeps. The shortest stream itself keeps all. Without this, streams would end at different
 * times and the overlap with the next trigger would differ between them.
 */
export function trimToShortest(streams: readonly { samples: number; rate: number; columns: number }[]): number[] {
  if (streams.length === 0) return [];
  const span = Math.min(...streams.map((stream) => stream.samples / stream.rate));
  return streams.map((stream) => Math.min(stream.samples, Math.round(span * stream.rate)));
}

export interface Join {
  /** `swallowed`: the whole file lies in the overlap with what came before, so nothing of it is used. */
  readonly kind: 'first' | 'contiguous' | 'overlap' | 'gap' | 'swallowed';
  /** Of an overlap (or swallowed): samples to skip at the start of this file. Of a gap: samples missing before it. */
  readonly samples: number;
}

/** How a file continues the previous existing one; `samples` are lengths after trimming, `first` their firstSample. */
export function joinTo(previous: { first: number; samples: number }, current: { first: number; samples: number }): Join {
  const overlap = previous.first + previous.samples - current.first;
  if (overlap === 0) return { kind: 'contiguous', samples: 0 };
  if (overlap < 0) return { kind: 'gap', samples: -overlap };
  return { kind: current.samples - overlap < 1 ? 'swallowed' : 'overlap', samples: overlap };
}
