// The Python that Kilosort 4 runs in.

import path from 'node:path';
import { findKilosort4, type Kilosort4, kilosort4Script, requireTool, toolResource } from '../../tools/index.ts';
import type { ModuleContext } from '../module.ts';
import type { Ks4Params } from './params.ts';

/** Throws ParameterError when there is no Python with Kilosort 4; takes some seconds. */
export async function requireKilosort4({ ks4_helper_params: { python } }: Ks4Params, { cwd, signal }: Pick<ModuleContext, 'cwd' | 'signal'>): Promise<Kilosort4> {
  const place = python.trim() === '' ? '' : path.resolve(cwd, python);
  return requireTool('ks4_helper_params.python', await findKilosort4(place, await toolResource(kilosort4Script), signal));
}
