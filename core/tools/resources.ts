// The scripts of ours that run inside other programs, from resources/tools.

import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inputFileError } from '../common/index.ts';

/** The text of a script. It is always read, never run from there: an installed application keeps it in an archive. */
export async function toolResource(name: string): Promise<string> {
  const here = path.dirname(fileURLToPath(import.meta.url));
  // Sources lie in core/tools, bundles in dist/ or a folder of it.
  const candidates = [path.join(here, '..', '..'), path.join(here, '..')].map((root) => path.join(root, 'resources', 'tools', name));
  let failure: unknown;
  for (const candidate of candidates) {
    try {
      return await fs.readFile(candidate, 'utf8');
    } catch (error) {
      failure ??= error;
    }
  }
  throw inputFileError(candidates[0], failure);
}
