// For tests of execution: modules whose work is a line in a file, and plans of them.

import fs from 'node:fs/promises';
import path from 'node:path';
import { JobError } from '../../../core/common/index.ts';
import type { Plan, Step } from '../../../core/execution/index.ts';
import type { Module } from '../../../core/modules/index.ts';
import { file, section, sections, whole } from '../../../core/modules/record/index.ts';

const writeSections = sections({ write_params: section('Writes a file.', { output: file({ help: 'Where to.' }), value: whole({ help: 'What.' }).default(1) }) });

/** Writes its value; 13 fails after writing, 14 heeds a stop, 15 does not, 18 writes two files. */
export const write: Module<typeof writeSections> = {
  name: 'write',
  summary: 'writes a number',
  sections: writeSections,
  async run({ write_params: { output, value } }, { signal, warn, progress }) {
    await fs.writeFile(output, String(value));
    progress?.({ label: 'write', done: 1, total: 1 });
    if (value === 13) throw new JobError(`${output}: 13 is unlucky`, { next: 'Take another number.' });
    if (value === 14) signal?.throwIfAborted();
    if (value === 15) await new Promise(() => undefined);
    if (value === 16) throw new TypeError('a bug');
    if (value === 17) warn('17 is odd');
    if (value !== 18) return { result: { execution_time: 0.5 }, inputs: [], outputs: [output] };
    await fs.writeFile(`${output}.more`, 'more');
    return { result: { execution_time: 0.5 }, inputs: [], outputs: [output, `${output}.more`] };
  },
};

export function find(name: string): Module {
  if (name !== 'write') throw new Error(`no module ${name}`);
  return write;
}

/** A step that writes `<folder>/<id>.txt`. */
export function step(folder: string, id: string, value: number, details: Partial<Step> = {}): Step {
  return {
    id, module: 'write', run: 'r', gate: 0, input: { write_params: { output: path.join(folder, `${id}.txt`), value } },
    inputJson: path.join(folder, `${id}-input.json`), outputJson: path.join(folder, `${id}-output.json`),
    dependsOn: [], after: [], inputs: [], seconds: 10, notes: [], ...details,
  };
}

export function plan(folder: string, steps: readonly Step[]): Plan {
  return { folder: path.join(folder, '.aftergate'), steps };
}
