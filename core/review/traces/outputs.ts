// What lies in an output folder: joined files, lists of edits, reports of health, files of events, the list of sync edges,
// sorted folders. Names only.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError, isThere } from '../../common/index.ts';
import { parseSglxName, type SglxName } from '../../spikeglx/index.ts';

export interface OutputFolder {
  /** `catgt_<run>_g<g>`, or a probe folder that stands alone. */
  readonly path: string;
  /** Metas of joined files; the binary may be missing where only events were extracted. */
  readonly metas: readonly { readonly path: string; readonly name: SglxName }[];
  /** Lists of edits and fills, and reports of health, of single streams. */
  readonly edits: readonly string[];
  readonly health: readonly string[];
  /** Text files with times of events, without those that TPrime made of them. */
  readonly events: readonly string[];
  /** CatGT's list of outputs and TPrime's own command, if there. */
  readonly fyi: string | null;
  readonly tprime: string | null;
  /** CatGT's list of where each recorded file begins in the joined ones, if there. */
  readonly offsets: string | null;
  /** Folders with a params.py. */
  readonly sorters: readonly string[];
}

const editsName = /_tcat\.[^/\\]*\.edits\.csv$/i;
const healthName = /_tcat\.[^/\\]*\.health\.json$/i;
const eventName = /_tcat\.[^/\\]*\.(xa|xd|xia|xid|bft)_[\d_]+\.txt$/i;

/** Looks at a folder and the probe folders in it. Throws InputFileError when it cannot be listed. */
export async function findOutputs(folder: string): Promise<OutputFolder> {
  const top = await list(folder);
  const below = top.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
  const probes = await Promise.all(below.filter((name) => /_imec\d*$/i.test(name)).map(async (probe) => ({ probe, entries: await list(probe).catch(() => []) })));
  const files = [...filesOf(folder, top), ...probes.flatMap(({ probe, entries }) => filesOf(probe, entries))];
  const candidates = [folder, ...below, ...probes.flatMap(({ probe, entries }) => entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(probe, name)))];
  const isSorter = await Promise.all(candidates.map((name) => (/_orig$/.test(name) ? false : isThere(path.join(name, 'params.py')))));
  return {
    path: folder,
    metas: files.flatMap((file) => {
      const name = parseSglxName(path.basename(file));
      return name?.trigger === 'cat' && file.endsWith('.meta') ? [{ path: file, name }] : [];
    }),
    edits: files.filter((file) => editsName.test(file)).sort(),
    health: files.filter((file) => healthName.test(file)).sort(),
    events: files.filter((file) => eventName.test(file)).sort(),
    fyi: files.find((file) => file.endsWith('_all_fyi.txt')) ?? files.find((file) => file.endsWith('_fyi.txt')) ?? null,
    tprime: files.find((file) => file.endsWith('_TPrime_cmd.txt')) ?? null,
    offsets: files.find((file) => file.endsWith('_ct_offsets.txt')) ?? null,
    sorters: candidates.filter((_, index) => isSorter[index]),
  };
}

async function list(folder: string) {
  return fs.readdir(folder, { withFileTypes: true }).catch((error: unknown) => { throw inputFileError(folder, error); });
}

const filesOf = (folder: string, entries: Awaited<ReturnType<typeof list>>) => entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name));

/** Folders looked into at most, and how deep: results lie near the recordings or on a drive of their own. */
const mostFolders = 4000;
const deepest = 4;

/** Every `catgt_<run>_g<g>` below some folders. Folders that cannot be listed are passed over. */
export async function findOutputFolders(roots: readonly string[], run: string): Promise<string[]> {
  const found = new Set<string>();
  let looked = 0;
  let level = [...roots];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++looked > mostFolders) return [...found].sort();
      for (const entry of await list(folder).catch(() => [])) {
        if (!entry.isDirectory() || /^[.$]/.test(entry.name)) continue;
        const below = path.join(folder, entry.name);
        if (entry.name.startsWith('catgt_') && runOfFolder(entry.name) === run) found.add(below);
        else if (!/_g\d+$|_imec\d*$/.test(entry.name)) next.push(below);
      }
    }
    level = next;
  }
  return [...found].sort();
}

/** `m41_d3` of `catgt_m41_d3_g0`, `m41_d3_g0_imec0`; null for other names. */
export function runOfFolder(folder: string): string | null {
  return /^(?:catgt_|supercat_)?(.+)_g\d+(?:_imec\d*)?$/.exec(path.basename(folder))?.[1] ?? null;
}
