// CatGT's AP binary of a probe is large and can be made again: where the session does not keep it, it is removed by a last
// step, when all that was to be made of it, and the alignment of its run, has succeeded. A step like a module's, but of the
// pipeline's own.

import path from 'node:path';
import type { z } from 'zod';
import { isThere, JobError, removeWithNote } from '../../common/index.ts';
import type { Step } from '../../execution/index.ts';
import type { Module, ModuleContext, ModuleOutcome } from '../../modules/index.ts';
import { section, sections, texts } from '../../modules/record/index.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import { jsonFiles } from './names.ts';

const removeSections = sections({
  remove_ap_params: section('AP binaries of CatGT that are not kept.', { files: texts({ help: 'The binaries, as CatGT named them; their metas stay.' }) }),
});

export const removeAp: Module<typeof removeSections> = {
  name: 'remove_ap',
  summary: 'remove the AP binary that CatGT made of a probe',
  sections: removeSections,
  run,
};

const reason = 'The session does not keep CatGT\'s AP binaries (keep_catgt_ap is false), and all steps of the probe and of its run had succeeded. CatGT makes it again from the recording.';

async function run({ remove_ap_params: { files } }: z.infer<typeof removeSections>, { log, progress, signal }: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  for (const file of files) await checkMadeByCatgt(file);
  let bytes = 0;
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    const { size } = await removeWithNote(file, reason);
    bytes += size;
    log(`removed ${file} (${size} bytes); its meta stays, and a note that tells of it`);
    progress?.({ label: path.basename(file), done: index + 1, total: files.length });
  }
  return { result: { execution_time: (performance.now() - began) / 1000 }, inputs: [], outputs: [], figures: { removed_bytes: bytes } };
}

/** Whatever the plan says, only what has CatGT's name, in CatGT's folder, beside CatGT's meta is ever removed: no recording. */
async function checkMadeByCatgt(file: string): Promise<void> {
  const isNamed = /_tcat\.imec\d+\.ap\.bin$/.test(path.basename(file)) && file.split(/[\\/]/).slice(0, -1).some((folder) => /^(catgt|supercat)_/.test(folder));
  if (isNamed && await isThere(file.replace(/\.bin$/, '.meta'))) return;
  throw new JobError(`${file}: not removed, because it does not look like an output of CatGT with its meta`, { next: 'Look at the folder; what is not needed there can be removed by hand.' });
}

/** Such a step need not wait for room: it makes some. */
export function makesRoom({ module }: Pick<Step, 'module'>): boolean {
  return module === removeAp.name;
}

/** The files that a step removes; none but of this kind does. */
export function filesRemovedBy({ module, input }: Pick<Step, 'module' | 'input'>): readonly string[] {
  return module === removeAp.name ? (input as z.input<typeof removeSections>).remove_ap_params.files as readonly string[] : [];
}

/** What is left of a run's probe when all else is done. */
export interface ProbeToClear {
  /** `<run>_g0_imec1` */
  readonly id: string;
  readonly run: string;
  readonly gate: number;
  readonly probe: number;
  readonly files: readonly string[];
  /** The last step of the probe; without modules the one that made its files. */
  readonly last: string;
}

/** Nothing unless the session says so and makes the files itself. @param aligned the steps of the whole run that come last */
export function removeSteps(session: MultiRunSession, probes: readonly ProbeToClear[], aligned: readonly Step[]): Step[] {
  if (session.keep_catgt_ap || !session.run_CatGT) return [];
  return probes.map(({ id: name, run: ofRun, gate, probe, files, last }) => {
    const id = `${name}-${removeAp.name}`;
    return {
      id, module: removeAp.name, run: ofRun, gate, probe,
      input: { remove_ap_params: { files } },
      ...jsonFiles(session.json_directory, id),
      dependsOn: [{ step: last }, ...aligned.map((step) => ({ step: step.id }))],
      after: [], inputs: [], seconds: 0, notes: [],
    };
  });
}
