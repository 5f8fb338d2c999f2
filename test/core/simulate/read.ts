// Reading simulated files back, for the tests of this folder.

import { readFileSync } from 'node:fs';
import { readMetaSync } from '../../../core/spikeglx/index.ts';
import type { Meta } from '../../../core/spikeglx/index.ts';
import type { SimulatedFile, SimulatedRun } from '../../../core/simulate/index.ts';

export function fileOf(run: SimulatedRun, label: string, trigger = 0, gate = 0): SimulatedFile {
  return run.files.find((file) => file.label === label && file.gate === gate && file.trigger === trigger)!;
}

export function samplesOf(file: SimulatedFile): Int16Array {
  if (lastRead?.path !== file.bin) {
    const bytes = readFileSync(file.bin);
    lastRead = { path: file.bin, samples: new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)) };
  }
  return lastRead.samples;
}

let lastRead: { path: string; samples: Int16Array } | undefined;

/** One column; negative columns count from the end. */
export function columnOf(file: SimulatedFile, column: number): Int16Array {
  const data = samplesOf(file);
  const at = column < 0 ? file.columns + column : column;
  return Int16Array.from({ length: data.length / file.columns }, (_, sample) => data[sample * file.columns + at]!);
}

export function metaOf(file: SimulatedFile): Meta {
  return readMetaSync(file.meta);
}

/** Samples at which a bit goes up. */
export function risingEdges(words: Int16Array, bit: number): number[] {
  const edges: number[] = [];
  for (let sample = 1; sample < words.length; sample++) {
    if ((words[sample]! >> bit) & 1 && !((words[sample - 1]! >> bit) & 1)) edges.push(sample);
  }
  return edges;
}
