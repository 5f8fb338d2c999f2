// The list of offsets: where each joined file begins in every output.

import { formatFixed6 } from '../../../common/index.ts';
import type { StreamId } from '../../../spikeglx/index.ts';

export interface StreamOffsets {
  readonly stream: StreamId;
  /** Rate of the output, samples per second. */
  readonly rate: number;
  /** For each file that was read, the output sample of its first sample; may be negative for the first one. */
  readonly offsets: readonly number[];
}

/** All `smp_` lines, then all `sec_` lines, streams in order of their names. */
export function offsetsText(streams: readonly StreamOffsets[]): string {
  const sorted = [...streams].sort((a, b) => (shortLabel(a.stream) < shortLabel(b.stream) ? -1 : 1));
  const line = (prefix: string, { stream }: StreamOffsets, values: readonly string[]) => `${prefix}_${shortLabel(stream)}:${values.map((value) => `\t${value}`).join('')}\n`;
  return [
    ...sorted.map((entry) => line('smp', entry, entry.offsets.map(String))),
    ...sorted.map((entry) => line('sec', entry, entry.offsets.map((offset) => formatFixed6(offset / entry.rate)))),
  ].join('');
}

/** CatGT's names in logs and offset lists: `nidq`, `obx0`, `imap0`, `imlf0`. */
export function shortLabel({ kind, index }: StreamId): string {
  switch (kind) {
    case 'nidq': return 'nidq';
    case 'obx': return `obx${index}`;
    case 'ap': return `imap${index}`;
    case 'lf': return `imlf${index}`;
  }
}
