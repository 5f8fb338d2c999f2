// What the blocks of a gfix scan say together.

import { editsOf } from '../../engines/catgt/index.ts';
import type { BlockScan, ScanPlan } from './gfixScan.ts';

export interface ScanSummary {
  readonly at_s: Float64Array;
  readonly amp_mV: Float32Array;
  readonly slope_mV: Float32Array;
  readonly len_ms: Float32Array;
  /** Spans the thresholds of the options replace, in what was looked at. */
  readonly spans: { readonly count: number; readonly perSecond: number; readonly share_pct: number; readonly longest_ms: number };
  readonly seconds: number;
  readonly whole_s: number;
  /** Start of the second with the largest candidate; without any, of the block where all channels together are loudest. */
  readonly worst_s: number;
}

export function scanSummary(plan: ScanPlan, blocks: readonly BlockScan[]): ScanSummary {
  const at_s = joined64(blocks.map((block) => block.at_s));
  const amp_mV = joined32(blocks.map((block) => block.amp_mV));
  // Spans of neighbouring blocks may touch, of others not: joined per run of neighbours they are the run's own.
  const edits = editsOf(blocks.flatMap((block) => block.spans), plan.total);
  const edited_smp = edits.reduce((sum, { length }) => sum + Math.max(0, length - 2), 0);
  return {
    at_s,
    amp_mV,
    slope_mV: joined32(blocks.map((block) => block.slope_mV)),
    len_ms: joined32(blocks.map((block) => block.len_ms)),
    spans: {
      count: edits.length,
      perSecond: edits.length / plan.seconds,
      share_pct: (100 * edited_smp) / plan.rate_Hz / plan.seconds,
      longest_ms: (1000 * Math.max(0, ...edits.map(({ length }) => length))) / plan.rate_Hz,
    },
    seconds: plan.seconds,
    whole_s: plan.whole_s,
    worst_s: Math.max(0, at_s.length > 0 ? at_s[indexOfLargest(amp_mV)] - 0.5 : loudest(blocks)),
  };
}

function loudest(blocks: readonly BlockScan[]): number {
  return blocks.length === 0 ? 0 : blocks.reduce((best, block) => (block.common_uV > best.common_uV ? block : best)).from_s;
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0);
}

function joined64(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

function joined32(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
