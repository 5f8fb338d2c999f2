// An opened target as the page is told of it.

import path from 'node:path';
import { toReference } from '../../review/index.ts';
import type { TraceSources } from '../contract/index.ts';
import type { OpenTarget } from './targets.ts';

export function describeTarget({ name, target, outputs, clocks, devices, events, from_s, to_s }: OpenTarget): TraceSources {
  const at = (device: string, own: number) => toReference(clocks, device, own);
  return {
    name, from_s, to_s,
    reference: clocks.reference,
    clocks: devices.map((device) => ({ device, aligned: device === clocks.reference || clocks.maps.has(device) })),
    sources: target.sources.map(({ key, stream, device, state, folder, rate_Hz, channels, files }) => ({
      key, stream, device, state, folder, rate_Hz, channels,
      files: files.map((file) => ({ name: file.name, path: file.path, from_s: at(device, file.first_smp / rate_Hz), to_s: at(device, (file.first_smp + file.samples_smp) / rate_Hz) })),
    })),
    events: events.map(({ key, stream, label, isSync }) => ({ key, stream, label, isSync })),
    sorters: outputs.flatMap((output) => output.sorters.map((folder) => ({ path: folder, name: path.relative(path.dirname(output.path), folder) || path.basename(folder), stream: streamOfSorter(folder) }))),
    problems: [...target.problems, ...clocks.problems],
  };
}

/** Sorters' folders carry the number of the file they sorted (a shank's is not its probe's), else their probe folders do. */
export function streamOfSorter(folder: string): string {
  const probe = /^imec(\d+)/.exec(path.basename(folder))?.[1] ?? /_imec(\d*)$/.exec(path.basename(path.dirname(folder)))?.[1] ?? /imec(\d+)/.exec(path.basename(folder))?.[1] ?? '0';
  return `imec${probe}.ap`;
}
