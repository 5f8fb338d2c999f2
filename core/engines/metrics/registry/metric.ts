// What is known about a metric, whoever shows it: tables, thresholds, help, exports, reports.

export interface Metric {
  /** Name of its column in the tables on disk. */
  readonly key: string;
  /** Short name for people. */
  readonly title: string;
  /** Empty for counts and for ratios without a unit. */
  readonly unit: string;
  /** What it says about a unit, one sentence. */
  readonly help: string;
  /** What a well isolated, stable unit has. */
  readonly good: string;
  readonly better: 'higher' | 'lower' | 'neither';
  /** Whether it is best drawn on a logarithmic axis. */
  readonly log: boolean;
  /** Raised whenever the formula changes: values of different versions must not be compared. */
  readonly version: number;
  /** The paper or tool the formula comes from. */
  readonly source: string;
  /** The table it is written to. */
  readonly table: 'metrics' | 'waveform_metrics';
  /** What other programs call the same quantity. */
  readonly aliases: readonly string[];
}
