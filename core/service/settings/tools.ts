// Programs that other sorters need: where the user says they are, whether they are there, and what is wrong when not. The
// same doors are asked that the modules use, so what is found here works there.

import fs from 'node:fs/promises';
import { isAftergateError } from '../../common/index.ts';
import { type Availability, findKilosort, findKilosort4, findMatlab, findNpyMatlab, type KilosortVersion, kilosort4Script, toolResource } from '../../tools/index.ts';
import type { Tool, ToolId } from '../contract/index.ts';
import { toolIds } from '../contract/index.ts';
import type { Profile } from '../house/index.ts';

export interface ToolShelf {
  /** Looks at the first call; later answers come from memory. */
  list(): Promise<readonly Tool[]>;
  detect(): Promise<readonly Tool[]>;
  set(tool: ToolId, path: string | null): Promise<readonly Tool[]>;
}

type Places = Readonly<Partial<Record<ToolId, string>>>;
type Looked = Pick<Tool, 'state' | 'at' | 'version' | 'reason' | 'next'>;

interface ToolKind {
  readonly name: string;
  readonly use: string;
  readonly look: (path: string) => Promise<Looked>;
}

const kinds: Readonly<Record<ToolId, ToolKind>> = {
  python: { name: 'Kilosort 4', use: 'The Python that has Kilosort 4: its environment\'s folder or the interpreter', look: lookForKilosort4 },
  matlab: { name: 'MATLAB', use: 'Runs Kilosort 2.0, 2.5 and 3.0; R2019a or newer', look: async (path) => toLooked(await findMatlab(path)) },
  kilosort3: { name: 'Kilosort 3.0', use: 'Its folder, with the GPU functions compiled', look: (path) => lookForKilosort(path, '3.0') },
  kilosort25: { name: 'Kilosort 2.5', use: 'Its folder, with the GPU functions compiled', look: (path) => lookForKilosort(path, '2.5') },
  kilosort2: { name: 'Kilosort 2.0', use: 'Its folder, with the GPU functions compiled', look: (path) => lookForKilosort(path, '2.0') },
  npyMatlab: { name: 'npy-matlab', use: 'With it the MATLAB Kilosorts write their results', look: async (path) => (path === '' ? notChosen('npy-matlab comes from github.com/kwikteam/npy-matlab.') : toLooked(await findNpyMatlab(path))) },
  scratch: { name: 'Scratch folder', use: 'Where the MATLAB Kilosorts keep scripts and a copy of the recording while they sort; best on a fast local drive', look: lookForScratch },
};

/** A Python that does not answer within this time, ms, hangs. */
const patience = 60_000;

export function openTools(profile: Profile): ToolShelf {
  const isPlaces = (value: unknown): value is Places => typeof value === 'object' && value !== null && Object.values(value).every((path) => typeof path === 'string');
  const places = () => profile.get('tools', isPlaces) ?? {};
  const known = new Map<ToolId, Promise<Tool>>();
  const lookFor = (tool: ToolId): Promise<Tool> => {
    const path = places()[tool] ?? null;
    const { name, use, look } = kinds[tool];
    const failed = (error: unknown) => {
      if (!isAftergateError(error)) throw error;
      return missing({ reason: error.message, next: error.next ?? 'Choose another.' });
    };
    return look(path ?? '').catch(failed).then((looked) => ({ tool, name, use, path, ...looked }));
  };
  const list = () => Promise.all(toolIds.map((tool) => {
    if (!known.has(tool)) known.set(tool, lookFor(tool));
    return known.get(tool)!;
  }));
  return {
    list,
    detect() {
      known.clear();
      return list();
    },
    async set(tool, path) {
      const others = Object.fromEntries(Object.entries(places()).filter(([key]) => key !== tool));
      await profile.set('tools', path === null ? others : { ...others, [tool]: path });
      known.delete(tool);
      return list();
    },
  };
}

function toLooked(availability: Availability<string>): Looked {
  if (!availability.available) return missing(availability);
  return { state: 'found', at: availability.tool, version: null, reason: null, next: null };
}

function missing({ reason, next }: { readonly reason: string; readonly next: string }): Looked {
  return { state: 'missing', at: null, version: null, reason: `${reason[0].toUpperCase()}${reason.slice(1)}.`, next };
}

const notChosen = (next: string) => missing({ reason: 'no folder has been chosen', next });

async function lookForKilosort4(path: string): Promise<Looked> {
  const hung = AbortSignal.timeout(patience);
  try {
    const found = await findKilosort4(path, await toolResource(kilosort4Script), hung);
    if (!found.available) return missing(found);
    const { python, version, torch, gpu } = found.tool;
    const slow = { state: 'limited', reason: 'Works on the processor only, many times slower: torch sees no GPU with CUDA.', next: 'Install torch with CUDA in this Python, if the computer has an NVIDIA card.' } as const;
    return { state: 'found', at: python, version: `${version}, torch ${torch}`, reason: null, next: null, ...(gpu ? {} : slow) };
  } catch (error) {
    if (!hung.aborted) throw error;
    return missing({ reason: `the Python ${path === '' ? 'on the PATH' : path} did not answer in ${patience / 1000} s`, next: 'Start it once by hand to see what it waits for, or choose another.' });
  }
}

async function lookForKilosort(path: string, version: KilosortVersion): Promise<Looked> {
  if (path === '') return notChosen(`Kilosort ${version} comes from github.com/MouseLand/Kilosort, tag v${version}.`);
  return toLooked(await findKilosort(path, version));
}

async function lookForScratch(path: string): Promise<Looked> {
  if (path === '') return notChosen('Choose one on a drive with as much room as the largest recording.');
  const writable = await fs.access(path, fs.constants.W_OK).then(() => true, () => false);
  return toLooked(writable ? { available: true, tool: path } : { available: false, reason: `${path} cannot be written to`, next: 'Choose another folder.' });
}
