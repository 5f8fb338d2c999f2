// What one output stream is made of, as plain data: the files it joins, the stretches of unbroken samples between gaps
// and the fills. Sample indexes are in the stream's own samples; `out` indexes count output samples at the full input
// rate (AP->LF decimates when it writes).

import type { Meta, StreamFacts, StreamId } from '../../../spikeglx/index.ts';

/** One input file of a stream, in order of gate and trigger. */
export interface SourceFile {
  readonly bin: string;
  readonly meta: Meta;
  readonly gate: number;
  readonly trigger: number;
  /** Samples that take part after trimming across streams. */
  readonly samples: number;
  /** False only with -t_miss_ok: the meta is there, the bin is not. */
  readonly present: boolean;
}

/** A stream that was asked for, with the meta and facts of the first file that is present. */
export interface StreamInput {
  readonly stream: StreamId;
  /** LF made from a full-band AP file: `stream` is the LF, the files are the AP's. */
  readonly fromAp: boolean;
  readonly meta: Meta;
  readonly facts: StreamFacts;
  /** At least one is present. */
  readonly files: readonly SourceFile[];
}

/** `count` samples from sample `start` of a file. */
export interface Segment {
  readonly bin: string;
  readonly start: number;
  readonly count: number;
}

/** Unbroken samples: filters run over its segments as over one array. */
export interface Stretch {
  readonly segments: readonly Segment[];
  readonly count: number;
  readonly out: number;
}

/** A gap in the recording, `length` zero samples at `out` (0 when filling is off). */
export interface Fill {
  readonly out: number;
  readonly length: number;
  /** True length of the gap, samples. */
  readonly gap: number;
  /** Base names of the files after and before it. */
  readonly beforeFile: string;
  readonly afterFile: string;
  /** The output ends within this fill (maxsecs): there is no right-hand sample. */
  readonly atEnd: boolean;
}

export interface StreamSequence {
  readonly stretches: readonly Stretch[];
  readonly fills: readonly Fill[];
  /** Output samples in all. */
  readonly total: number;
  /** For each file that was read: where its first sample lies in the output; negative with -startsecs. */
  readonly offsets: readonly number[];
  /** For each of them: where its last sample ends. */
  readonly fileEnds: readonly number[];
  /** Largest ones that were read. */
  readonly lastGate: number;
  readonly lastTrigger: number;
  /** Things to tell the user, in order of files. */
  readonly notes: readonly string[];
}
