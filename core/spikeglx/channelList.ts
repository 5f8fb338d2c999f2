// Channel lists as SpikeGLX and its tools write them: `0:3,7,768`, `all`.

import { InputFileError } from '../common/index.ts';
import { metaCounts, metaText, requireNumber } from './meta.ts';
import type { Meta } from './meta.ts';

/** No file has more columns than this; a typing error like `0:3840000` must not fill the memory. */
const highestChannel = 999_999;

/**
 * Sorted and unique; ranges are inclusive and may run backwards; `,` or `;` between items; empty, `*` and `all` mean all.
 * Throws RangeError with a sentence on anything else.
 */
export function parseChannelList(text: string): number[] | 'all' {
  const plain = text.trim();
  if (plain === '' || plain === '*' || plain.toLowerCase() === 'all') return 'all';
  const channels = new Set<number>();
  for (const item of plain.split(/[,;]/)) {
    const range = /^\s*(\d+)\s*(?::\s*(\d+)\s*)?$/.exec(item);
    if (!range) throw new RangeError(`'${item.trim()}' in '${plain}' is not a channel or a range of channels like 0:3`);
    const from = Number(range[1]);
    const to = Number(range[2] ?? range[1]);
    if (Math.max(from, to) > highestChannel) throw new RangeError(`'${item.trim()}' in '${plain}' is not a channel that a probe or device could have`);
    for (let channel = Math.min(from, to); channel <= Math.max(from, to); channel++) channels.add(channel);
  }
  return [...channels].sort((a, b) => a - b);
}

/** Canonical form: ascending, two or more in a row as `a:b`. */
export function formatChannelList(channels: Iterable<number>): string {
  const sorted = [...new Set(channels)].sort((a, b) => a - b);
  const items: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (sorted[end + 1] === sorted[end]! + 1) end++;
    items.push(end > start ? `${sorted[start]}:${sorted[end]}` : `${sorted[start]}`);
    start = end + 1;
  }
  return items.join(',');
}

/**
 * The acquisition channel of every file column, from snsSaveChanSubset. `all` in a probe file means every channel of
 * that stream: an LF file starts behind the AP channels, and SY follows both.
 */
export function savedChannels(meta: Meta): number[] {
  const columns = requireNumber(meta, 'nSavedChans');
  const channels = listedChannels(meta) ?? allChannels(meta, columns);
  if (channels.length !== columns) {
    throw new InputFileError(meta.path, `snsSaveChanSubset lists ${channels.length} channels but nSavedChans is ${columns}`);
  }
  return channels;
}

function listedChannels(meta: Meta): number[] | undefined {
  try {
    const list = parseChannelList(metaText(meta, 'snsSaveChanSubset') ?? '');
    return list === 'all' ? undefined : list;
  } catch (error) {
    throw new InputFileError(meta.path, `snsSaveChanSubset: ${(error as RangeError).message}`, { cause: error });
  }
}

function allChannels(meta: Meta, columns: number): number[] {
  const saved = metaCounts(meta, 'snsApLfSy');
  const acquired = metaCounts(meta, 'acqApLfSy');
  const fits = saved?.length === 3 && acquired?.length === 3 && saved[0] + saved[1] + saved[2] === columns;
  if (!fits) return Array.from({ length: columns }, (_, index) => index);
  const run = (start: number, count: number) => Array.from({ length: count }, (_, index) => start + index);
  return [...run(0, saved[0]), ...run(acquired[0], saved[1]), ...run(acquired[0] + acquired[1], saved[2])];
}
