// The pool's tasks: what reads samples, or arrays of all spikes.

import { readCounts } from '../../formats/phyFolder/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import { loudness, loudnessFilter } from './noiseChannels.ts';

export interface LoudnessTask {
  readonly bin: string;
  readonly columns: number;
  /** Samples looked at. */
  readonly first: number;
  readonly count: number;
  /** Columns measured: from..to-1. */
  readonly from: number;
  readonly to: number;
  /** Hz. */
  readonly rate: number;
  /** Per count. */
  readonly microvolts: number;
}

/** Rows read at a time. */
const block = 8192;

/** uV, one per column. */
function measureLoudness({ bin, columns, first, count, from, to, rate, microvolts }: LoudnessTask): number[] {
  const channels = Array.from({ length: to - from }, () => new Int16Array(count));
  const file = openBin(bin, columns);
  try {
    const rows = new Int16Array(block * columns);
    for (let start = 0; start < count; start += block) {
      const got = file.read(first + start, Math.min(block, count - start), rows);
      channels.forEach((channel, index) => {
        for (let row = 0, at = from + index; row < got; row++, at += columns) channel[start + row] = rows[at];
      });
    }
  } finally {
    file.close();
  }
  const filter = loudnessFilter(rate);
  return channels.map((channel) => loudness(filter, channel, microvolts));
}

export interface SpikeCounts {
  readonly spikes: number;
  /** Different templates that spikes have. */
  readonly templates: number;
}

/** @param file spike_templates.npy */
async function countTemplates({ file }: { file: string }): Promise<SpikeCounts> {
  const ids = await readCounts(file);
  return { spikes: ids.length, templates: new Set(ids).size };
}

export const tasks = { 'kilosort_helper.loudness': measureLoudness, 'kilosort_helper.templates': countTemplates };
