// Where a joined file is shorter than the time it stands for: gaps that were not filled to their full length
// (-zerofillmax). Behind each, everything lies later than counting rows would have it.

import type { EditRow } from '../../formats/spanFiles/index.ts';

/** Rows, or seconds, of the joined file. */
export interface Cut {
  /** What lies here or behind it is late. */
  readonly at: number;
  readonly lost: number;
}

export function cutsOf(edits: readonly EditRow[]): Cut[] {
  return edits.flatMap(({ kind, start_sample, samples, gap_samples }) => (kind === 'fill' && gap_samples !== null && gap_samples !== samples ? [{ at: start_sample + samples, lost: gap_samples - samples }] : []));
}

/** Where a recorded file begins: row of the joined file, sample of the device's own count. */
export interface JoinedAt {
  readonly row: number;
  readonly sample: number;
}

/** The same without a list of edits, from where the recorded files begin. Rounding to a sample is no cut. */
export function cutsBetween(files: readonly JoinedAt[]): Cut[] {
  return files.slice(1).flatMap(({ row, sample }, index) => {
    const before = files[index];
    const lost = sample - before.sample - (row - before.row);
    return lost > 1 ? [{ at: row, lost }] : [];
  });
}

/** Where a place of the joined file lies when nothing is cut. */
export function uncut(cuts: readonly Cut[], at: number): number {
  return cuts.reduce((place, cut) => (cut.at <= at ? place + cut.lost : place), at);
}

/** A stretch of rows without a cut. */
export interface Piece {
  readonly from_row: number;
  readonly samples_smp: number;
  /** Where it begins when nothing is cut, from the file's first row. */
  readonly at: number;
}

export function piecesOf(cuts: readonly Cut[], rows: number): Piece[] {
  const edges = [0, ...cuts.map(({ at }) => at).filter((at) => at > 0 && at < rows), rows];
  return edges.slice(1).map((end, index) => ({ from_row: edges[index], samples_smp: end - edges[index], at: uncut(cuts, edges[index]) })).filter(({ samples_smp }) => samples_smp > 0);
}

/** Row of the file that lies at a grid sample, told by where a piece begins. */
export const rowOf = ({ first_smp, from_row }: { readonly first_smp: number; readonly from_row: number }, at: number) => at - first_smp + from_row;
