// A small simulated run for tests of preflight: two probes, NI, two gates, three triggers, with an overlap and gaps.

import fs from 'node:fs/promises';
import path from 'node:path';
import { quickRun } from '../../../../core/simulate/index.ts';

export async function recordNight(folder: string): Promise<void> {
  await quickRun(folder, {
    name: 'night',
    spans: [[0, 0, 1.1, 2.1], [0, 1, 2, 3], [0, 2, 3.5, 4.5], [1, 0, 6, 9.5]].map(([gate, trigger, fromS, toS]) => ({ gate, trigger, fromS, toS })),
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:7', units: { count: 1 } })),
    ni: {},
  });
}

export function sessionOf(raw: string, out: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    version: 1, kind: 'multi-run', npx_directory: [raw], run_specs: [['night', '0', 'start,end', '0,1', '', ['default', 'cortex']]],
    catGT_dest: out, ni_obx_extract_string: '-xa=0,0,0,1,3,25', modules: ['spike_sorter', 'quality_metrics'], ...changes,
  };
}

/** The file of a stream: `imec1.ap`, `nidq`. */
export function fileOf(raw: string, gate: number, trigger: number, stream: string, ending: 'bin' | 'meta'): string {
  const probe = /^imec\d+/.exec(stream)?.[0];
  return path.join(raw, `night_g${gate}`, ...(probe ? [`night_g${gate}_${probe}`] : []), `night_g${gate}_t${trigger}.${stream}.${ending}`);
}

export async function editMeta(file: string, change: (text: string) => string): Promise<void> {
  const before = await fs.readFile(file, 'latin1');
  const after = change(before);
  if (after === before) throw new Error(`nothing to change in ${file}`);
  await fs.writeFile(file, after, 'latin1');
}
