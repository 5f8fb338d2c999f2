// The pool's task: reads one event file, maps its times, writes the result. Files go through block by block, so that
// memory does not grow with the number of events.

import fs from 'node:fs/promises';
import { outputFileError } from '../../common/index.ts';
import { npyHeader, npyNumbers, openNpy, readNpy } from '../../formats/index.ts';
import { anchorMap, type Anchors } from './anchorMap.ts';
import { fixed6Printer } from './fixed6.ts';
import { nativeMap, type MapTimes, type NativeMapInput } from './nativeMap.ts';
import { isNpy } from './options.ts';
import { numberBlocks } from './textNumbers.ts';

export type MapSpec = ({ readonly kind: 'native' } & NativeMapInput) | { readonly kind: 'anchors'; readonly anchors: Anchors };

export interface MapEventsTask {
  readonly input: string;
  /** Where to write, and under which name to report errors. */
  readonly part: string;
  readonly output: string;
  readonly map: MapSpec;
}

export interface MapEventsResult {
  readonly events: number;
  /** Lines whose first token is no number; they have no line in the output. */
  readonly dropped: number;
  /** Events earlier than the one before them. */
  readonly outOfOrder: number;
}

export async function mapEvents({ input, part, output, map }: MapEventsTask): Promise<MapEventsResult> {
  const mapTimes = map.kind === 'native' ? nativeMap(map) : anchorMap(map.anchors);
  const steps = isNpy(input) ? npySteps(input, mapTimes) : textSteps(input, mapTimes);
  const handle = await fs.open(part, 'w').catch((error: unknown) => { throw outputFileError(output, error); });
  let result: MapEventsResult = { events: 0, dropped: 0, outOfOrder: 0 };
  try {
    for await (const { bytes, done } of steps) {
      await writeAll(handle, bytes).catch((error: unknown) => { throw outputFileError(output, error); });
      result = done;
    }
  } finally {
    await handle.close();
  }
  return result;
}

export const tasks = { 'tprime.mapEvents': mapEvents };

/** Bytes to append to the output before the next step is asked for, and what has been done so far. */
interface Step {
  readonly bytes: Uint8Array;
  readonly done: MapEventsResult;
}

async function* textSteps(input: string, mapTimes: MapTimes): AsyncGenerator<Step> {
  const disorder = countDisorder();
  const print = fixed6Printer();
  let events = 0;
  let dropped = 0;
  for await (const block of numberBlocks(input, 'firstToken')) {
    events += block.values.length;
    dropped += block.dropped;
    const outOfOrder = disorder(block.values);
    mapTimes(block.values);
    yield { bytes: print(block.values), done: { events, dropped, outOfOrder } };
  }
}

const blockEvents = 1 << 16;

/** Any dtype and shape; the output is one-dimensional float64. */
async function* npySteps(input: string, mapTimes: MapTimes): AsyncGenerator<Step> {
  const file = openNpy(input);
  try {
    const disorder = countDisorder();
    yield { bytes: npyHeader('<f8', [file.count]), done: { events: 0, dropped: 0, outOfOrder: 0 } };
    // Several dimensions may have to be put into another order, which takes the whole.
    const whole = file.shape.length > 1 ? npyNumbers(await readNpy(input)) : undefined;
    for (let start = 0; start < file.count; start += blockEvents) {
      const end = Math.min(start + blockEvents, file.count);
      const times = whole?.subarray(start, end) ?? file.read(start, end - start);
      const outOfOrder = disorder(times);
      mapTimes(times);
      yield { bytes: new Uint8Array(times.buffer, times.byteOffset, times.byteLength), done: { events: end, dropped: 0, outOfOrder } };
    }
  } finally {
    file.close();
  }
}

/** Counts over all blocks so far. */
function countDisorder(): (times: Float64Array) => number {
  let lastOfBlock = -Infinity;
  let total = 0;
  return (times) => {
    // Numbers that a closure keeps cost an object each time they change.
    let last = lastOfBlock;
    let count = 0;
    for (let i = 0; i < times.length; i++) {
      if (times[i] < last) count++;
      last = times[i];
    }
    lastOfBlock = last;
    total += count;
    return total;
  };
}

const largestWrite = 2 ** 29;

async function writeAll(handle: fs.FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await handle.write(bytes, at, Math.min(largestWrite, bytes.length - at))).bytesWritten;
  }
}
