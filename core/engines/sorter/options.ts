// What the sorter can be told, with its defaults. Lengths in um, times in the unit their name says.

export interface SorterOptions {
  /** The .ap.bin to sort, with its .meta beside it. */
  readonly bin: string;
  /** The phy folder to write. */
  readonly dest: string;
  /** File columns to leave out besides reference sites and dead channels. */
  readonly excludeChannels?: readonly number[];
  /** Band-pass and median reference: 'auto' band-passes, and references what no earlier step has referenced. */
  readonly preprocess?: 'auto' | 'none' | 'full';
  /** Estimate and use drift; 'auto' drops an estimate that does not sharpen the depths. */
  readonly drift?: 'on' | 'off' | 'auto';
  /** Threshold of detection, in robust standard deviations of a channel. */
  readonly detectSigma?: number;
  /** Peaks closer than this and than `excludeMs` are one. */
  readonly detectRadius?: number;
  readonly excludeMs?: number;
  /** Clusters smaller than this are not split further. */
  readonly minCluster?: number;
  /** Dip score from which a projection counts as bimodal. */
  readonly isocut?: number;
  /** Largest distance of templates (relative to the larger norm) that may merge. */
  readonly mergeDistance?: number;
  /** Sites of a template lie within this radius. */
  readonly templateRadius?: number;
  /** Least amplitude of a matched spike, in standard deviations of its template's projection of noise. */
  readonly matchSigma?: number;
  /** Bounds and spread of a spike's scale relative to its template. */
  readonly amplitudeMin?: number;
  readonly amplitudeMax?: number;
  readonly amplitudeSd?: number;
  /** A unit fires not again within this time. */
  readonly refractoryMs?: number;
  /** Units with fewer spikes or a smaller whitened template norm are dropped. */
  readonly minSpikes?: number;
  readonly minNorm?: number;
  /** Spikes whose features are kept for clustering; longer recordings are sampled. */
  readonly maxFeatures?: number;
  /** Seconds of the recording on which templates are refined before the whole is matched (at most half of it). */
  readonly refineSeconds?: number;
  /** Channels within this radius of a unit's peak are listed in its PC features. */
  readonly metricsRadius?: number;
  readonly seed?: number;
}

export type SorterSettings = Required<SorterOptions>;

export const sorterDefaults: Omit<SorterSettings, 'bin' | 'dest'> = {
  excludeChannels: [],
  preprocess: 'auto',
  drift: 'auto',
  detectSigma: 4.5,
  detectRadius: 50,
  excludeMs: 0.3,
  minCluster: 20,
  isocut: 2,
  mergeDistance: 0.5,
  templateRadius: 180,
  matchSigma: 5.5,
  amplitudeMin: 0.5,
  amplitudeMax: 1.8,
  amplitudeSd: 0.2,
  refractoryMs: 0.5,
  minSpikes: 30,
  minNorm: 10,
  maxFeatures: 700_000,
  refineSeconds: 120,
  metricsRadius: 68,
  seed: 1,
};

/** Fills in the defaults; options that are undefined count as absent. */
export function settingsFrom(options: SorterOptions): SorterSettings {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...sorterDefaults, ...given } as SorterSettings;
}
