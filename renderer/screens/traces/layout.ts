// Where channels stand in a pane: by depth with the tip at the bottom, distances in proportion to um, shank above shank;
// lines of NI and OneBoxes, and the bits of digital words, one below the other.

import type { TraceChannels } from '../../../core/service/contract/index.ts';

/** One drawn row. */
export interface Row {
  readonly column: number;
  /** Of a digital word: which bit. */
  readonly bit: number | null;
  /** px from the top of the plot to the middle of the row. */
  readonly y: number;
  readonly label: string;
}

export interface Block {
  readonly label: string;
  /** px. */
  readonly top: number;
  readonly bottom: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  /** Shanks, if there are several. */
  readonly blocks: readonly Block[];
  /** px between neighbours, the smallest. */
  readonly pitch: number;
}

/** px between shanks. */
const between = 18;
const edge = 8;

/** The channels of depth order [lowest, lowest + shown). */
export function probeLayout(channels: TraceChannels, lowest: number, shown: number, height: number, { names = false, tipUp = false } = {}): Layout {
  const chosen = Array.from(channels.order.subarray(lowest, lowest + shown));
  const steps = stepsUp(channels, chosen);
  const breaks = chosen.filter((column, index) => index > 0 && channels.shank[column] !== channels.shank[chosen[index - 1]]).length;
  const total = steps.reduce((sum, step) => sum + step, 0) || 1;
  const severalShanks = channels.shank.some((shank) => shank !== channels.shank[0]);
  const top = severalShanks ? between : edge;
  const scale = Math.max(0, height - edge - top - breaks * between) / total;
  let y = height - edge - (steps[0] * scale) / 2;
  const rows: Row[] = [];
  const blocks: { label: string; top: number; bottom: number }[] = [];
  chosen.forEach((column, index) => {
    const isNewShank = index === 0 || channels.shank[column] !== channels.shank[chosen[index - 1]];
    if (index > 0) y -= ((steps[index] + steps[index - 1]) / 2) * scale + (isNewShank ? between : 0);
    if (isNewShank) blocks.push({ label: `shank ${channels.shank[column]}`, top: y, bottom: y + (steps[index] * scale) / 2 });
    blocks[blocks.length - 1].top = y - (steps[index] * scale) / 2;
    rows.push({ column, bit: null, y, label: names ? channels.names[column] : labelOf(channels, column) });
  });
  const layout = { rows, blocks: severalShanks ? blocks : [], pitch: scale * Math.min(...steps) };
  return tipUp ? upsideDown(layout, height - edge + top) : layout;
}

/** Mirrored between the edges; names of shanks keep their place above the blocks. */
function upsideDown({ rows, blocks, pitch }: Layout, sum: number): Layout {
  return { rows: rows.map((row) => ({ ...row, y: sum - row.y })), blocks: blocks.map(({ label, top, bottom }) => ({ label, top: sum - bottom, bottom: sum - top })), pitch };
}

/** um each channel takes: half-way to its neighbours; sites of one depth share the distance to the next depth. */
function stepsUp({ z_um, shank }: TraceChannels, chosen: readonly number[]): number[] {
  const depths = chosen.map((column, index) => (Number.isNaN(z_um[column]) ? index : z_um[column]));
  const sameRow = (a: number, b: number) => depths[a] === depths[b] && shank[chosen[a]] === shank[chosen[b]];
  const distances = depths.slice(1).map((depth, index) => (shank[chosen[index]] === shank[chosen[index + 1]] ? depth - depths[index] : 0)).filter((distance) => distance > 0).sort((a, b) => a - b);
  const usual = distances[distances.length >> 1] ?? 1;
  return chosen.map((_, index) => {
    let first = index;
    let end = index + 1;
    while (first > 0 && sameRow(first - 1, index)) first--;
    while (end < chosen.length && sameRow(end, index)) end++;
    const isLast = end >= chosen.length || shank[chosen[end]] !== shank[chosen[index]];
    // A long stretch without sites is shown, but does not crush the rest.
    return Math.min(isLast ? usual : depths[end] - depths[index], 4 * usual) / (end - first);
  });
}

/** Analog lines get twice the height of bits. `bits`: by digital column, those worth a row. */
export function lineLayout(channels: TraceChannels, bits: ReadonlyMap<number, readonly number[]>, height: number): Layout {
  const rows: { column: number; bit: number | null; label: string; weight: number }[] = [];
  for (let column = 0; column < channels.names.length; column++) {
    if (column < channels.analog) rows.push({ column, bit: null, label: channels.names[column], weight: 2 });
    else for (const bit of bits.get(column) ?? []) rows.push({ column, bit, label: `${channels.names[column]}.${bit}`, weight: 1 });
  }
  const total = rows.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const unit = (height - 2 * edge) / total;
  let top = edge;
  return {
    rows: rows.map(({ column, bit, label, weight }) => {
      const y = top + (weight * unit) / 2;
      top += weight * unit;
      return { column, bit, y, label };
    }),
    blocks: [], pitch: unit,
  };
}

function labelOf({ z_um, names }: TraceChannels, column: number): string {
  return Number.isNaN(z_um[column]) ? names[column] : String(Math.round(z_um[column]));
}

/** The row nearest to a height in the pane. */
export function rowAt(layout: Layout, y: number): Row | undefined {
  let best: Row | undefined;
  for (const row of layout.rows) if (!best || Math.abs(row.y - y) < Math.abs(best.y - y)) best = row;
  return best;
}
