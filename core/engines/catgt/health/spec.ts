// What is watched of a stream's samples as they were recorded, as plain data that a worker can use: which columns can
// touch a rail, when a sample counts as saturated, which columns are status words.

import { converterRails, metaCounts, type Rails } from '../../../spikeglx/index.ts';
import type { StreamInput } from '../joining/plan.ts';
import type { Processing } from '../samples/processing.ts';

export interface HealthSpec {
  /** The codes at which the converter cuts off. */
  readonly rails: Rails;
  /** The first so many columns are looked at: neural ones, or analog ones of NI and OneBoxes. */
  readonly columns: number;
  /** When a sample is saturated; absent for NI and OneBoxes, whose inputs may be driven to the rail on purpose (TTL). */
  readonly crowd?: Crowd;
  /** Columns that are status (SY) words; none for NI. */
  readonly statusColumns: readonly number[];
  /** Spans fewer rows apart than this are one. */
  readonly apart: number;
}

/** So many channels at once near a rail: not a cell, but the amplifier. */
export interface Crowd {
  /** Codes from which on a value counts as near a rail. */
  readonly near: Rails;
  /** Channels that are judged, those the chain uses, and how many of them are enough. */
  readonly used: number;
  readonly enough: number;
}

/** A value is near a rail within this share of the full scale: amplifiers flatten a little before converters do. */
const NEAR = 0.02;
/** Share of the used channels, as in IBL's description of saturation. */
const CROWD = 0.2;
/** Spans closer together than this are one, s. */
const APART_S = 0.001;

/** Throws InputFileError when the range of a probe's values is not known. */
export function healthSpecOf({ meta, facts, stream }: StreamInput, { chain, keepEvery }: Processing): HealthSpec {
  const rails = converterRails(meta, stream.kind);
  const common = { rails, apart: (APART_S * facts.rate) / keepEvery };
  if (stream.kind === 'ap' || stream.kind === 'lf') {
    return { ...common, columns: facts.neural, crowd: crowdOf(rails, chain.used.filter(Boolean).length), statusColumns: lastColumns(facts.columns, facts.columns - facts.neural) };
  }
  if (stream.kind === 'obx') {
    const [analog = 0, , status = 0] = metaCounts(meta, 'snsXaDwSy') ?? [];
    return { ...common, columns: analog, statusColumns: lastColumns(facts.columns, status) };
  }
  const [mn = 0, ma = 0, xa = 0] = metaCounts(meta, 'snsMnMaXaDw') ?? [];
  return { ...common, columns: mn + ma + xa, statusColumns: [] };
}

function crowdOf({ low, high }: Rails, used: number): Crowd {
  const margin = -NEAR * low;
  return { near: { low: Math.floor(low + margin), high: Math.ceil(high - margin) }, used, enough: Math.max(1, Math.ceil(CROWD * used)) };
}

/** The rule in words, for the reader of the file. */
export function ruleOf({ crowd }: HealthSpec): string {
  if (!crowd) return 'counted by channel only: inputs of NI and OneBox may be driven to the rail on purpose';
  const { near, used, enough } = crowd;
  return `at least ${enough} of ${used} used channels (20 %) at or below ${near.low} or at or above ${near.high} (within 2 % of a rail) in the same sample`;
}

function lastColumns(columns: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => columns - count + index);
}
