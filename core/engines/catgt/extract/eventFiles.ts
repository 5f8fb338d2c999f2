// The text files of events: one line per event, seconds with six decimals; a bit field has a second file with its values.

import { formatFixed6 } from '../../../common/index.ts';
import type { Extraction } from './extraction.ts';
import type { Events } from './scanner.ts';

export interface EventFile {
  /** Appended to the output's base name: `.xd_384_6_500.txt`. */
  readonly suffix: string;
  readonly content: Uint8Array;
}

/** Lines that are made into bytes at a time: the whole text may be longer than a string can be. */
const CHUNK = 65536;

/** `rate` is that of the stream, samples per second. Files are made even when nothing was found. */
export function eventFiles(extraction: Extraction, events: Events, rate: number): EventFile[] {
  const times = { suffix: extraction.timesSuffix, content: lines(events.times, (index) => formatFixed6(index / rate)) };
  if (extraction.kind !== 'bf') return [times];
  return [times, { suffix: extraction.valuesSuffix, content: lines(events.values ?? new Float64Array(0), String) }];
}

function lines(values: Float64Array, format: (value: number) => string): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < values.length; start += CHUNK) {
    chunks.push(Buffer.from(Array.from(values.subarray(start, start + CHUNK), (value) => `${format(value)}\n`).join('')));
  }
  return Buffer.concat(chunks);
}
