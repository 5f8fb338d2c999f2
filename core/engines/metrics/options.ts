// What can be chosen about metrics.

export interface MetricOptions {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Refractory period, and below which interval spikes are duplicates; s. */
  readonly isiThreshold: number;
  readonly minIsi: number;
  /** Bin of the autocorrelogram, s. */
  readonly correlogramBin: number;
  /** Metrics in feature space, and how far away neighbours and channels are taken from, um. */
  readonly featureMetrics: boolean;
  readonly radius: number;
  /** Spikes drawn from a unit that has more; its neighbours' in proportion. */
  readonly spikesPerUnit: number;
  /** Spikes of a unit and its neighbours together for nearest neighbours, and of all units for the silhouette. */
  readonly nearestNeighbourSpikes: number;
  readonly silhouetteSpikes: number;
  /** Nearest neighbours of a spike, itself counted. */
  readonly neighbours: number;
  /** Depth is a median over intervals of this length (s) with at least so many spikes. */
  readonly driftInterval: number;
  readonly driftSpikes: number;
  /** The metrics of the International Brain Laboratory. */
  readonly ibl: boolean;
  /** The reference's numbers instead of sane ones: see the functions. */
  readonly compat: boolean;
  /** Edges of the amplitude histogram are rounded to float32, as the reference does for amplitudes stored so. */
  readonly singlePrecisionAmplitudes: boolean;
  readonly seed: number;
}
