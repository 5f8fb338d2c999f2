// The clocks of a run's devices. Where CatGT extracted the sync edges, a time of one device can be told on the clock of
// another: between two edges that both saw, along a straight line.

import fs from 'node:fs/promises';
import path from 'node:path';
import { matchEdges, readEdges } from '../../engines/tprime/index.ts';
import type { OutputFolder } from './outputs.ts';
import { deviceTime, type OutputTimes } from './target.ts';

/** The same moments on two clocks, seconds since each device's first sample of the run, ascending. */
export interface ClockMap {
  readonly own_s: Float64Array;
  readonly ref_s: Float64Array;
}

export interface Clocks {
  readonly reference: string;
  /** Devices without an entry run on their own clock: no edges were found. The reference is not among them. */
  readonly maps: ReadonlyMap<string, ClockMap>;
  /** Why a device could not be aligned. */
  readonly problems: readonly string[];
}

/** The reference is the one TPrime was told to use; else the first of `devices` that has edges. */
export async function readClocks(outputs: readonly OutputFolder[], times: OutputTimes, devices: readonly string[]): Promise<Clocks> {
  const problems: string[] = [];
  const lists = await Promise.all(outputs.map(async (output) => ({ output, edges: await edgeFiles(output), ...(await tprimeFacts(output)) })));
  const reference = lists.find(({ edges, tostream }) => tostream && edges.has(tostream))?.tostream ?? devices.find((device) => lists.some(({ edges }) => edges.has(device))) ?? devices[0] ?? '';
  const pairs = new Map<string, { own: number; ref: number }[]>();
  for (const { output, edges, period } of lists) {
    const time = times.get(output.path);
    const refFile = edges.get(reference);
    const refTime = time?.get(reference);
    if (!refFile || !time || !refTime) continue;
    for (const [device, file] of edges) {
      const ownTime = time.get(device);
      if (device === reference || !ownTime) continue;
      try {
        const match = matchEdges({ period, from: await readEdges(file), to: await readEdges(refFile) });
        const list = pairs.get(device) ?? [];
        pairs.set(device, list);
        // Another output of the same gate tells nothing new.
        const last = list.at(-1)?.own ?? -Infinity;
        match.from.forEach((own, index) => {
          const pair = { own: deviceTime(ownTime, own), ref: deviceTime(refTime, match.to[index]) };
          if (pair.own > last) list.push(pair);
        });
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
  }
  const maps = new Map([...pairs].filter(([, list]) => list.length > 1).map(([device, list]) => [device, { own_s: Float64Array.from(list, ({ own }) => own), ref_s: Float64Array.from(list, ({ ref }) => ref) }]));
  return { reference, maps, problems };
}

/** Of a device without a map, its own time. */
export function toReference(clocks: Clocks, device: string, own: number): number {
  const map = clocks.maps.get(device);
  return map ? along(map.own_s, map.ref_s, own) : own;
}

export function fromReference(clocks: Clocks, device: string, ref: number): number {
  const map = clocks.maps.get(device);
  return map ? along(map.ref_s, map.own_s, ref) : ref;
}

/** On the line through the two points around `value`, or through the first or last two. */
function along(from: Float64Array, to: Float64Array, value: number): number {
  let low = 0;
  let high = from.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from[middle] <= value) low = middle;
    else high = middle - 1;
  }
  const slope = (to[low + 1] - to[low]) / (from[low + 1] - from[low]);
  return to[low] + (value - from[low]) * slope;
}

/** `sync_imec0=`, `sync_ni=` of CatGT's list; files are looked for where the folder is now. */
async function edgeFiles(output: OutputFolder): Promise<Map<string, string>> {
  const text = output.fyi === null ? '' : await fs.readFile(output.fyi, 'utf8').catch(() => '');
  const files = new Map<string, string>();
  for (const [, name, listed] of text.matchAll(/^sync_(\w+)=(.+?)\r?$/gm)) {
    const found = output.events.find((file) => path.basename(file) === path.win32.basename(listed));
    if (found) files.set(name === 'ni' ? 'nidq' : name, found);
  }
  return files;
}

async function tprimeFacts({ tprime }: OutputFolder): Promise<{ readonly tostream: string | null; readonly period: number }> {
  const text = tprime === null ? '' : await fs.readFile(tprime, 'utf8').catch(() => '');
  const period = Number(/-syncperiod=([\d.]+)/.exec(text)?.[1] ?? 1);
  const tostream = /-tostream=(.+?\.txt)/.exec(text)?.[1];
  const device = tostream && /\.(imec\d*|nidq|obx\d+)\./i.exec(path.win32.basename(tostream))?.[1];
  return { tostream: device ?? null, period };
}
