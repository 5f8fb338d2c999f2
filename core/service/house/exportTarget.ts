// Where something may be exported to.

import path from 'node:path';
import { OutputFileError } from '../../common/index.ts';
import { contains } from './access.ts';
import type { AreaContext } from './context.ts';

/** The user chose the folder; a run's own folder is never written to. The path with links followed. Throws NotAllowedError, OutputFileError. */
export async function exportTarget({ access, runs }: AreaContext, wanted: string): Promise<string> {
  const target = await access.check(wanted).catch(async () => {
    await access.choose(path.dirname(wanted));
    return access.check(wanted);
  });
  const recordings = runs.list().flatMap((run) => runs.get(run.runId).files.map((file) => path.dirname(file.path)));
  if (recordings.some((folder) => contains(folder, target))) throw new OutputFileError(target, 'lies in the folder of a recording', { next: 'Choose another folder: recordings are never written to.' });
  return target;
}
