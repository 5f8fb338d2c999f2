// Spans of rows, joined where they are close together: within a block by the worker, across blocks by the main thread,
// by the same rule, so that it does not matter where blocks begin.

export interface RowSpan {
  /** Rows [start, end) of the output. */
  readonly start: number;
  readonly end: number;
  /** Most channels that were near a rail in one sample. */
  readonly channels: number;
  /** Bits that say what was seen in it: status bits, or who told of missed samples. */
  readonly marks: number;
}

/** Marks of missed samples: the status word told of them, or a list beside the recording. */
export const FLAGGED = 1;
export const LISTED = 2;

export interface SpanList {
  /** Takes spans in order of their start; they may overlap. */
  add(span: RowSpan): void;
  /** No span may be added any more. */
  finish(): { readonly spans: readonly RowSpan[]; readonly leftOut: number };
}

/**
 * @param apart spans with fewer rows than this between them become one, which then holds those rows too
 * @param most the first so many are kept, the others counted
 */
export function createSpanList(apart: number, most = Infinity): SpanList {
  const spans: RowSpan[] = [];
  let open: RowSpan | undefined;
  let leftOut = 0;
  const close = () => {
    if (!open) return;
    if (spans.length < most) spans.push(open);
    else leftOut++;
  };
  return {
    add(span) {
      if (open && span.start - open.end < apart) {
        open = { start: open.start, end: Math.max(open.end, span.end), channels: Math.max(open.channels, span.channels), marks: open.marks | span.marks };
        return;
      }
      close();
      open = span;
    },
    finish() {
      close();
      open = undefined;
      return { spans, leftOut };
    },
  };
}
