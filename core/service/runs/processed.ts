// What was made of runs before, wherever it lies under the folders: CatGT's outputs and the folders of sorters.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { FolderLook } from '../../spikeglx/index.ts';
import type { RunSummary } from '../contract/index.ts';

type Processed = RunSummary['processed'][number];

/** Entries by `<run>_g<gate>`. */
export type ProcessedByRun = ReadonlyMap<string, readonly Processed[]>;

export async function processedIn(looks: Iterable<Pick<FolderLook, 'outputs' | 'sorted'>>): Promise<ProcessedByRun> {
  const entries = new Map<string, { tag: string; path: string; probes: Set<number> }[]>();
  const add = (run: string, tag: string, folder: string, probe: number | undefined) => {
    const ofRun = entries.get(run) ?? [];
    let entry = ofRun.find((other) => other.tag === tag && other.path === folder);
    if (!entry) ofRun.push(entry = { tag, path: folder, probes: new Set() });
    if (probe !== undefined) entry.probes.add(probe);
    entries.set(run, ofRun);
  };
  for (const { outputs, sorted } of looks) {
    for (const { name, folder } of outputs) {
      if (name.exported) continue;
      const isProbe = name.stream.kind === 'ap' || name.stream.kind === 'lf';
      const run = `${name.run}_g${name.gate}`;
      const isProbeFolder = path.basename(folder).startsWith(`${run}_imec`);
      add(run, 'catgt', isProbeFolder ? path.dirname(folder) : folder, isProbe ? name.stream.index : undefined);
    }
    for (const { path: folder } of sorted) {
      const parent = /^(.+_g\d+)_imec(\d*)$/.exec(path.basename(path.dirname(folder)));
      const own = /^imec(\d*)_(\w+)$/i.exec(path.basename(folder));
      // The copy a sorter's folder leaves before it is changed tells nothing new.
      if (parent && own && !/_orig(_\d+)?$/.test(own[2])) add(parent[1], own[2], folder, Number(own[1] || parent[2] || 0));
    }
  }
  const dated = await Promise.all([...entries].map(async ([run, found]) => [run, await Promise.all(found.map(withDate))] as const));
  return new Map(dated);
}

async function withDate({ tag, path: folder, probes }: { tag: string; path: string; probes: Set<number> }): Promise<Processed> {
  const modified = await fs.stat(folder).then((stat) => stat.mtime.toISOString(), () => null);
  return { tag, path: folder, at: modified, probes: [...probes].sort((a, b) => a - b) };
}
