// Where the channels of a probe look, when it stands in its simplest setting (bank 0): shank, column, row, um, and the
// electrode number that the imro table has for it.

import { ParameterError } from '../common/index.ts';
import { findProbeFacts } from '../spikeglx/index.ts';
import type { ProbeFacts, ShankLayout } from '../spikeglx/index.ts';

export interface ProbeSite {
  readonly shank: number;
  readonly column: number;
  readonly row: number;
  readonly electrode: number;
  /** um from the left edge of its shank. */
  readonly x: number;
  /** um above the lowest row. */
  readonly y: number;
  /** False for the internal reference site. */
  readonly used: boolean;
}

/** Throws ParameterError for a part number that the probe table does not have. */
export function factsOfPart(partNumber: string): ProbeFacts & { layout: ShankLayout } {
  const key = partNumber === '3A' ? ['imProbeOpt', '3'] : ['imDatPrb_pn', partNumber];
  const facts = findProbeFacts({ path: '', values: new Map([[key[0]!, key[1]!]]), encoding: 'utf8' });
  if (!facts?.layout) throw new ParameterError(`simulation: probe part number '${partNumber}' is not in the probe table`);
  return { ...facts, layout: facts.layout };
}

/** One site per acquired AP channel. */
export function probeSites(facts: ProbeFacts & { layout: ShankLayout }, shanks: 'stripe' | 'first'): ProbeSite[] {
  return Array.from({ length: facts.acqAp }, (_, channel) => {
    const { shank, electrode, column, row } = placeOf(facts, shanks, channel);
    const { columnPitch, siteRowPitch, evenOffset, oddOffset } = facts.layout;
    return {
      shank,
      column,
      row,
      electrode,
      x: column * columnPitch + (row % 2 === 0 ? evenOffset : oddOffset),
      y: row * siteRowPitch,
      used: channel !== referenceChannel(facts),
    };
  });
}

function placeOf(facts: ProbeFacts, shanks: 'stripe' | 'first', channel: number): { shank: number; electrode: number; column: number; row: number } {
  const onGrid = (shank: number, electrode: number) => ({ shank, electrode, column: electrode % facts.columns, row: Math.floor(electrode / facts.columns) });
  if (facts.type === 1110) return ultraPlace(channel);
  if (facts.shanks === 1 || (shanks === 'first' && facts.acqAp === 384)) return onGrid(0, channel);
  if (facts.acqAp === 384) return onGrid(...stripePlace(channel));
  const perShank = facts.acqAp / facts.shanks;
  return onGrid(Math.floor(channel / perShank), channel % perShank);
}

/**
 * Four-shank 2.0 probes wire channels to electrodes in blocks of 48; in this setting (SpikeGLX's horizontal stripe at
 * the bottom row) blocks 0, 2 read shank 0; 1, 3 shank 1; 4, 6 shank 2; 5, 7 shank 3: the lowest 96 electrodes of each.
 */
function stripePlace(channel: number): [shank: number, electrode: number] {
  const block = Math.floor(channel / 48);
  const shank = 2 * (block >> 2) + (block & 1);
  const half = (block >> 1) & 1;
  return [shank, 48 * half + (channel % 48)];
}

/**
 * The switchable ultra-dense probe lays 64 channels over 8 columns x 8 rows from both sides: even channels climb columns
 * 0 to 3, odd ones descend columns 7 to 4.
 */
function ultraPlace(channel: number): { shank: number; electrode: number; column: number; row: number } {
  const tile = Math.floor(channel / 64);
  const climb = Math.floor((channel % 32) / 4);
  const inner = 2 * (Math.floor(channel / 32) % 2) + (Math.floor(channel / 2) % 2);
  const descends = channel % 2 === 1;
  const column = descends ? 7 - inner : inner;
  const row = 8 * tile + (descends ? 7 - climb : climb);
  return { shank: 0, electrode: 8 * row + column, column, row };
}

/** Channels whose bank-0 site is the internal reference. */
function referenceChannel(facts: ProbeFacts): number | undefined {
  if ([0, 1020, 1030, 1300].includes(facts.type)) return 191;
  if (facts.type === 21 || facts.type === 24) return 127;
  return undefined;
}
