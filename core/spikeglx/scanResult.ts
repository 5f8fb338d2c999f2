// What a scan tells of runs: plain data, the JSON of `aftergate scan --json`.

import type { Health } from './scanHealth.ts';

export interface ScannedStream {
  /** `imec0.ap`, `imec0.lf`, `nidq`, `obx0`. */
  readonly stream: string;
  /** Of the .bin. */
  readonly path: string;
  /** Samples that can be read, from the size of the file; 0 when it is missing. */
  readonly samples: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly rate: number;
  readonly firstSample: number | null;
  /** Saved channels, SY and digital words included. */
  readonly channels: number;
}

export interface ScannedTrigger {
  readonly trigger: number;
  readonly streams: ScannedStream[];
}

export interface ScannedGate {
  readonly gate: number;
  /** The run folder, or the folder with the files where there is none. */
  readonly path: string;
  readonly triggers: ScannedTrigger[];
}

export interface ScannedProbe {
  readonly index: number;
  readonly partNumber: string | null;
  readonly type: number | null;
  readonly shanks: number | null;
  /** Saved neural channels. */
  readonly channels: number;
  /** Of those, the ones whose site is in use. */
  readonly sites: number;
}

export interface ScannedJoin {
  readonly stream: string;
  /** Of the later file. */
  readonly gate: number;
  readonly trigger: number;
  /** unrelated: the file lies wholly within what came before, as files of different runs do. */
  readonly kind: 'gap' | 'overlap' | 'contiguous' | 'unrelated';
  /** In samples of this stream. */
  readonly samples: number;
}

export interface ScannedRun {
  readonly name: string;
  /** The run folder of the first gate, or the folder with the files where there is none. */
  readonly path: string;
  /** What CatGT calls -dir, one per drive. */
  readonly folders: string[];
  /** When the first file was made, as in the meta: local time without zone. */
  readonly created: string | null;
  /** Of the longest stream, over all trials. */
  readonly seconds: number;
  readonly bytes: number;
  readonly gates: ScannedGate[];
  readonly probes: ScannedProbe[];
  readonly ni: boolean;
  readonly obx: number[];
  readonly joins: ScannedJoin[];
  readonly health: Health[];
}

export interface ScannedOutput {
  readonly name: string;
  readonly gate: number;
  readonly stream: string;
  readonly path: string;
}

export interface ScanResult {
  readonly runs: ScannedRun[];
  /** Files that tools wrote, concatenated ones (`tcat`) above all: not runs. */
  readonly outputs: ScannedOutput[];
}
