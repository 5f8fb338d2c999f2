// What CatGT is asked to do, as plain data, and what follows from the options alone: which streams, which of them need a
// new binary.

import { streamLabel } from '../../../spikeglx/index.ts';
import type { StreamId, StreamKind } from '../../../spikeglx/index.ts';

/** Corners in Hz; 0 means that there is no such corner. */
export interface BandFilter {
  readonly type: 'butter' | 'biquad';
  readonly order: number;
  /** High-pass corner. */
  readonly high: number;
  /** Low-pass corner. */
  readonly low: number;
}

/**
 * Common average referencing. Rings are `inner < distance <= outer`: of loccar_um in um, of loccar in rows and columns of
 * sites (the larger of the two).
 */
export type Car = { readonly kind: 'gblcar' } | { readonly kind: 'gbldmx' } | { readonly kind: 'loccar_um' | 'loccar'; readonly inner: number; readonly outer: number };

/** The triggers `first` to `last` of a gate; both -1 for the tcat file of an extraction pass. */
export interface GatePart {
  readonly gate: number;
  readonly first: number;
  readonly last: number;
}

/** CatGT's number of a stream kind: 0 NI, 1 OneBox, 2 AP, 3 LF. */
export type StreamNumber = 0 | 1 | 2 | 3;

interface ExtractorTarget {
  /** Extractors read NI, OneBox and AP files. */
  readonly js: Exclude<StreamNumber, 3>;
  readonly ip: number;
  /** File column; -1 is the last one. */
  readonly word: number;
}

interface PulseWidth {
  /** Pulse width in ms; 0 accepts any and reports leading edges only. */
  readonly ms: number;
  /** Accepted deviation in ms; 20 % of the width when absent. */
  readonly tolerance?: number;
}

/** Pulses of an analog column, thresholds in volts. xia: inverted. */
export interface AnalogExtractor extends ExtractorTarget, PulseWidth {
  readonly kind: 'xa' | 'xia';
  readonly threshold1: number;
  readonly threshold2: number;
}

/** Pulses of one bit of a digital column. xid: inverted. */
export interface DigitalExtractor extends ExtractorTarget, PulseWidth {
  readonly kind: 'xd' | 'xid';
  readonly bit: number;
}

/** A number made of several bits of a digital column; every change is reported. */
export interface BitFieldExtractor extends ExtractorTarget {
  readonly kind: 'bf';
  readonly startBit: number;
  readonly bits: number;
  /** How many samples in a row must show a new value. */
  readonly inARow: number;
}

export type Extractor = AnalogExtractor | DigitalExtractor | BitFieldExtractor;

/** -save: some channels of a probe as a file of their own. */
export interface ChannelSave {
  /** The stream that is read: 2 AP (and LF made from it), 3 LF. */
  readonly js: 2 | 3;
  /** Index of the probe, and the index in the name of the file. */
  readonly ip1: number;
  readonly ip2: number;
  /** Acquisition channels, ascending. */
  readonly channels: readonly number[];
}

/** -sepShanks: the AP of a probe as one file per shank. */
export interface ShankSplit {
  readonly ip: number;
  /** For each of four shanks the index in the name of its file; negative: no file. */
  readonly indexes: readonly number[];
}

/** -maxZ: channels above a height take no part. */
export interface DepthLimit {
  readonly ip: number;
  /** What `z` is: 0 the highest row (from 0), 1 um above the lowest row, 2 um above the tip. */
  readonly type: 0 | 1 | 2;
  readonly z: number;
}

/** An output folder of an earlier pass, or of a run, that supercat joins. */
export interface SupercatElement {
  /** The folder that holds it; forward slashes and none at the end. */
  readonly dir: string;
  /** Without `catgt_`. */
  readonly run: string;
  readonly gate: number;
  readonly fromCatGT: boolean;
}

export interface CatGTOptions {
  /** As given, with forward slashes and none at the end. */
  readonly dir: string;
  /** Probe -> the folder that holds its run folder, where that is not `dir`. */
  readonly probeDirs: ReadonlyMap<number, string>;
  /** Without `catgt_`. */
  readonly run: string;
  /** The run was given as `catgt_<run>`: its files are CatGT's. */
  readonly fromCatGT: boolean;
  readonly parts: readonly GatePart[];
  /** The parts came from -gtlist. */
  readonly gtlist: boolean;
  /** -t=cat: nothing is joined or filtered, events are extracted from a tcat file. */
  readonly cat: boolean;
  readonly noRunFolder: boolean;
  readonly probeFolders: boolean;
  readonly probesMayMiss: boolean;
  readonly exported: boolean;
  readonly trialsMayMiss: boolean;
  readonly ni: boolean;
  readonly ob: boolean;
  readonly ap: boolean;
  readonly lf: boolean;
  readonly obx: readonly number[];
  /** Phase 3A file names; `probes` is then [0]. */
  readonly threeA: boolean;
  readonly probes: readonly number[];
  /** Longest fill of a gap in ms; absent: gaps are filled whole. */
  readonly zeroFillMax?: number;
  /** Fills become straight lines on neural channels. */
  readonly lineFill: boolean;
  readonly startSecs?: number;
  readonly maxSecs?: number;
  readonly apFilter?: BandFilter;
  readonly lfFilter?: BandFilter;
  readonly ap2lfDownsample: number;
  readonly tshift: boolean;
  readonly car?: Car;
  /** Thresholds in mV (slope: mV per sample). */
  readonly gfix?: { readonly amp: number; readonly slope: number; readonly base: number };
  /** Probe -> acquisition channels that no reference or fix may use. */
  readonly exclude: ReadonlyMap<number, readonly number[]>;
  /** A search for dead and noisy channels and those outside the brain, which are then excluded or interpolated. */
  readonly badChannels?: 'exclude' | 'interpolate';
  /** In the order given. */
  readonly extractors: readonly Extractor[];
  /** How many samples in a row a pulse must be high, or low, to be believed. */
  readonly inARow: number;
  readonly autoSync: boolean;
  /** In the order given. */
  readonly saves: readonly ChannelSave[];
  /** At most one per probe. */
  readonly shankSplits: readonly ShankSplit[];
  readonly depthLimits: readonly DepthLimit[];
  readonly forceNiObBin: boolean;
  /** The second pass: at least two elements, the first of which names the outputs. `dir`, `run` and `parts` are its own. */
  readonly supercat?: readonly SupercatElement[];
  /** Each element is cut at the first and last sync edge that all its streams have. */
  readonly supercatTrimEdges: boolean;
  readonly supercatSkipNiObBin: boolean;
  /** Absolute, with forward slashes and none at the end. */
  readonly dest?: string;
  readonly noCatgtFolder: boolean;
  readonly outProbeFolders: boolean;
  /** Beside each binary, a list of what was put in place of recorded samples. */
  readonly edits: boolean;
  /** Beside each stream that is read, a record of what was wrong with it. */
  readonly health: boolean;
  readonly numerics: 'native' | 'exact';
  readonly workers?: number;
  /** The command line as given, for the log. */
  readonly raw: string;
  /** What the user should know though the job can be done. */
  readonly warnings: readonly string[];
}

export const streamNumbers: Readonly<Record<StreamKind, StreamNumber>> = { nidq: 0, obx: 1, ap: 2, lf: 3 };

const streamKinds: readonly StreamKind[] = ['nidq', 'obx', 'ap', 'lf'];

/** The streams that are asked for, in the order NI, OneBoxes, AP, LF. */
export function selectedStreams(options: Pick<CatGTOptions, 'ni' | 'ob' | 'ap' | 'lf' | 'obx' | 'probes'>): StreamId[] {
  const each = (kind: StreamKind, wanted: boolean, indexes: readonly number[]) => (wanted ? indexes.map((index) => ({ kind, index })) : []);
  return [...each('nidq', options.ni, [0]), ...each('obx', options.ob, options.obx), ...each('ap', options.ap, options.probes), ...each('lf', options.lf, options.probes)];
}

/** The stream that an extractor reads, in words: `nidq`, `obx0`, `imec0.ap`. */
export function extractorStream(extractor: Extractor): string {
  return streamLabel({ kind: streamKinds[extractor.js], index: extractor.ip });
}

/**
 * Whether a stream of this kind gets a new binary: when files are joined or cut, channels are selected (of whichever
 * probe), or samples change. Otherwise only its
 * meta is written and its events are extracted. (LF made from AP always gets one: it needs -lffilter.)
 */
export function writesBinary(options: CatGTOptions, kind: StreamKind): boolean {
  const files = options.parts.reduce((sum, part) => sum + part.last - part.first + 1, 0);
  if (files > 1 || options.startSecs !== undefined) return true;
  const selects = options.saves.length + options.shankSplits.length + options.depthLimits.length > 0;
  switch (kind) {
    case 'nidq':
    case 'obx': return options.forceNiObBin;
    case 'ap': return selects || options.tshift || options.apFilter !== undefined || options.car !== undefined || options.gfix !== undefined || options.badChannels === 'interpolate';
    case 'lf': return selects || options.tshift || options.lfFilter !== undefined;
  }
}
