// The part of the recording that is being worked on, in groups of eight columns. The file is read forwards: windows
// that overlap are read once, what lies between windows far apart is left out.

import type { Kernels } from '../../kernels/index.ts';
import type { BinFile } from '../../spikeglx/index.ts';

export interface StretchLayout {
  /** Samples it holds, and bytes from one group to the next. */
  readonly room: number;
  readonly groupBytes: number;
  readonly groupCount: number;
  /** Rows of the file that are read at a time, and bytes they need. */
  readonly readRows: number;
  readonly readBytes: number;
}

/** About a second of a probe: many spikes of a cluster in one stretch, each group of it in the processor's cache. */
const stretchBytes = 12 << 20;
const readAtOnce = 1 << 18;

/** @param useful samples that all windows have together */
export function stretchLayout(columns: number, neural: number, length: number, useful: number): StretchLayout {
  const groupCount = Math.ceil(neural / 8);
  const room = Math.max(2 * length, Math.min(useful, Math.floor(stretchBytes / (16 * groupCount))));
  // An odd number of cache lines, so that groups do not fall into one cache set.
  const groupBytes = 64 * (((room >> 2) + 1) | 1);
  const readRows = Math.max(8, Math.floor(readAtOnce / (2 * columns)));
  return { room, groupBytes, groupCount, readRows, readBytes: 2 * readRows * columns + 16 };
}

export interface Stretch {
  /**
   * Makes room for windows that start at the given samples, as many as fit of them, and reads them. `starts` ascends.
   * Returns the row of each.
   */
  load(starts: Float64Array): Uint32Array;
  /** True when four of the values loaded can be added as int16. */
  isSmall(): boolean;
}

export function openStretch(file: BinFile, length: number, layout: StretchLayout, kernels: Kernels, buffer: ArrayBuffer, at: { rows: number; groups: number }): Stretch {
  const { room, groupBytes, groupCount, readRows } = layout;
  const rows = new Int16Array(buffer, at.rows, readRows * file.columns);
  const groups = new Uint8Array(buffer, at.groups, groupCount * groupBytes);
  /** Sample `end` of the file would be row `held`. */
  let held = 0;
  let end = 0;
  let small = true;

  function keepFrom(sample: number): void {
    const kept = Math.max(0, Math.min(held, end - sample));
    for (let group = 0; group < groupCount; group++) {
      const first = group * groupBytes;
      groups.copyWithin(first, first + 16 * (held - kept), first + 16 * held);
    }
    held = kept;
    if (kept > 0) return;
    end = sample;
    small = true;
  }

  function append(count: number): void {
    for (let done = 0; done < count; done += readRows) {
      const got = file.read(end, Math.min(readRows, count - done), rows);
      if (!kernels.splitRows(at.rows, 2 * file.columns, got, at.groups + 16 * held, groupBytes, groupCount)) small = false;
      held += got;
      end += got;
    }
  }

  return {
    load(starts) {
      keepFrom(starts[0]);
      const places = new Uint32Array(starts.length);
      let count = 0;
      let wanted = end;
      for (; count < starts.length; count++) {
        const start = starts[count];
        const isFar = start > wanted + length;
        const next = isFar ? wanted + length : Math.max(wanted, start + length);
        if (held + next - end > room) break;
        if (isFar) {
          append(wanted - end);
          end = wanted = start;
        }
        places[count] = held - (end - start);
        wanted = Math.max(wanted, start + length);
      }
      append(wanted - end);
      return places.subarray(0, count);
    },
    isSmall: () => small,
  };
}
