// What a pool thread does for a simulation: makes a stretch of one stream and writes it to its place in the file.

import fs from 'node:fs';
import { outputFileError } from '../common/index.ts';
import { blockSamples } from './blockSource.ts';
import type { BlockSource } from './blockSource.ts';
import type { RunDescription } from './description.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

export interface StretchPayload {
  /** The run's description as JSON; equal texts share one world. */
  readonly run: string;
  readonly stream: string;
  /** Samples of the stream's ongoing clock. */
  readonly first: number;
  readonly samples: number;
  /** Existing file to write to, and the sample of the clock that stands at its beginning. */
  readonly path: string;
  readonly fileFirst: number;
}

export const tasks = {
  simulateStretch(payload: StretchPayload): void {
    const source = worldOf(payload.run).source(payload.stream);
    const data = renderStretch(source, payload.first, payload.samples);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    writeAt(payload.path, bytes, 2 * source.columns * (payload.first - payload.fileFirst));
  },
};

/** Samples first .. first + samples - 1, all columns of a sample together. */
export function renderStretch(source: BlockSource, first: number, samples: number): Int16Array {
  const { columns } = source;
  const block = new Int16Array(blockSamples * columns);
  const data = new Int16Array(samples * columns);
  for (let index = Math.floor(first / blockSamples); index * blockSamples < first + samples; index++) {
    source.render(index, block);
    const from = Math.max(first, index * blockSamples);
    const to = Math.min(first + samples, (index + 1) * blockSamples);
    data.set(block.subarray((from - index * blockSamples) * columns, (to - index * blockSamples) * columns), (from - first) * columns);
  }
  return data;
}

let current: { text: string; world: World } | undefined;

function worldOf(text: string): World {
  if (current?.text !== text) current = { text, world: makeWorld(JSON.parse(text) as RunDescription) };
  return current.world;
}

function writeAt(path: string, bytes: Uint8Array, position: number): void {
  try {
    const file = fs.openSync(path, 'r+');
    try {
      for (let done = 0; done < bytes.length; ) done += fs.writeSync(file, bytes, done, bytes.length - done, position + done);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    throw outputFileError(path, error);
  }
}
