// Names of JSON files and folders: unique for every run, gate, probe and module (the field's scripts leave out the gate,
// so that two gates overwrite each other's files).

import path from 'node:path';

/** `<run>_g0_CatGT-input.json` and `-output.json`. */
export function jsonFiles(folder: string, name: string): { inputJson: string; outputJson: string } {
  return { inputJson: path.join(folder, `${name}-input.json`), outputJson: path.join(folder, `${name}-output.json`) };
}

/** Journal, lock and log of all sessions that share a folder of JSON files. */
export function workFolder(jsonDirectory: string): string {
  return path.join(jsonDirectory, '.aftergate');
}

export function runAndGate(run: string, gate: number): string {
  return `${run}_g${gate}`;
}

/** What CatGT's output folders begin with: those of a pass over a run, or of a super-run. */
export type CatgtTag = 'catgt' | 'supercat';

export function catgtTag({ kind }: { readonly kind: string }): CatgtTag {
  return kind === 'super-run' ? 'supercat' : 'catgt';
}

/** Where CatGT puts a run. */
export function catgtFolder(dest: string, run: string, gate: number, tag: CatgtTag = 'catgt'): string {
  return path.join(dest, `${tag}_${runAndGate(run, gate)}`);
}

export interface ProbeFiles {
  readonly folder: string;
  readonly bin: string;
  readonly meta: string;
}

/** What CatGT makes of a probe's AP band, with -out_prb_fld. @param file the number in the names of the files: a shank's differs */
export function probeFiles(dest: string, run: string, gate: number, probe: number, tag: CatgtTag = 'catgt', file = probe): ProbeFiles {
  const folder = path.join(catgtFolder(dest, run, gate, tag), `${runAndGate(run, gate)}_imec${probe}`);
  const stem = path.join(folder, `${runAndGate(run, gate)}_tcat.imec${file}.ap`);
  return { folder, bin: `${stem}.bin`, meta: `${stem}.meta` };
}
