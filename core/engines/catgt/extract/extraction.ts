// An extractor applied to one stream: columns, thresholds and widths in the file's own units. Plain data that can be
// sent to a worker.

interface Common {
  /** File column to look at. */
  readonly column: number;
  /** How many samples in a row must agree. */
  readonly inARow: number;
  /** What the file of times appends to the output's base name: `.xd_384_6_500.txt`. */
  readonly timesSuffix: string;
  /** Sync edges that nobody asked for. */
  readonly automatic: boolean;
  /** Place among the stream's extractors that were asked for; undefined for the automatic one. */
  readonly rank: number | undefined;
}

export interface PulseExtraction extends Common {
  readonly kind: 'xa' | 'xia' | 'xd' | 'xid';
  /** A sample is high from this many counts on, or when this bit is set; xia and xid swap high and low. */
  readonly signal: { readonly threshold: number } | { readonly bit: number };
  /** Second threshold in counts, when it is beyond the first: the pulse's extreme, which starts at `from`, must reach it. */
  readonly reach?: { readonly counts: number; readonly from: number };
  /** Accepted widths in samples, both included; absent when any width will do. */
  readonly width?: { readonly least: number; readonly most: number };
}

export interface FieldExtraction extends Common {
  readonly kind: 'bf';
  readonly startBit: number;
  readonly bits: number;
  /** What the file of values appends to the output's base name. */
  readonly valuesSuffix: string;
}

export type Extraction = PulseExtraction | FieldExtraction;
