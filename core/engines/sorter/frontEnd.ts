// Reads a stretch of the recording into planar microvolts: band-pass and median reference where they are still to do.
// What comes out at a sample does not depend on where the stretch begins and ends: it is read with a margin in which the
// filter dies down.

import type { F32, Workspace } from '../../kernels/sorter/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import { bandPassCoefficients } from './biquads.ts';
import { shanksOf } from './neighbours.ts';
import type { Recording } from './recording.ts';

/** Samples on either side in which the filter dies down to 1e-8. */
export const filterMargin = 512;

/** Rows of microvolts, one per site; sample `first` of the recording is column 0. */
export interface Trace {
  readonly first: number;
  readonly length: number;
  /** Samples from one row to the next. */
  readonly stride: number;
  readonly rows: F32;
  /** Byte address of every row. */
  readonly addresses: Int32Array;
}

const lanes = 8;

/** Bytes of workspace that `readTrace` needs for `length` samples. */
export function traceBytes(recording: Recording, length: number): number {
  const read = padded(length);
  return read * (recording.sites.count + 1) * 4 + read * (recording.columns + lanes) * 2 + read * lanes * 4 + recording.sites.count * 128 + 65536;
}

/** @param first may lie before the file and the end beyond it: the outermost samples are repeated there */
export function readTrace(workspace: Workspace, recording: Recording, first: number, length: number): Trace {
  const { sites } = recording;
  const stride = padded(length);
  const start = first - filterMargin;
  const rows = workspace.f32(sites.count * stride);
  const addresses = Int32Array.from({ length: sites.count }, (_, site) => rows.at + 4 * site * stride);
  const after = workspace.mark();
  const raw = workspace.i16(stride * recording.columns + lanes);
  readPadded(recording, start, stride, raw.view);
  toRows(workspace, recording, raw.at, stride, addresses);
  if (recording.reference) for (const shank of shanksOf(sites)) referenceShank(workspace, sites.shank, shank, addresses, stride);
  workspace.release(after);
  return { first, length, stride, rows: { at: rows.at + 4 * filterMargin, view: rows.view.subarray(filterMargin) }, addresses: addresses.map((at) => at + 4 * filterMargin) };
}

const padded = (length: number): number => Math.ceil((length + 2 * filterMargin) / 16) * 16;

function readPadded(recording: Recording, start: number, count: number, into: Int16Array): void {
  const { columns, samples } = recording;
  const before = Math.max(0, -start);
  const wanted = Math.max(0, Math.min(count - before, samples - Math.max(0, start)));
  const file = openBin(recording.bin, columns);
  try {
    file.read(Math.max(0, start), wanted, into.subarray(before * columns));
  } finally {
    file.close();
  }
  for (let t = 0; t < before; t++) into.copyWithin(t * columns, before * columns, (before + 1) * columns);
  const last = before + wanted - 1;
  for (let t = last + 1; t < count; t++) into.copyWithin(t * columns, last * columns, (last + 1) * columns);
}

function toRows(workspace: Workspace, recording: Recording, raw: number, count: number, addresses: Int32Array): void {
  const { kernels } = workspace;
  const { sites, columns } = recording;
  const group = workspace.f32(count * lanes);
  const unused = workspace.f32(count);
  const coefficients = workspace.f32(10);
  coefficients.view.set(bandPassCoefficients(recording.rate));
  const targets = workspace.i32(lanes);
  const scales = workspace.f32(lanes);
  const siteOf = new Map(Array.from(sites.column, (column, site) => [column, site]));
  const lastColumn = Math.max(...sites.column);
  for (let column = 0; column <= lastColumn; column += lanes) {
    for (let lane = 0; lane < lanes; lane++) {
      const site = siteOf.get(column + lane);
      targets.view[lane] = site === undefined ? unused.at : addresses[site];
      scales.view[lane] = site === undefined ? 0 : sites.microvolts[site];
    }
    kernels.unpack8(raw + 2 * column, 2 * columns, count, group.at);
    if (recording.bandPass) kernels.filter8(group.at, count, coefficients.at);
    kernels.spread8(group.at, count, targets.at, scales.at);
  }
}

/** Medians are searched within +-256 uV to 1/32 uV. */
const medianLimit = 256;
const medianSteps = 14;

function referenceShank(workspace: Workspace, shanks: Int32Array, shank: number, addresses: Int32Array, count: number): void {
  const members = addresses.filter((_, site) => shanks[site] === shank);
  const table = workspace.i32(members.length);
  table.view.set(members);
  const scratch = workspace.f32(members.length * 16);
  workspace.kernels.subtractMedian(table.at, members.length, count, medianLimit, medianSteps, scratch.at);
}
