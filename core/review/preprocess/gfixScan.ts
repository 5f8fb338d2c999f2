// Looking for what gfix might take out: in one block of a stream, every moment at which a quarter of the channels is far
// from zero, with the amplitude and slope that this quarter reaches. A moment lies beyond both thresholds exactly when
// gfix finds it with them.

import { blocksOf, type GfixSpec } from '../../engines/catgt/index.ts';
import { type Chain, FFT_MARGIN } from '../../signal/index.ts';
import { type Found, extentFilter, fillBlock, findArtefacts, toolsOf } from './chainBlocks.ts';
import { openSource, type Source, type SourceRequest } from './source.ts';

export interface ScanRequest extends SourceRequest {
  /** Number of the block (see scanPlan). */
  readonly block: number;
}

export interface BlockScan {
  /** Of the block, s on the gate's joined axis. */
  readonly from_s: number;
  readonly len_s: number;
  /** Per candidate: time, amplitude and slope (per sample) that the quarter reaches, how long it stays over the floor. */
  readonly at_s: Float64Array;
  readonly amp_mV: Float32Array;
  readonly slope_mV: Float32Array;
  readonly len_ms: Float32Array;
  /** What gfix finds with the thresholds of the options: spans as the run measures them. */
  readonly spans: Found['spans'];
  /** Loudness of the block: root mean square of the mean over channels, uV. */
  readonly common_uV: number;
}

/** Candidates are moments over this, in mV; gfix's own thresholds are usually some times higher. */
const FLOOR_MV = 0.1;
/** Moments closer than this are one candidate. */
const JOIN_MS = 0.5;

export interface ScanPlan {
  readonly blocks: readonly number[];
  /** Seconds that are looked at, and of the whole gate. */
  readonly seconds: number;
  readonly whole_s: number;
  /** Output samples of the whole gate: gfix's spans end there. */
  readonly total: number;
  readonly rate_Hz: number;
}

/** Which blocks to scan: all of them, or so many seconds spread evenly over the gate. Reads metas only. */
export function scanPlan({ request, seconds }: { readonly request: SourceRequest; readonly seconds: number | null }): ScanPlan {
  const { sequence, rate } = openSource(request);
  const blocks = blocksOf(sequence.stretches);
  const samples = blocks.reduce((sum, block) => sum + block.rows, 0);
  const wanted = seconds === null ? blocks.length : Math.max(1, Math.min(blocks.length, Math.round((seconds * rate * blocks.length) / samples)));
  const chosen = Array.from({ length: wanted }, (_, index) => Math.floor(((index + 0.5) * blocks.length) / wanted));
  return { blocks: chosen, seconds: chosen.reduce((sum, index) => sum + blocks[index].rows / rate, 0), whole_s: sequence.total / rate, total: sequence.total, rate_Hz: rate };
}

/** The options must hold -gfix. */
export function scanBlock(request: ScanRequest): BlockScan {
  const source = openSource(request);
  const { sequence, rate, processing } = source;
  const block = blocksOf(sequence.stretches)[request.block];
  const tools = toolsOf(source);
  const endRow = fillBlock(source, tools, block);
  tools.chain.transform(FFT_MARGIN, block.rows);
  const { spans } = findArtefacts(source, tools, block, endRow, extentFilter(source));
  const candidates = processing.gfix ? candidatesOf(source, tools.chain, processing.gfix) : [];
  return {
    from_s: block.out / rate,
    len_s: block.rows / rate,
    at_s: Float64Array.from(candidates, ({ row }) => (block.out + row) / rate),
    amp_mV: Float32Array.from(candidates, ({ amp }) => amp),
    slope_mV: Float32Array.from(candidates, ({ slope }) => slope),
    len_ms: Float32Array.from(candidates, ({ rows }) => (1000 * rows) / rate),
    spans,
    common_uV: commonLevel(source, tools.chain, block.rows),
  };
}

interface Candidate {
  readonly row: number;
  readonly amp: number;
  readonly slope: number;
  readonly rows: number;
}

/** mV per count, as gfix reckons: by the gain of one channel for all. */
const millivoltsPerCount = (source: Source) => source.scale[0] / 1000;

function candidatesOf(source: Source, chain: Chain, gfix: GfixSpec): Candidate[] {
  const mV = millivoltsPerCount(source);
  const floor = Math.max(1, Math.trunc(FLOOR_MV / mV));
  const join = Math.round((JOIN_MS * source.rate) / 1000);
  const candidates: Candidate[] = [];
  let last = -Infinity;
  let first = 0;
  for (const row of chain.loudRows(floor).slice()) {
    const best = quarterAt(chain, gfix, floor, row);
    if (!best) continue;
    const found = { row, amp: best.amp * mV, slope: best.slope * mV };
    if (row - last > join) {
      first = row;
      candidates.push({ ...found, rows: 1 });
    } else {
      const open = candidates[candidates.length - 1];
      const isNearer = score(found, gfix, mV) > score(open, gfix, mV);
      candidates[candidates.length - 1] = { ...(isNearer ? found : open), rows: row - first + 1 };
    }
    last = row;
  }
  return candidates;
}

/** At least 1 where both thresholds are reached. */
const score = ({ amp, slope }: { readonly amp: number; readonly slope: number }, gfix: GfixSpec, mV: number) => Math.min(amp / (Math.max(1, gfix.amp) * mV), slope / (Math.max(1, gfix.slope) * mV));

/** Amplitude and slope (counts) that enough channels of one group reach together; undefined where the floor is not reached. */
function quarterAt(chain: Chain, gfix: GfixSpec, floor: number, row: number): { readonly amp: number; readonly slope: number } | undefined {
  let best: { amp: number; slope: number; score: number } | undefined;
  for (const { columns, enough } of gfix.groups) {
    const loud: { amp: number; slope: number; score: number }[] = [];
    for (const column of columns) {
      const value = chain.value(row, column);
      const amp = Math.abs(value);
      if (amp < floor) continue;
      const change = row > 0 ? value - chain.value(row - 1, column) : 0;
      // A falling edge must be steeper than the threshold, a rising one as steep.
      const slope = change >= 0 ? change : -change - 1;
      loud.push({ amp, slope, score: Math.min(amp / Math.max(1, gfix.amp), slope / Math.max(1, gfix.slope)) });
    }
    const needed = Math.max(1, Math.ceil(enough));
    if (loud.length < needed) continue;
    const quarter = loud.sort((a, b) => b.score - a.score)[needed - 1];
    if (!best || quarter.score > best.score) best = quarter;
  }
  return best;
}

const MOMENTS = 2000;

function commonLevel({ used, scale }: Source, chain: Chain, rows: number): number {
  const step = Math.max(1, Math.floor(rows / MOMENTS));
  const columns = used.flatMap((isUsed, column) => (isUsed && column % 4 === 0 ? [column] : []));
  let [power, moments] = [0, 0];
  for (let row = 0; row < rows; row += step, moments++) {
    const mean = columns.reduce((sum, column) => sum + chain.value(row, column) * scale[column], 0) / Math.max(1, columns.length);
    power += mean * mean;
  }
  return Math.sqrt(power / Math.max(1, moments));
}
