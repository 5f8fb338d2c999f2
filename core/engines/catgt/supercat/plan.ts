// What supercat joins, as plain data: streams, and of each the parts that the elements give.

import type { Meta } from '../../../spikeglx/index.ts';
import type { Extraction } from '../extract/index.ts';
import type { FyiList } from './fyiList.ts';
import type { JoinedStreamId } from './paths.ts';
import type { SupercatElement } from '../command/options.ts';

export interface LoadedElement {
  readonly element: SupercatElement;
  readonly fyi: FyiList;
}

/** One element's file of a stream. */
export interface SourcePart {
  readonly bin: string;
  /** Samples in the file. */
  readonly samples: number;
  /** Samples per second, as the element's list gives them. */
  readonly rate: number;
  /** What event files append to. */
  readonly eventBase: string;
}

/** The sync edges of a device, NI, a OneBox or a recorded probe, in every element. */
export interface EdgeFiles extends JoinedStreamId {
  readonly files: readonly { readonly file: string; readonly rate: number }[];
}

export interface SourceStream extends JoinedStreamId {
  readonly label: string;
  /** The first element's. */
  readonly meta: Meta;
  readonly columns: number;
  /** Samples per second of the output, as its meta gives them. */
  readonly rate: number;
  readonly parts: readonly SourcePart[];
  /** The automatic sync edges among them; empty for streams whose events another stream of the same probe has. */
  readonly extractions: readonly Extraction[];
  readonly writesBinary: boolean;
}

/** What is taken of a part, and where it comes to lie. */
export interface PlacedPart extends SourcePart {
  /** First sample taken, how many, and the output sample of the first. */
  readonly start: number;
  readonly count: number;
  readonly out: number;
  /** Events with `from < t <= to` are taken, seconds of the part. */
  readonly from: number;
  readonly to: number;
  /** An event's time in the output is `t * scale + shift`; `fieldShift` is that of bit fields. */
  readonly scale: number;
  readonly shift: number;
  readonly fieldShift: number;
}

export interface JoinedStream extends SourceStream {
  readonly placed: readonly PlacedPart[];
  /** Samples of the output. */
  readonly total: number;
}
