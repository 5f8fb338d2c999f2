// The one record of what differs between Neuropixels probes. A new part number is a line here and nothing else.

export interface ShankLayout {
  /** um. */
  readonly shankWidth: number;
  /** um between left edges of neighbouring shanks; 0 with one shank. */
  readonly shankPitch: number;
  /** um from the left edge of the shank to the first site of even and of odd rows. */
  readonly evenOffset: number;
  readonly oddOffset: number;
  /** um between columns and between rows, for the sites of ~snsShankMap. */
  readonly columnPitch: number;
  readonly siteRowPitch: number;
}

export interface ProbeEntry {
  /** Exact part numbers, or a beginning followed by `*`. */
  readonly partNumbers: readonly string[];
  /** The type number of the imro table (-3: phase 3A). */
  readonly type: number;
  /** Channels acquired: AP, LF, SY. */
  readonly acqAp: number;
  readonly acqLf: number;
  readonly acqSy: number;
  readonly shanks: number;
  /** Counts at `vmax`. */
  readonly maxInt: number;
  /** Volts at the input of the converter. */
  readonly vmax: number;
  /** A fixed gain, or where the imro table has it: in each channel's entry or in its header. */
  readonly apGain: number | 'imro' | 'imroHeader';
  /** Undefined when the probe has no LF band. */
  readonly lfGain: number | 'imro' | 'imroHeader' | undefined;
  /** Channel pairs that share one converter, one after the other: rows of the multiplex table. */
  readonly muxGroups: number;
  /** Converters. */
  readonly adcs: number;
  /** Physical rows and columns of sites on a shank, rows counted from the tip. */
  readonly rows: number;
  readonly columns: number;
  /** um between rows, and from the tip of the probe to row 0. */
  readonly rowPitch: number;
  readonly tipLength: number;
  /** um, edge of a square site. */
  readonly siteSize: number;
  /** How ~snsShankMap becomes um, from the makers' table of probes; undefined for probes that are younger than ~snsGeomMap. */
  readonly layout?: ShankLayout;
  /** Where the reference pipeline's constants differ from the makers': for its own numbers (`compat`). */
  readonly referenceLayout?: ShankLayout;
}

const withLf = { shanks: 1, acqAp: 384, acqLf: 384, acqSy: 1, maxInt: 512, vmax: 0.6, apGain: 'imro', lfGain: 'imro', muxGroups: 12, adcs: 32, siteSize: 12 } as const;
const fullBand = { shanks: 1, acqAp: 384, acqLf: 0, acqSy: 1, lfGain: undefined, muxGroups: 16, adcs: 24, rows: 640, columns: 2, rowPitch: 15, tipLength: 206, siteSize: 12 } as const;

const np1 = { ...withLf, rows: 480, columns: 2, rowPitch: 20, tipLength: 209 };
const np1Long = { ...withLf, columns: 2, rowPitch: 20, tipLength: 373 };
const np1200 = { ...withLf, acqAp: 128, acqLf: 128, adcs: 12, rows: 64, columns: 2, rowPitch: 31, tipLength: 372 };
const np2Early = { ...fullBand, maxInt: 8192, vmax: 0.5, apGain: 80 };
const np2 = { ...fullBand, maxInt: 2048, vmax: 0.62, apGain: 100 };
const np3 = { ...fullBand, maxInt: 2048, vmax: 0.67, apGain: 100 };

const layout = (shankWidth: number, shankPitch: number, evenOffset: number, oddOffset: number, columnPitch: number, siteRowPitch: number): ShankLayout => ({
  shankWidth, shankPitch, evenOffset, oddOffset, columnPitch, siteRowPitch,
});
const staggered = layout(70, 0, 27, 11, 32, 20);
const straight = layout(70, 0, 27, 27, 32, 20);
const wideStaggered = layout(125, 0, 27, 11, 87, 20);
const wideStraight = layout(125, 0, 11, 11, 103, 20);
const oneShank = layout(70, 0, 27, 27, 32, 15);
const fourShanks = layout(70, 250, 27, 27, 32, 15);

/** The name phase 3A probes go by: their metas have no part number. */
export const threeA = '3A';

export const probeTable: readonly ProbeEntry[] = [
  { ...np1, partNumbers: [threeA], type: -3, layout: staggered },
  { ...np1, partNumbers: ['PRB_1_4*', 'PRB_1_2*', 'NP1000', 'NP1001', 'NP1010', 'NP1011', 'NP1012', 'NP1013', 'NP1014'], type: 0, layout: staggered },
  { ...np1, partNumbers: ['NP1015', 'NP1016', 'NP1017'], type: 0, layout: straight },
  { ...np1Long, partNumbers: ['NP1020', 'NP1021'], type: 1020, rows: 1248, layout: wideStaggered },
  { ...np1Long, partNumbers: ['NP1022'], type: 1020, rows: 1248, layout: wideStraight },
  { ...np1Long, partNumbers: ['NP1030', 'NP1031'], type: 1030, rows: 2208, layout: wideStaggered },
  { ...np1Long, partNumbers: ['NP1032', 'NP1033', 'NP1040', 'NP1041', 'NP1042', 'NP1050', 'NP1051'], type: 1030, rows: 2208, layout: wideStraight },
  { ...withLf, partNumbers: ['NP1100'], type: 1100, siteSize: 5, rows: 48, columns: 8, rowPitch: 6, tipLength: 206.5, layout: layout(70, 0, 14, 14, 6, 6) },
  { ...withLf, partNumbers: ['NP1110'], type: 1110, siteSize: 5, apGain: 'imroHeader', lfGain: 'imroHeader', rows: 768, columns: 8, rowPitch: 6, tipLength: 203.5, layout: layout(73, 0, 15.5, 15.5, 6, 6), referenceLayout: layout(70, 0, 14, 14, 6, 6) },
  { ...withLf, partNumbers: ['NP1120'], type: 1120, siteSize: 3.5, rows: 192, columns: 2, rowPitch: 4.5, tipLength: 205.75, layout: layout(70, 0, 6.75, 6.75, 4.5, 4.5) },
  { ...withLf, partNumbers: ['NP1121'], type: 1121, siteSize: 2.5, rows: 384, columns: 1, rowPitch: 3, tipLength: 205.25, layout: layout(70, 0, 6.25, 6.25, 3, 3) },
  { ...withLf, partNumbers: ['NP1122'], type: 1122, siteSize: 2.5, rows: 24, columns: 16, rowPitch: 3, tipLength: 205.25, layout: layout(70, 0, 12.5, 12.5, 3, 3), referenceLayout: layout(70, 0, 6.75, 6.75, 4.5, 4.5) },
  { ...withLf, partNumbers: ['NP1123'], type: 1123, siteSize: 3.5, rows: 32, columns: 12, rowPitch: 4.5, tipLength: 205.75, layout: layout(70, 0, 10.25, 10.25, 4.5, 4.5), referenceLayout: layout(70, 0, 10.25, 10.25, 3, 3) },
  { ...np1200, partNumbers: ['NP1200', 'NP1210', 'NP1221'], type: 1200, layout: layout(125, 0, 56.5, 36.5, 32, 31), referenceLayout: staggered },
  { ...np1200, partNumbers: ['NP3000', 'NXT3000'], type: 1200, rows: 128, columns: 1, rowPitch: 15, tipLength: 206, layout: layout(70, 0, 59, 59, 0, 15), referenceLayout: layout(70, 0, 53, 53, 0, 15) },
  { ...np1, partNumbers: ['NP1300'], type: 1300, layout: layout(70, 0, 11, 11, 48, 20) },
  { ...np2Early, partNumbers: ['PRB2_1*', 'NP2000'], type: 21, layout: oneShank },
  { ...np2, partNumbers: ['NP2003', 'NP2004', 'NP2005'], type: 2003, layout: oneShank },
  { ...np2, partNumbers: ['NP2006'], type: 2003, layout: layout(70, 0, 27, 11, 32, 15), referenceLayout: oneShank },
  { ...np2Early, partNumbers: ['PRB2_4*', 'NP2010'], type: 24, shanks: 4, layout: fourShanks },
  { ...np2, partNumbers: ['NP2013', 'NP2014'], type: 2013, shanks: 4, layout: fourShanks },
  { ...np2, partNumbers: ['NP2020', 'NP2021'], type: 2020, shanks: 4, acqAp: 1536, acqSy: 4, adcs: 96, layout: fourShanks },
  { ...np3, partNumbers: ['NP3010', 'NP3011'], type: 3010, acqAp: 912, adcs: 58, tipLength: 203, layout: oneShank },
  { ...np3, partNumbers: ['NP3020', 'NP3021'], type: 3020, shanks: 4, acqAp: 1536, adcs: 96, tipLength: 204, layout: fourShanks },
  { ...np3, partNumbers: ['NP3022'], type: 3022, shanks: 4, acqAp: 1536, adcs: 96, tipLength: 204, layout: fourShanks },
  { ...np3, partNumbers: ['NP3023', 'NP3024'], type: 3023, shanks: 4, acqAp: 1536, adcs: 96, tipLength: 204, layout: fourShanks },
];
